"""Where a value of the register comes from: evidence, decisions, then the commits that wrote it."""
