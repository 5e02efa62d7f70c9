"""A JSON array read while it comes in, one object at a time, in bounded memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import AsyncIterator, Iterator
from enum import Enum

from observatoire.model import SourceError
from observatoire.web import Json

LONGEST_OBJECT = 8 * 2**20
"""Characters. A dataset with thousands of columns takes a few hundred thousand."""

BLANKS = re.compile(r"[ \t\r\n]*")


class Place(Enum):
    """Where in the array the reader stands."""

    START = "before the opening bracket"
    FIRST = "before the first object, or the closing bracket"
    AFTER = "after an object"
    ITEM = "after a comma"
    END = "after the closing bracket"


STEPS = {
    (Place.START, "["): Place.FIRST,
    (Place.FIRST, "]"): Place.END,
    (Place.AFTER, ","): Place.ITEM,
    (Place.AFTER, "]"): Place.END,
}


async def objects(chunks: AsyncIterator[bytes], name: str) -> AsyncIterator[dict[str, Json]]:
    """The objects of an array that comes in pieces; ``name`` is the document's in messages.

    Raises SourceError for what is not a whole array of objects in UTF-8.
    """
    reader = _Reader(name)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        async for chunk in chunks:
            for item in reader.feed(decoder.decode(chunk)):
                yield item
        for item in reader.finish(decoder.decode(b"", final=True)):
            yield item
    except UnicodeDecodeError:
        raise SourceError(f"{name} : la réponse n'est pas en UTF-8.") from None


class _Reader:
    """Holds the text that no complete object was made of yet.

    An object that is not complete is only tried again once twice as much text is there: the work
    stays in proportion to the text, however it is cut.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.enough = 0
        self.place = Place.START
        self.decoder = json.JSONDecoder()

    def feed(self, piece: str) -> Iterator[dict[str, Json]]:
        """The objects that this piece of text completes."""
        self.text += piece
        at = 0
        while (at := self._past_blanks(at)) < len(self.text):
            step = STEPS.get((self.place, self.text[at]))
            if step:
                self.place, at = step, at + 1
                continue
            found = self._object(at)
            if found is None:
                break
            item, at = found
            self.place, self.enough = Place.AFTER, 0
            yield item
        self.text = self.text[at:]

    def finish(self, piece: str) -> Iterator[dict[str, Json]]:
        """The last objects; raises SourceError when the document stops before its end."""
        self.enough = 0
        yield from self.feed(piece)
        if self.place is not Place.END:
            raise self._bad("la réponse s'arrête avant sa fin, ou elle est mal formée")

    def _past_blanks(self, at: int) -> int:
        found = BLANKS.match(self.text, at)
        return found.end() if found else at

    def _object(self, at: int) -> tuple[dict[str, Json], int] | None:
        """The object that starts at ``at`` and where it ends; None while it is not complete."""
        if self.place not in {Place.FIRST, Place.ITEM} or self.text[at] != "{":
            raise self._bad("la réponse n'est pas une liste d'objets")
        length = len(self.text) - at
        if length < self.enough:
            return None
        try:
            item, end = self.decoder.raw_decode(self.text, at)
        except json.JSONDecodeError:
            if length > LONGEST_OBJECT:
                raise self._bad("un élément n'en finit pas, ou il est mal formé") from None
            self.enough = 2 * length
            return None
        except (ValueError, RecursionError):
            raise self._bad("un élément est illisible") from None
        return item, end

    def _bad(self, cause: str) -> SourceError:
        return SourceError(f"{self.name} : {cause}.")
