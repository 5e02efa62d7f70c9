"""A CSV file read while it comes in, in bounded memory, whatever its cells hold."""

from __future__ import annotations

import codecs
import csv
from collections.abc import AsyncIterator, Iterator, Sequence

from observatoire.model import SourceError

LONGEST_RECORD = 16 * 2**20
"""Characters. Beyond, a quote was left open somewhere and the rest is one cell."""


async def records(
    chunks: AsyncIterator[bytes], columns: Sequence[str], name: str, separator: str = ";"
) -> AsyncIterator[tuple[str, ...]]:
    """The cells of ``columns``, in that order, for each record of a file that comes in pieces.

    Columns are found by name: a portal adds and moves them. A repeated header counts by its last
    column, as for ``csv.DictReader``. ``name`` is the file's in messages. Raises SourceError for
    a file that is cut, not UTF-8, or lacks a column.
    """
    reader = _Reader(columns, name, separator)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        async for chunk in chunks:
            for record in reader.feed(decoder.decode(chunk)):
                yield record
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise SourceError(f"{name} : le fichier n'est pas en UTF-8.") from None
    reader.close()


class _Reader:
    """Cuts text into records at the line ends that are outside quotes."""

    def __init__(self, columns: Sequence[str], name: str, separator: str) -> None:
        self.columns = columns
        self.name = name
        self.separator = separator
        self.width = 0
        self.positions: list[int] = []
        self.line: list[str] = []
        self.waiting: list[str] = []
        self.held = 0
        self.quoted = False

    def feed(self, text: str) -> Iterator[tuple[str, ...]]:
        """The records that this piece of text completes."""
        pieces = text.split("\n")
        ready: list[str] = []
        for piece in pieces[:-1]:
            self._hold(piece)
            self.waiting.append("".join(self.line) + "\n")
            self.line = []
            if not self.quoted:
                ready += self.waiting
                self.waiting = []
                self.held = 0
        self._hold(pieces[-1])
        return self._parse(ready)

    def _hold(self, piece: str) -> None:
        self.line.append(piece)
        self.quoted ^= bool(piece.count('"') % 2)
        self.held += len(piece)
        if self.held > LONGEST_RECORD:
            raise self._bad("une ligne n'en finit pas (un guillemet est resté ouvert)")

    def _parse(self, lines: list[str]) -> Iterator[tuple[str, ...]]:
        csv.field_size_limit(LONGEST_RECORD)
        try:
            for cells in csv.reader(lines, delimiter=self.separator, strict=True):
                if not self.positions:
                    self._header(cells)
                elif len(cells) != self.width:
                    raise self._bad(
                        f"une ligne compte {len(cells)} cellules au lieu de {self.width}"
                    )
                else:
                    yield tuple([cells[p] for p in self.positions])
        except csv.Error:
            raise self._bad("une ligne est mal formée") from None

    def _header(self, cells: list[str]) -> None:
        self.width = len(cells)
        places = {name.strip(): i for i, name in enumerate(cells)}
        missing = [c for c in self.columns if c not in places]
        if missing:
            raise self._bad(f"il manque la colonne « {missing[0]} »")
        self.positions = [places[c] for c in self.columns]

    def close(self) -> None:
        """The file is over; raises SourceError when it stops in the middle of a line."""
        if self.quoted or self.waiting or any(self.line):
            raise self._bad("le fichier s'arrête au milieu d'une ligne")
        if not self.positions:
            raise self._bad("le fichier est vide")

    def _bad(self, cause: str) -> SourceError:
        return SourceError(f"{self.name} : {cause}.")
