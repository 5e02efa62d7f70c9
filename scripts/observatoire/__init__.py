"""The Observatory of open data in French territories: a register in Git, and its automation."""

__version__ = "0.1.0"
