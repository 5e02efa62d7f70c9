"""A scratch clone where the register stands as in October 2022: what the demonstration works on.

Only committed files are taken, and nothing is ever written to the register that is shown.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from observatoire import git, package
from observatoire.demo.backtest import BEFORE
from observatoire.files import Folder, Overlay, write
from observatoire.model import Breakdown
from observatoire.register import Register, path_of

TABLES = ("organisations", "plateformes", "publications")
DAY = "2022-10-19"
MARK = ".git/demonstration"
"""What tells that a folder is a demonstration, which may be erased."""

WHO = git.Person("Observatoire open data des territoires", "demonstration@observatoire.invalid")


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Hide what would lead to a real forge: a demonstration proposes nothing to anybody."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if _leads_out(name)}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _leads_out(name: str) -> bool:
    return name.startswith(("OBSERVATOIRE_", "GITHUB_", "CI_")) or name.endswith("_TOKEN")


def prepare(root: Path, folder: Path) -> Path:
    """A new clone of ``root`` at ``folder``, with the register of October 2022 committed on main.

    A previous demonstration there is replaced; raises Breakdown for anything else.
    """
    if folder.exists():
        if not _may_go(root, folder):
            raise Breakdown(
                f"« {folder} » contient autre chose qu'une démonstration, et serait effacé :"
                " donnez après --copie un dossier vide, ou qui n'existe pas."
            )
        shutil.rmtree(folder)
    repo = git.clone(str(root), folder)
    (folder / MARK).touch()
    repo.run("checkout", "--quiet", "-B", "main")
    repo.run("remote", "remove", "origin")
    for tag in repo.line("tag", "--list").split():
        repo.run("tag", "--delete", tag)
    files = Folder(folder)
    changes = {path_of(t): files.read(path_of(f"{BEFORE}/{t}")) for t in TABLES}
    harvested = files.names("data/moissons") + files.names("data/rapprochements")
    changes |= dict.fromkeys(harvested, None)
    described = package.describe(Register(Overlay(files, changes)))
    changed = write(folder, {**changes, package.PATH: described})
    if changed:
        head = repo.resolve("HEAD") or ""
        tree = repo.write_tree(head, {path: files.read(path) for path in changed})
        commit = repo.commit(tree, [head], "Registre d'octobre 2022", WHO, DAY)
        repo.run("reset", "--quiet", "--hard", commit)
    return folder


def _may_go(root: Path, folder: Path) -> bool:
    """Whether what stands there was put by a demonstration, or is nothing."""
    own = folder.resolve().is_relative_to((root / ".observatoire").resolve())
    return own or (folder / MARK).is_file() or (folder.is_dir() and not any(folder.iterdir()))


def follow(folder: Path, remote: str) -> None:
    """Bring the clone to the main branch of the forge, and keep the harvest that it holds."""
    repo = git.Repo(folder)
    tip = repo.remote_ref(remote, "refs/heads/main")
    if tip is None:
        return
    files = Folder(folder)
    harvest = {path: files.read(path) for path in files.names("data/moissons")}
    repo.fetch(remote, "refs/heads/main")
    repo.run("reset", "--quiet", "--hard", tip)
    write(folder, harvest)
