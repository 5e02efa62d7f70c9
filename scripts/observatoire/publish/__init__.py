"""Releases: what a version contains, its number, its archive, and what Datami reads of it."""
