"""Reading the whole file that Datami saved: a reader that takes what no CSV standard allows.

Datami writes its cells without RFC 4180 (datami.md, 2): inner quotation marks are doubled even
where nothing encloses them, line breaks are left as they are. A cell that a line lacks is None,
which says nothing; a line that cannot be understood is a finding, and the others are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from observatoire.contribution.cells import plain
from observatoire.contribution.model import Reason
from observatoire.french import counted, plural
from observatoire.intake import MAX_LINE, decode
from observatoire.model import Finding, Malformed
from observatoire.publish.datami import javascript
from observatoire.words import listed, quote

SEPARATORS = (",", ";", "\t")
SHOWN = 20
"""Lines that are named one by one; the others are counted."""


class Line(NamedTuple):
    """A row in the order of the columns asked for; ``text`` is the line as it was written.

    ``whole`` is false when it has fewer cells than the header.
    """

    number: int
    cells: tuple[str | None, ...]
    text: str
    whole: bool = True


@dataclass(frozen=True)
class Sheet:
    """What was read: ``columns`` are those asked for, ``header`` those of the file.

    ``unread`` are the cells of the lines that could not be understood.
    """

    columns: tuple[str, ...]
    header: tuple[str, ...]
    lines: Sequence[Line]
    crlf: int = 0
    unread: frozenset[str] = frozenset()
    noise: Counter[Reason] = field(default_factory=Counter)
    findings: tuple[Finding, ...] = ()


def read(data: bytes, file: str, columns: Sequence[str], separator: str) -> Sheet:
    """The rows of a saved file; raises Malformed when no column can be found in it."""
    text = decode(data, file)
    lines = text.replace("\r\n", "\n").replace("\r", " ").removesuffix("\n").split("\n")
    _bound(lines, file)
    mark, header = _header(lines[0], columns, separator)
    if not set(header) & set(columns):
        raise _unknown(file, columns)
    reader = _Reader(file, mark, len(header))
    places = [header.index(c) if c in header else None for c in columns]
    straight = header == tuple(columns)
    found = [
        Line(n, cells if straight else _placed(cells, places), raw, None not in cells)
        for n, cells, raw in reader.rows(lines)
    ]
    crlf = text.count("\r\n")
    unread = frozenset(plain(c) for n, _ in reader.bad for c in split(lines[n - 1], mark))
    return Sheet(tuple(columns), header, found, crlf, unread, reader.noise, reader.told())


def _placed(cells: Sequence[str | None], places: Sequence[int | None]) -> tuple[str | None, ...]:
    return tuple(None if p is None else cells[p] for p in places)


def _bound(lines: Sequence[str], file: str) -> None:
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            said = (
                f"cette ligne compte {counted(len(line), 'caractère')} : ce n'est pas une ligne de"
                " tableau."
            )
            raise Malformed(Finding("ligne-trop-longue", said, file=file, line=number))


def _unknown(file: str, columns: Sequence[str]) -> Malformed:
    message = (
        "on n'y retrouve aucune des colonnes de la table : ce n'est pas le fichier que la page de"
        f" contribution a ouvert. La première ligne doit être : {','.join(columns)}"
    )
    return Malformed(Finding("colonnes", message, file=file, line=1))


def _header(line: str, columns: Sequence[str], separator: str) -> tuple[str, tuple[str, ...]]:
    """The separator that finds the most columns, the expected one first; and the header."""
    wanted = set(columns)
    tried = [
        (mark, tuple(c.strip(javascript.BLANKS) for c in split(line, mark)))
        for mark in dict.fromkeys((separator, *SEPARATORS))
    ]
    return max(tried, key=lambda pair: len(wanted.intersection(pair[1])))


@cache
def _pattern(mark: str) -> re.Pattern[str]:
    end = rf"(?:{re.escape(mark)}|\Z)"
    return re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*{end}|([^{re.escape(mark)}]*){end}')


def split(line: str, mark: str) -> list[str]:
    """The cells of a line as Datami wrote it; doubled quotation marks become single everywhere.

    A cell is enclosed only when its closing quotation mark is followed by the separator.
    """
    if '"' not in line:
        return line.split(mark)
    cells: list[str] = []
    for found in _pattern(mark).finditer(line):
        cells.append((found[2] if found[1] is None else found[1]).replace('""', '"'))
        if not found[0].endswith(mark):
            break
    return cells


class _Reader:
    """Goes through the lines, mends those that a line break tore, keeps account of the others."""

    def __init__(self, file: str, mark: str, width: int) -> None:
        self.file = file
        self.mark = mark
        self.width = width
        self.noise: Counter[Reason] = Counter()
        self.bad: list[tuple[int, str]] = []

    def rows(self, lines: Sequence[str]) -> Iterator[tuple[int, tuple[str | None, ...], str]]:
        """The number, cells (as many as the header has) and text of each row."""
        at = 1
        while at < len(lines):
            raw = lines[at]
            taken, cells = self._mended(lines, at)
            if not any(map(plain, cells)):
                self.noise["lignes-vides"] += 1
            elif (row := self._fitted(cells, at + 1)) is not None:
                yield at + 1, row, raw
            at += taken

    def _mended(self, lines: Sequence[str], at: int) -> tuple[int, list[str]]:
        """The cells of a row, and how many lines it was torn into.

        A torn row is followed by lines that complete it exactly; otherwise it is taken as it is.
        """
        first = split(lines[at], self.mark)
        if len(first) >= self.width or not lines[at]:
            return 1, first
        torn = lines[at]
        for following in range(at + 1, min(at + 6, len(lines))):
            torn = f"{torn} {lines[following]}"
            cells = split(torn, self.mark)
            if len(cells) == self.width:
                self.noise["retours"] += 1
                return following - at + 1, cells
            if len(cells) > self.width:
                break
        return 1, first

    def _fitted(self, cells: list[str], number: int) -> tuple[str | None, ...] | None:
        """The cells, as many as columns; None for a line that has more and cannot be understood."""
        if len(cells) == self.width:
            return tuple(cells)
        if not any(map(plain, cells[self.width :])):
            missing = self.width - len(cells)
            return (*cells[: self.width], *[None] * missing)
        self.bad.append((number, f"{len(cells)} cellules au lieu de {self.width}"))
        return None

    def told(self) -> tuple[Finding, ...]:
        """What is said of the lines that could not be understood."""
        told = [
            Finding(
                "nombre-de-cellules",
                f"la ligne compte {what} : elle n'a pas été lue. Une virgule de trop, sans doute :"
                " refaites cette correction dans la page de contribution.",
                file=self.file,
                line=number,
            )
            for number, what in self.bad[:SHOWN]
        ]
        more = len(self.bad) - SHOWN
        if more > 0:
            said = f"{counted(more, 'autre ligne', 'autres lignes')} dans le même cas."
            told.append(Finding("nombre-de-cellules", said, file=self.file))
        return tuple(told)


def columns_told(saved: Sheet, seen: Sheet, file: str) -> list[Finding]:
    """What is said of columns that the saved file has more or less than its start."""
    known = set(seen.header)
    unknown = [c for c in dict.fromkeys(saved.header) if c not in known]
    missing = [c for c in seen.header if c in seen.columns and c not in saved.header]
    told = []
    if unknown:
        said = f"{plural(len(unknown), 'colonne inconnue')} : {listed(unknown[:SHOWN], 'et')}."
        said += f" {_content(unknown)} est ignoré."
        told.append(Finding("colonnes", said, file=file, line=1))
    if missing:
        said = f"{plural(len(missing), 'colonne retirée')} : {listed(missing, 'et')}."
        said += f" {_content(missing)} est gardé tel quel."
        told.append(Finding("colonnes", said, file=file, line=1))
    repeated = [c for c, n in Counter(saved.header).items() if n > 1 and c in saved.columns]
    if repeated:
        said = f"la colonne {quote(repeated[0])} est là deux fois : seule la première est lue."
        told.append(Finding("colonnes", said, file=file, line=1))
    return told


def _content(columns: Sequence[str]) -> str:
    return "Son contenu" if len(columns) == 1 else "Leur contenu"
