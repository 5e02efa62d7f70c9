"""The keyed difference between what a visitor saved and one version of the file, less the noise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from observatoire.contribution.cells import noise, plain, typed
from observatoire.contribution.model import Reason, Rules
from observatoire.contribution.reading import Line, Sheet
from observatoire.model import Key
from observatoire.plan import Edit
from observatoire.schema import Schema

LIKE = 2
"""A row is the same under another key when one cell in LIKE, at least, did not move."""


@dataclass(frozen=True)
class Keyed:
    """The rows of a sheet by key, in file order; the others apart."""

    rows: dict[Key, Line]
    repeated: tuple[Line, ...]
    keyless: tuple[Line, ...]


@dataclass(frozen=True)
class Difference:
    """What a visitor did to a version of the file.

    ``renamed`` are keys changed in place (old, new); ``repeated`` and ``keyless`` are rows added
    under a key that exists, or without one; ``partial`` are new rows that lack cells.
    """

    edits: tuple[Edit, ...]
    added: tuple[tuple[Key, Line], ...]
    deleted: tuple[Key, ...]
    renamed: tuple[tuple[Key, Key], ...]
    repeated: tuple[Line, ...]
    keyless: tuple[Line, ...]
    partial: tuple[Line, ...]
    noise: Counter[Reason] = field(default_factory=Counter)

    @property
    def size(self) -> int:
        """How many acts of the visitor it takes to explain the difference."""
        parts = (self.added, self.deleted, self.renamed, self.repeated, self.keyless, self.partial)
        return len(self.edits) + sum(map(len, parts))


def key_of(line: Line, schema: Schema) -> Key:
    """The key of a row."""
    places = map(schema.columns.index, schema.primary_key)
    return tuple(plain(line.cells[p]) for p in places)


def by_key(sheet: Sheet, schema: Schema) -> Keyed:
    """The rows of a sheet by key; the first of equal keys is the one that stood there."""
    places = [schema.columns.index(n) for n in schema.primary_key]
    needed = [i for i, n in enumerate(schema.primary_key) if schema.field(n).required] or [0]
    rows: dict[Key, Line] = {}
    repeated, keyless = [], []
    for line in sheet.lines:
        key = tuple([plain(line.cells[p]) for p in places])
        if not all(key[i] for i in needed):
            keyless.append(line)
        elif key in rows:
            repeated.append(line)
        else:
            rows[key] = line
    return Keyed(rows, tuple(repeated), tuple(keyless))


def compare(saved: Keyed, seen: Keyed, unread: frozenset[str], rules: Rules) -> Difference:
    """The visitor's acts between the version ``seen`` and the file ``saved``."""
    tally: Counter[Reason] = Counter()
    aliases = _aliases(saved, seen, rules.schema)
    edits: list[Edit] = []
    for key, line in saved.rows.items():
        old = aliases.get(key, key)
        was = seen.rows.get(old)
        if was is not None and (was.text != line.text or was.cells != line.cells):
            edits += _edits(old, was, line, rules, tally)
    fresh = [(k, v) for k, v in saved.rows.items() if k not in seen.rows and k not in aliases]
    met = set(aliases.values())
    gone = [k for k in seen.rows if k not in saved.rows and k not in met]
    again, keyless = _strangers(saved, seen)
    tally["repetees"] += len(saved.repeated) - len(again) - len(seen.repeated)
    tally["zeros"] += sum(_zeros(old, new) for new, old in aliases.items())
    tally["ordre"] += _moved([aliases.get(k, k) for k in saved.rows], list(seen.rows))
    return Difference(
        edits=tuple(edits),
        added=tuple((k, v) for k, v in fresh if v.whole),
        deleted=tuple(k for k in gone if not unread.issuperset({*k} - {""})),
        renamed=tuple((old, new) for new, old in aliases.items() if not _zeros(old, new)),
        repeated=again,
        keyless=keyless,
        partial=tuple(v for _, v in fresh if not v.whole),
        noise=+tally,
    )


def _edits(key: Key, seen: Line, line: Line, rules: Rules, tally: Counter[Reason]) -> list[Edit]:
    """The true edits of a row; what is noise goes to the tally."""
    if seen.cells == line.cells:
        tally["guillemets"] += 1
        return []
    out = []
    for column, before, after in zip(rules.schema.fields, seen.cells, line.cells, strict=True):
        if after is None or before == after or column.name in rules.schema.primary_key:
            continue
        reason = noise(before, after, column)
        if reason is None:
            out.append(Edit(rules.table, key, column.name, plain(before), typed(after, column)))
        else:
            tally[reason] += 1
    return out


def _strangers(saved: Keyed, seen: Keyed) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The repeated rows and those without a key that do not stand, cell for cell, in ``seen``."""
    if not (saved.repeated or saved.keyless):
        return (), ()
    known = {_content(line) for line in (*seen.repeated, *seen.keyless, *seen.rows.values())}
    return (
        tuple(line for line in saved.repeated if _content(line) not in known),
        tuple(line for line in saved.keyless if _content(line) not in known),
    )


def _content(line: Line) -> tuple[str, ...]:
    return tuple(map(plain, line.cells))


def _moved(saved: Sequence[Key], seen: Sequence[Key]) -> int:
    """How many rows, present on both sides, are not where they were among these."""
    here, there = set(saved), set(seen)
    ours = [k for k in saved if k in there]
    theirs = [k for k in seen if k in here]
    return sum(a != b for a, b in zip(ours, theirs, strict=True))


def _aliases(saved: Keyed, seen: Keyed, schema: Schema) -> dict[Key, Key]:
    """New key to old key, for the rows that stand under another key than before.

    Datami leaves a row in its place and adds new ones last: a row is looked for at the place, after
    the nearest row that did not move, where a key disappeared.
    """
    gone = [k for k in seen.rows if k not in saved.rows]
    if not gone:
        return {}
    stripped = {_stripped(k): k for k in gone}
    fresh = [k for k in saved.rows if k not in seen.rows]
    found = {k: stripped[k] for k in fresh if k in stripped}
    matched = set(found.values())
    candidates = set(fresh) - set(found)
    places = _places(saved, seen)
    order = list(saved.rows)
    for old in gone:
        new = order[places[old]] if places[old] < len(order) else ()
        if new not in candidates or old in matched:
            continue
        if _alike(seen.rows[old], saved.rows[new], schema):
            candidates.remove(new)
            found[new] = old
    return found


def _places(saved: Keyed, seen: Keyed) -> dict[Key, int]:
    """Where each row of ``seen`` should stand in ``saved``, counting from its last landmark."""
    position = {k: i for i, k in enumerate(saved.rows)}
    places: dict[Key, int] = {}
    at = -1
    for key in seen.rows:
        at = position.get(key, at + 1)
        places[key] = at
    return places


def _stripped(key: Key) -> Key:
    return tuple(c.lstrip("0") if c.isdigit() else c for c in key)


def _zeros(old: Key, new: Key) -> bool:
    return _stripped(old) == new


def _alike(seen: Line, saved: Line, schema: Schema) -> bool:
    cells = [
        (plain(a), plain(b))
        for f, a, b in zip(schema.fields, seen.cells, saved.cells, strict=True)
        if f.name not in schema.primary_key and plain(a)
    ]
    kept = sum(a == b for a, b in cells)
    return bool(kept) and kept * LIKE >= len(cells)
