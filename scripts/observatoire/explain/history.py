"""Who wrote which cell, and when, from the versions of a table.

The states of the table are those of main, one after the other. A change that a merge brought is
looked for again inside the merged branch, so that it goes to the commit that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from observatoire.explain import lines
from observatoire.explain.model import Act, Touch
from observatoire.explain.requests import request_of
from observatoire.git import Commit, Repo
from observatoire.model import Key, Row

Rows = Mapping[Key, Row]
"""The lines that begin with the same cell, by key."""

UNSAVED = "modification que Git n'a pas encore enregistrée"
MERGE = 2
"""The number of parents that make a merge."""


@dataclass(frozen=True)
class Sheet:
    """A table's file, the columns of its key, and the first cell of the lines that are wanted."""

    path: str
    key: tuple[str, ...]
    first: str

    def rows(self, data: lines.Bytes | None) -> Rows:
        """The wanted lines of a version; a column that it lacks is empty."""
        if not data:
            return {}
        names = lines.columns(data)
        found = (
            dict(zip(names, cells, strict=False)) for cells in lines.starting(data, self.first)
        )
        return {tuple(row.get(c, "") for c in self.key): row for row in found}


@dataclass(frozen=True)
class History:
    """The states of some lines after each commit of main, newest first."""

    repo: Repo
    sheet: Sheet
    steps: Sequence[tuple[Commit, Rows]]

    def touches(self, key: Key, here: Rows) -> list[Touch]:
        """Who wrote the line of this key, newest first; ``here`` is the working folder's state.

        A line whose key was not whole before (an account without id) is followed.
        """
        found: list[Touch] = []
        after, commits = here, [None, *(commit for commit, _ in self.steps)]
        states: list[Rows] = [*(rows for _, rows in self.steps), {}]
        for rank, (commit, before) in enumerate(zip(commits, states, strict=True)):
            was = _former(before, after, key)
            changes = _compare(rank, before.get(was), after.get(key))
            found += self._signed(changes, commit, (was, key)) if commit else changes
            after, key = before, was
        return found

    def _signed(
        self, changes: Sequence[Touch], commit: Commit, keys: tuple[Key, Key]
    ) -> Iterator[Touch]:
        """The changes, each with the commit that made it and what brought it to main."""
        merge = len(commit.parents) >= MERGE
        inside = self._inside(commit) if changes and merge else ()
        request = request_of(f"{commit.subject}\n\n{commit.body}")
        merger = f"{commit.author.name}, {commit.date[:10]}"
        for change in changes:
            made = (c for c, before, after in inside if _wrote(change, before, after, keys))
            writer = next(made, commit)
            yield replace(
                change,
                commit=writer.sha,
                date=writer.date[:10],
                auteur=writer.author.name,
                message=writer.subject,
                demande=request,
                fusion="" if writer is commit else merger,
            )

    def _inside(self, merge: Commit) -> list[tuple[Commit, Rows, Rows]]:
        """The commits that a merge brought, newest first, with the states around each."""
        main, *others = merge.parents
        brought = self.repo.log(*others, f"^{main}", path=self.sheet.path)
        brought = [c for c in brought if len(c.parents) == 1]
        names = [f"{ref}:{self.sheet.path}" for c in brought for ref in (c.parents[0], c.sha)]
        states = [self.sheet.rows(data) for data in self.repo.each(names)]
        return list(zip(brought, states[::2], states[1::2], strict=True))


def read(repo: Repo, sheet: Sheet) -> History:
    """The history of some lines on the branch that is checked out; empty outside Git."""
    commits = repo.log("--first-parent", "HEAD", path=sheet.path) if repo.resolve("HEAD") else []
    contents = repo.each([f"{c.sha}:{sheet.path}" for c in commits])
    steps = [(c, sheet.rows(data)) for c, data in zip(commits, contents, strict=True)]
    return History(repo, sheet, steps)


def _compare(rank: int, before: Row | None, after: Row | None) -> list[Touch]:
    """What differs between two states of a line: the whole line (champ ""), then its cells."""
    old, new = before or {}, after or {}
    act: Act = "changement" if before and after else "ajout" if after else "retrait"
    whole = [] if act == "changement" or before is after else [_touch(rank, act, "", "", "")]
    cells = ((c, old.get(c, ""), new.get(c, "")) for c in {**new, **old})
    return whole + [_touch(rank, act, c, was, now) for c, was, now in cells if was != now]


def _touch(rank: int, act: Act, champ: str, avant: str, apres: str) -> Touch:
    return Touch(rank, act, champ, avant, apres, "", "", "", UNSAVED)


def _wrote(change: Touch, before: Rows, after: Rows, keys: tuple[Key, Key]) -> bool:
    """Whether a commit gave the cell the value that the merge brought."""
    was, now = (next((rows[k] for k in keys[::-1] if k in rows), None) for rows in (before, after))
    if not change.champ:
        return (was is None) != (now is None)
    value = (now or {}).get(change.champ, "")
    return value == change.apres and value != (was or {}).get(change.champ, "")


def _former(before: Rows, after: Rows, key: Key) -> Key:
    """The key that a line had before: the same, or one with a part that was still empty."""
    if key in before or key not in after:
        return key
    gone = (k for k in before if k not in after and "" in k)
    fits = (k for k in gone if all(a in {"", b} for a, b in zip(k, key, strict=True)))
    return next(fits, key)
