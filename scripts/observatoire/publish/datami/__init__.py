"""What the Datami widget reads: the flat view, its schema and settings, and its rewriting rules."""
