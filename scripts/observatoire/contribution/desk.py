"""Reading a contribution in Git: its branch is data, nothing in it is ever run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from observatoire.contribution.answer import Answer
from observatoire.contribution.branch import Visit, recognise
from observatoire.contribution.examine import examine
from observatoire.contribution.model import Version
from observatoire.contribution.scrub import scrub
from observatoire.contribution.setting import TABLES, rules_of
from observatoire.french import counted, day
from observatoire.git import Repo, Tree
from observatoire.model import Breakdown, Finding, Malformed
from observatoire.register import Register, path_of
from observatoire.table import Table

VERSIONS = 100
"""Versions of the file that are tried: a page is not left open through more."""
MAX_BYTES = 64 * 2**20
"""A file of 360,000 lines is 40 MB."""


@dataclass(frozen=True)
class Case:
    """A contribution as it stands: what to answer, and the table to apply it to."""

    answer: Answer
    current: Table


@dataclass(frozen=True)
class Desk:
    """Where contributions are read: ``base`` is the commit of main to build on.

    ``aims`` are the commits that the branches may have been cut from.
    """

    repo: Repo
    base: str
    today: str
    aims: Sequence[str]

    def read(self, visit: Visit, tip: str) -> Case:
        """The contribution of a branch, whose last commit is ``tip``; raises Malformed."""
        start = self._start(visit, tip)
        register = Register(Tree(self.repo, self.base))
        changed = self.repo.changed(start, tip)
        path = self._path(visit, tip, list(changed))
        rules = rules_of(register, path, self.today)
        current = Table(rules.schema.columns) if rules.generated else register.table(rules.table)
        saved = self._content(tip, path)
        why = f"contribution faite avec Datami le {day(visit.date)}"
        found = examine(saved, self._versions(start, path), current, rules, why)
        others = len(set(changed) - {path})
        if others:
            found = replace(found, findings=(*found.findings, _more(others)))
        return Case(Answer(visit, found, rules, self._message(start, tip)), current)

    def _start(self, visit: Visit, tip: str) -> str:
        """Where the branch was cut: the nearest commit that it shares with an aim."""
        shared = {s for aim in self.aims if (s := self.repo.merge_base(tip, aim)) is not None}
        if not shared:
            raise Breakdown(f"« {visit.branch} » ne part pas de ce dépôt : rien n'est lu.")
        return min(shared, key=lambda s: int(self.repo.line("rev-list", "--count", f"{s}..{tip}")))

    def _path(self, visit: Visit, tip: str, changed: list[str]) -> str:
        """The file that was edited; the table of that name when the visitor changed nothing."""
        named = sorted(p for p in changed if visit.names(p))
        tables = [p for p in map(path_of, TABLES) if visit.names(p)]
        found = [p for p in (*named, *tables) if p in self.repo.entries(tip)]
        if not found:
            message = (
                f"la branche « {visit.branch} » ne contient pas le fichier que son nom annonce :"
                " rien n'est repris."
            )
            raise Malformed(Finding("fichier-inattendu", message))
        return found[0]

    def _content(self, ref: str, path: str) -> bytes:
        _, blob = self.repo.entries(ref)[path]
        size = int(self.repo.line("cat-file", "-s", blob))
        if size > MAX_BYTES:
            message = f"le fichier pèse {counted(size // 2**20, 'mégaoctet')} : il n'a pas été lu."
            raise Malformed(Finding("fichier-trop-gros", message, file=path))
        return next(self.repo.blobs([blob]))

    def _versions(self, start: str, path: str) -> Iterator[Version]:
        """The file in history, newest first, from where the branch was cut."""
        for commit in self.repo.log(f"--max-count={VERSIONS}", start, path=path):
            if path in self.repo.entries(commit.sha):
                yield Version(commit.sha, self._content(commit.sha, path))

    def _message(self, start: str, tip: str) -> str:
        """What the visitor wrote, sending after sending, without who wrote it."""
        out = self.repo.run("log", "-z", "--reverse", "--format=%B", f"{start}..{tip}")
        messages = out.decode("utf-8", "replace").split("\0")
        return "\n\n".join(dict.fromkeys(m for m in map(scrub, messages) if m))


def find(repo: Repo, remote: str, name: str) -> str | None:
    """The commit of a branch or tag, brought from ``remote`` if need be; None when unknown."""
    here = (f"refs/heads/{name}", f"refs/remotes/origin/{name}", f"refs/tags/{name}")
    if known := next((sha for ref in here if (sha := repo.resolve(ref))), None):
        return known
    for ref in (f"refs/heads/{name}", f"refs/tags/{name}"):
        there = repo.remote_ref(remote, ref) if _reachable(remote) else None
        if there is not None:
            repo.fetch(remote, ref)
            return repo.resolve(there)
    return None


def waiting(repo: Repo, remote: str) -> list[Visit]:
    """The visits whose branch is here or on ``remote``, oldest first."""
    here = repo.line("for-each-ref", "--format=%(refname:lstrip=-1)", "refs/heads", "refs/remotes")
    names = set(here.splitlines())
    if _reachable(remote):
        there = repo.line("ls-remote", "--heads", remote, "datami-*").splitlines()
        names |= {line.rpartition("refs/heads/")[2] for line in there}
    return [visit for name in sorted(names) if (visit := recognise(name))]


def _reachable(remote: str) -> bool:
    """Whether there is a repository there; the local forge has none before its first request."""
    return ":" in remote or Path(remote).is_dir()


def _more(others: int) -> Finding:
    message = (
        f"la branche modifie aussi {counted(others, 'autre fichier', 'autres fichiers')} : ce n'est"
        " pas Datami qui l'a fait, rien n'en est repris."
    )
    return Finding("fichiers-en-plus", message)
