"""The content of a small version, for the tests of pages."""

from __future__ import annotations

from pathlib import Path

from small_register import edited, files

from observatoire.files import Memory, write
from observatoire.git import Person, Repo
from observatoire.publish import assets
from observatoire.publish.assemble import assemble
from observatoire.publish.draft import Draft
from observatoire.site.content import Content

PROJECT = "https://gitlab.com/groupe/observatoire"
SOMEONE = Person("Une personne", "personne@example.org")
TAG, DATE = "v1.0.0", "2026-11-23"


def content(
    project: str = PROJECT, address: str = "", preview: bool = False, **changed: str
) -> Content:
    """A version of the small register; ``changed`` replaces tables."""
    made = files(**changed)
    made |= assemble(Draft(made, TAG, DATE, project), {"CHANGEMENTS.md": b"# v1\n"})
    return Content(Memory(made), TAG, DATE, assets.build(made, TAG, DATE), address, preview)


def repository(folder: Path) -> Repo:
    """The small register in a folder, committed on main."""
    made = files()
    write(folder, made)
    repo = Repo(folder)
    repo.run("init", "--quiet", "--initial-branch=main", ".")
    commit = repo.commit(repo.write_tree("", made), [], "Données", SOMEONE, "2026-11-23")
    repo.update_ref("refs/heads/main", commit, "")
    return repo


def edited_content() -> Content:
    """The same after somebody renamed a commune."""
    return content(**edited("organisations", "Rennes,COM", "Rennes la belle,COM"))
