"""What a version changes, in French, for those who use the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire import french
from observatoire.publish.compatibility import Level
from observatoire.publish.differences import TableChange

NAME = "CHANGEMENTS.md"

SCHEMA = {
    Level.PATCH: "description des colonnes précisée",
    Level.MINOR: "règles des colonnes assouplies",
    Level.MAJOR: "colonnes ou règles changées : vérifiez vos traitements",
}


def title(tag: str, date: str) -> str:
    """The name of a version; ``date`` is ISO."""
    return f"Version {tag} du registre, {french.day(date)}"


def body(last: str, changes: Sequence[TableChange]) -> str:
    """What a version changes, in Markdown; ``last`` is the tag before ("": the first version)."""
    if not last:
        return "Première version publiée.\n"
    lines = "\n".join(f"* {line}" for line in sentences(changes))
    return f"Ce qui change depuis {last} :\n\n{lines}\n"


def sentences(changes: Sequence[TableChange]) -> Iterator[str]:
    """One sentence per table that moved."""
    for change in changes:
        parts = [_lines(n, word) for n, word in _counts(change) if n]
        parts += [SCHEMA[change.schema]] if change.schema in SCHEMA else []
        yield f"{change.title} (`{change.table}`) : {', '.join(parts)}"


def _counts(change: TableChange) -> tuple[tuple[int, str], ...]:
    return (
        (change.added, "ajoutée"),
        (change.removed, "retirée"),
        (change.changed, "modifiée"),
    )


def _lines(count: int, word: str) -> str:
    return f"{french.counted(count, 'ligne')} {french.plural(count, word)}"
