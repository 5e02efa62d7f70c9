"""A forge as the Observatory needs it: what is wanted, what is there, what remains to be done."""
