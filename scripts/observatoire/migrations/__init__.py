"""One-off conversions of old material into the register, kept with their tests so that they can be
read, questioned and replayed."""
