"""Letters that a save in the wrong encoding replaced with « ? » or « \ufffd », and what they were.

A question mark that stands in French for itself follows a blank or ends a sentence: one that
touches a letter on its right, or on its left within a name, took the place of a letter.
"""

from __future__ import annotations

import re
import unicodedata

_LETTER = r"[^\W\d_]"
_MARK = r"[?](?![\w.%-]*[=&])"
"""Not the start of the parameters of an address."""
_INSIDE = rf"{_MARK}(?={_LETTER})|(?<={_LETTER}){_MARK}(?=[?]*(?:[-'’|/]| [a-zà-öø-ÿœ]))|\ufffd"
_IN_NAMES = rf"{_MARK}(?={_LETTER})|(?<={_LETTER}){_MARK}|\ufffd"
_ADDRESS = r"\S*(?:://|www\.)\S*"
_RUN = "[?\ufffd]+"
MARKS = 3
"""Bytes of a letter or an apostrophe in UTF-8, each of which may have become a mark."""
MANY = 10
"""Places; with more lost letters a text says too little, and takes long to be recognised."""
_JOINED = "[ '’-]"
"""What two spellings of a name put between its words."""


def lost(cell: str, *, name: bool) -> bool:
    """Whether a text has lost a letter; ``name``: it asks no question."""
    words = re.sub(_ADDRESS, " ", cell) if "://" in cell or "www." in cell else cell
    return bool(re.search(_IN_NAMES if name else _INSIDE, words))


def filled(cell: str, known: str) -> str:
    """The cell with its letters taken from a known spelling; "" when it is another text."""
    parts = re.split(_RUN, _bare(cell))
    if len(parts) > MANY:
        return ""
    runs = [f"(.{{1,{min(len(run), MARKS)}}})" for run in re.findall(_RUN, cell)]
    pattern = _pattern(parts[0]) + "".join(
        run + _pattern(part) for run, part in zip(runs, parts[1:], strict=True)
    )
    found = re.fullmatch(pattern, _bare(known))
    if not found:
        return ""
    upper = cell.isupper()
    letters = (known[slice(*found.span(at))] for at in range(1, len(runs) + 1))
    told = iter([text.upper() if upper else text for text in letters])
    return re.sub(_RUN, lambda _: next(told), cell)


def _pattern(part: str) -> str:
    return "".join(_JOINED if char in " '’-" else re.escape(char) for char in part)


def _bare(text: str) -> str:
    """The text without accents or capitals, each letter in its place."""
    return "".join(unicodedata.normalize("NFD", char)[0].lower()[0] for char in text)
