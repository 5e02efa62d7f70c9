"""Git, in the depot of a test."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(depot: Path, *args: str) -> None:
    """Run git there as somebody."""
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(["git", "-C", str(depot), *who, *args], check=True, capture_output=True)


def commit_all(depot: Path) -> None:
    """Make the depot a repository whose main holds all that is there."""
    git(depot, "init", "-q", "-b", "main")
    git(depot, "add", ".")
    git(depot, "commit", "-q", "-m", "base")
