"""Differences in French words, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire import french
from observatoire.history.changes import Changes, TableChange
from observatoire.history.model import Cell, Difference, Edited, Line
from observatoire.history.reports import bounded
from observatoire.schema import Schema
from observatoire.words import quote

Moved = Line | Edited

KINDS = (("ajoutée", "+"), ("retirée", "-"), ("modifiée", "~"))


def render(changes: Changes, limit: int) -> str:
    """A heading, then each table: what came, what went, what changed."""
    title = f"Entre {changes.old} et {changes.new}"
    if not changes.tables:
        return f"{title} : aucune différence."
    return "\n".join([title, *(line for c in changes.tables for line in _table(changes, c, limit))])


def _table(changes: Changes, change: TableChange, limit: int) -> Iterator[str]:
    yield ""
    title = change.schema.title
    called = title if title == change.table else f"{title} ({change.table})"
    yield f"{called} : {', '.join(_counts(change))}"
    difference = change.difference
    for kind, items in zip(KINDS, _sides(difference), strict=True):
        shown = items[: bounded(len(items), limit)]
        yield from _listed(kind, len(items), [_sentence(changes, change, i) for i in shown])


def _counts(change: TableChange) -> Iterator[str]:
    if change.created:
        yield "table nouvelle"
    if change.dropped:
        yield "table disparue"
    difference = change.difference
    for names, word in ((difference.new_columns, "nouvelle"), (difference.lost_columns, "retirée")):
        if names:
            noun = french.plural(len(names), "colonne")
            yield f"{noun} {french.plural(len(names), word)} : {', '.join(map(quote, names))}"
    for (word, _), items in zip(KINDS, _sides(difference), strict=True):
        if items:
            yield f"{french.counted(len(items), 'ligne')} {french.plural(len(items), word)}"


def _sides(difference: Difference) -> tuple[Sequence[Moved], ...]:
    return difference.added, difference.removed, difference.edited


def _listed(kind: tuple[str, str], found: int, sentences: Sequence[str]) -> Iterator[str]:
    """The first lines of a kind, then how many are left."""
    word, mark = kind
    yield from (f"  {mark} {sentence}" for sentence in sentences)
    left = found - len(sentences)
    if left:
        yield f"  {mark} … et {french.counted(left, 'autre')} {french.plural(left, word)}"


def _sentence(changes: Changes, change: TableChange, item: Moved) -> str:
    name = changes.called(change.table, item.key, item.row)
    key = " / ".join(c for c in item.key if c)
    called = quote(name) if name == key else f"{quote(name)} ({quote(key)[2:-2]})"
    if isinstance(item, Line):
        return called
    return f"{called} : {' ; '.join(_cell(change.schema, c) for c in item.cells)}"


def _cell(schema: Schema, cell: Cell) -> str:
    """« Statut : « vide » au lieu de « publie » »."""
    title = schema.field(cell.champ).title
    if not cell.avant:
        return f"{title} : {quote(cell.apres)} (était vide)"
    after = quote(cell.apres) if cell.apres else "vide"
    return f"{title} : {after} au lieu de {quote(cell.avant)}"
