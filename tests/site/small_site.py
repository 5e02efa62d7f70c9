"""The content of a small version and its pages, for the tests of pages."""

from __future__ import annotations

from pathlib import Path

from small_register import edited, files
from whole import Seen

from observatoire.files import Memory, write
from observatoire.git import Person, Repo
from observatoire.publish import assets
from observatoire.publish.assemble import assemble
from observatoire.publish.draft import Draft
from observatoire.site.build import plan
from observatoire.site.content import Content

PROJECT = "https://gitlab.com/groupe/observatoire"
SOMEONE = Person("Une personne", "personne@example.org")
TAG, DATE = "v1.0.0", "2026-11-23"
RENNES, METROPOLE = "213502388", "243500139"


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


def read(version: Content, path: str) -> Seen:
    """One page of a site; the others are not made."""
    (found,) = [p for p in plan(version) if p.path == path]
    return Seen(path, found.make())


def organisation(version: Content, siren: str) -> Seen:
    """The page of an organisation."""
    return read(version, f"organisations/{siren}/index.html")
