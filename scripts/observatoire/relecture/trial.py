"""What main would be once a contribution is merged: its tables laid over main, in memory.

Schemas, reference and checks are those of main. A table that main changed meanwhile is merged as
Git would, line by line, with no file of the contribution on disk but its bare content.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from observatoire.files import Changes, Overlay
from observatoire.git import GitError, Repo, Tree
from observatoire.model import Finding
from observatoire.register import DATA, Register
from observatoire.relecture.entries import Entry
from observatoire.relecture.quarantine import Leashed
from observatoire.validate import engine
from observatoire.validate.report import Known, Report


class Main:
    """The files of main, each read from Git once however many contributions are examined."""

    def __init__(self, repo: Repo, commit: str) -> None:
        self._tree = Tree(repo, commit)
        self._content: dict[str, bytes | None] = {}
        self.blobs = {path: blob for path, (_, blob) in repo.entries(commit).items()}
        self.known: Known | None = None

    def read(self, path: str) -> bytes | None:
        """The content of a file; None when there is no such file."""
        if path not in self._content:
            self._content[path] = self._tree.read(path)
        return self._content[path]

    def names(self, folder: str) -> list[str]:
        """The paths of all the files under a folder, sorted."""
        return self._tree.names(folder)


class Since(Overlay):
    """Main, of which it is known what the contribution changes: path to blob in main."""

    def __init__(self, main: Main, changes: Changes) -> None:
        super().__init__(main, {})
        self.changed = {path: main.blobs.get(path, "") for path in changes}


@dataclass(frozen=True)
class Merged:
    """The tables that a contribution changes, as main would have them, and its conflicts."""

    changes: Changes
    findings: tuple[Finding, ...]


def merge(repo: Leashed, main: Main, entries: Sequence[Entry]) -> Merged:
    """The tables of a contribution, brought up to main."""
    wanted = [e for e in entries if not e.gone]
    contents = dict(
        zip((e.path for e in wanted), repo.blobs([e.blob for e in wanted]), strict=True)
    )
    changes: dict[str, bytes | None] = {}
    findings: list[Finding] = []
    for entry in entries:
        now, theirs = main.blobs.get(entry.path, ""), contents.get(entry.path)
        if now == (entry.blob if theirs is not None else ""):
            continue
        if now == entry.old:
            changes[entry.path] = theirs
            continue
        both = _both(repo, entry, theirs, main.read(entry.path))
        if both is None:
            findings.append(_conflict(entry.path))
        else:
            changes[entry.path] = both
    return Merged(changes, tuple(findings))


def _both(repo: Leashed, entry: Entry, theirs: bytes | None, ours: bytes | None) -> bytes | None:
    """A table that both sides changed, merged; None when only a person can say."""
    if theirs is None or ours is None or not entry.old:
        return None
    base = next(repo.blobs([entry.old]))
    with tempfile.TemporaryDirectory(prefix="relecture-") as folder:
        names = [str(Path(folder) / name) for name in ("ours", "base", "theirs")]
        for name, content in zip(names, (ours, base, theirs), strict=True):
            Path(name).write_bytes(content)
        try:
            return repo.run("merge-file", "-p", "--quiet", *names)
        except GitError:
            return None


def _conflict(path: str) -> Finding:
    message = (
        "cette table a changé aux mêmes lignes, ou juste à côté, depuis que vous l'avez ouverte :"
        " mettez votre branche à jour (« Rebase » dans GitLab), ou refaites la correction."
    )
    return Finding("conflit", message, file=path)


def examine(main: Main, changes: Mapping[str, bytes | None], today: date) -> Report:
    """The report on what a contribution brings; what main already has is not held against it."""
    before, after = Register(Since(main, changes)), Register(Overlay(main, changes))
    report = engine.run(after, today, (), before, main.known)
    # What main holds is the same for all, as long as the same tables were examined.
    if all(_edited(main, path, content) for path, content in changes.items()):
        main.known = report.base or main.known
    return report


def _edited(main: Main, path: str, content: bytes | None) -> bool:
    aside = path.removeprefix(f"{DATA}/").startswith(engine.ASIDE)
    return content is not None and path in main.blobs and not aside
