"""How the Observatory works, in words for all: one text, for the documentation and the site."""
