"""Propose: from what a source would change to one merge request that a person reads in a minute."""
