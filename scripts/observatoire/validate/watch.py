"""What checks of whole columns watch while a table is read once, block by block, and then let go.

A check declares what it watches (``watches``); all are fed by the same reading, and keep much less
than the columns. A watch is a value: two checks that watch the same thing share it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import lt
from typing import Any, Protocol, TypeVar

Cells = Mapping[str, list[str]]
"""The columns of a block by their names."""

T_co = TypeVar("T_co", covariant=True)


class Watcher(Protocol[T_co]):
    """A watch at work on one table."""

    def feed(self, first: int, cells: Cells, /) -> None:
        """The next block, whose first row is given."""

    def join(self, other: Any, /) -> None:
        """What another one of the same watch saw in the blocks that come next."""

    def result(self) -> T_co:
        """What was seen, once the table is read."""
        ...


class Watch(Hashable, Protocol[T_co]):
    """Something that can be watched in a table."""

    def start(self) -> Watcher[T_co]:
        """Begin on a table."""
        ...


class Same:
    """A value: it equals another of its class that holds the same."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))


class InOrder(Same):
    """Whether each key comes after the one above: lines are sorted, and no key is there twice."""

    def __init__(self, key: tuple[str, ...]) -> None:
        self.key = key

    def start(self) -> Watcher[bool]:
        """Begin on a table."""
        return _Order(self.key)


class _Order:
    def __init__(self, key: tuple[str, ...]) -> None:
        self._key = key
        self._sorted = True
        self._ends: list[tuple[str, ...]] = []

    def feed(self, _: int, cells: Cells, /) -> None:
        columns = [cells[name] for name in self._key]
        if not self._sorted or not columns[0]:
            return
        # When the first column rises at each line, the others cannot matter.
        if not _rising(columns[0]):
            self._sorted = _rising(list(zip(*columns, strict=True)))
        self._after([tuple(c[0] for c in columns), tuple(c[-1] for c in columns)])

    def _after(self, ends: list[tuple[str, ...]]) -> None:
        """The first and the last key of what comes next."""
        self._sorted = self._sorted and (not self._ends or self._ends[1] < ends[0])
        self._ends = [self._ends[0] if self._ends else ends[0], ends[1]]

    def join(self, other: _Order) -> None:
        self._sorted = self._sorted and other._sorted
        if other._ends:
            self._after(other._ends)

    def result(self) -> bool:
        return self._sorted


def _rising(keys: Sequence[Any]) -> bool:
    return all(map(lt, keys, islice(keys, 1, None)))


class Distinct(Same):
    """The different cells of a column, without the empty one."""

    def __init__(self, field: str) -> None:
        self.field = field

    def start(self) -> Watcher[Values]:
        """Begin on a table."""
        return _Distinct(self.field)


class Values:
    """Different cells: a few in a set; beyond, as text, which takes a tenth of the memory."""

    FEW = 5_000
    BLOCKS = 150
    """Texts of a block each: their cells fit in memory together."""

    def __init__(self) -> None:
        self._few: set[str] = set()
        self._many: list[str] = []

    def add(self, cells: Iterable[str]) -> None:
        """Some more cells."""
        new = set(cells)
        new -= self._few
        new.discard("")
        if len(self._few) + len(new) <= self.FEW:
            self._few |= new
        elif new:
            self._many.append("\n".join(new))

    def join(self, other: Values) -> None:
        """Those of another one."""
        self.add(other._few)
        self._many += other._many

    def __bool__(self) -> bool:
        return bool(self._few or self._many)

    def groups(self) -> Iterator[Iterable[str]]:
        """The cells, a part at a time; a cell may come back in another part."""
        yield self._few
        for text in self._many:
            yield text.split("\n")

    def all(self) -> set[str]:
        """All the cells."""
        return set().union(*self.groups())

    def __le__(self, other: Values) -> bool:
        parts = len(other._many) // self.BLOCKS + 1
        return all(self._part(parts, p) <= other._part(parts, p) for p in range(parts))

    def _part(self, parts: int, part: int) -> set[str]:
        """The cells whose hash says that they belong to a part."""
        if parts == 1:
            return self.all()
        return {cell for group in self.groups() for cell in group if hash(cell) % parts == part}


class _Distinct:
    def __init__(self, field: str) -> None:
        self._field = field
        self._values = Values()

    def feed(self, _: int, cells: Cells, /) -> None:
        self._values.add(cells[self._field])

    def join(self, other: _Distinct) -> None:
        self._values.join(other._values)

    def result(self) -> Values:
        return self._values


class Picked(Same):
    """The rows that a function picks in some columns of a block (by their places in it)."""

    def __init__(self, fields: tuple[str, ...], pick: Callable[..., Iterable[int]]) -> None:
        self.fields = fields
        self.pick = pick

    def start(self) -> Watcher[list[int]]:
        """Begin on a table."""
        return _Picked(self)


class _Picked:
    def __init__(self, watch: Picked) -> None:
        self._watch = watch
        self._rows: list[int] = []

    def feed(self, first: int, cells: Cells, /) -> None:
        columns = (cells[name] for name in self._watch.fields)
        self._rows += [first + at for at in self._watch.pick(*columns)]

    def join(self, other: _Picked) -> None:
        self._rows += other._rows

    def result(self) -> list[int]:
        return self._rows


def itself(cells: Iterable[str]) -> Iterable[Hashable]:
    """Each cell stands for itself, an empty one for nothing."""
    return cells


class Repeats(Same):
    """The rows whose cells, once folded, may stand on another row too.

    Only hashes are kept: two rows in a thousand million may be picked for nothing, none is missed.
    """

    def __init__(
        self, fields: tuple[str, ...], fold: Callable[..., Iterable[Hashable]] = itself
    ) -> None:
        self.fields = fields
        self.fold = fold

    def start(self) -> Watcher[list[int]]:
        """Begin on a table."""
        return _Repeats(self)


class _Repeats:
    def __init__(self, watch: Repeats) -> None:
        self._watch = watch
        self._hashes = array("q")

    def feed(self, _: int, cells: Cells, /) -> None:
        folded = self._watch.fold(*(cells[name] for name in self._watch.fields))
        self._hashes.extend(map(hash, folded))

    def join(self, other: _Repeats) -> None:
        self._hashes += other._hashes

    def result(self) -> list[int]:
        parts = len(self._hashes) // PART + 1
        often: set[int] = set()
        for part in range(parts):
            often |= _several([h for h in self._hashes if h % parts == part])
        return [row for row, h in enumerate(self._hashes) if h in often] if often else []


def _several(hashes: list[int]) -> set[int]:
    """Those that stand more than once, but that of nothing."""
    nothing = hashes.count(_NOTHING)
    if len(set(hashes)) - bool(nothing) == len(hashes) - nothing:
        return set()
    return {h for h, times in Counter(hashes).items() if times > 1} - {_NOTHING}


_NOTHING = hash("")
PART = 100_000
"""Hashes that are set beside each other at once: they take a hundred bytes each meanwhile."""
