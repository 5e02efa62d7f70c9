"""Git: the only package that runs it. It makes commits beside the working tree."""

from observatoire.git.program import GitError, MergeConflict, StaleRef, redact
from observatoire.git.reader import Commit, Person, Tree
from observatoire.git.repo import Repo, clone, init_bare

__all__ = [
    "Commit",
    "GitError",
    "MergeConflict",
    "Person",
    "Repo",
    "StaleRef",
    "Tree",
    "clone",
    "init_bare",
    "redact",
]
