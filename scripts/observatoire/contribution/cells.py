"""One cell that Datami rewrote: is it what the visitor saw, or an edit? (datami.md, 2 and 8.7)"""

from __future__ import annotations

import re
import unicodedata

from observatoire.cells import speller
from observatoire.contribution.model import Reason
from observatoire.publish.datami import javascript
from observatoire.schema import Field

UNDEFINED = "undefined"
NULL = "null"
NUMERIC = {"integer", "number"}
LITERALS: dict[str, Reason] = {UNDEFINED: "undefined", NULL: "null"}
TRUE = {"true", "True", "TRUE", "1"}
FALSE = {"false", "False", "FALSE", "0"}
"""The spellings of a boolean in Table Schema."""

_QUOTED = re.compile(r'"\s*([^"]*?)\s*"')


def plain(cell: str | None) -> str:
    """What a cell says: trimmed, in NFC, empty for Datami's words for nothing."""
    if not cell:
        return ""
    cell = cell.strip(javascript.BLANKS)
    if cell in LITERALS:
        return ""
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def typed(cell: str | None, field: Field) -> str:
    """What a visitor typed, in the form that the table can hold, with the same meaning.

    On one line, without invisible characters or straight quotation marks, spelt as its column says.
    """
    text = re.sub(r"[\r\n\t\v\f\u2028\u2029]+", " ", plain(cell))
    text = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    if '"' in text:
        text = _QUOTED.sub(r"« \1 »", text).replace('"', "’")
    return speller(field)(text.strip(javascript.BLANKS))


def noise(before: str | None, after: str, field: Field) -> Reason | None:
    """Why the difference between two cells is no edit; None for a true edit."""
    saw, wrote = plain(before), plain(after)
    if saw == wrote:
        literal = LITERALS.get(after.strip(javascript.BLANKS))
        return literal or LITERALS.get((before or "").strip(javascript.BLANKS)) or "blancs"
    if field.type in NUMERIC:
        return "nombres" if _same_number(saw, wrote, field) else None
    if field.type == "boolean" and ({saw, wrote} <= TRUE or {saw, wrote} <= FALSE):
        return "ecriture"
    if wrote and saw.isdigit() and saw.lstrip("0") == wrote:
        return "zeros"
    return "ecriture" if typed(saw, field) == typed(wrote, field) else None


def same(one: str, other: str, field: Field) -> bool:
    """Whether two cells say the same."""
    return one == other or typed(one, field) == typed(other, field)


def _same_number(saw: str, wrote: str, field: Field) -> bool:
    """Datami rewrites numbers, and writes NaN where it fails to: no visitor types that."""
    spell = speller(field)
    return (
        wrote == "NaN"
        or spell(saw) == spell(wrote)
        or javascript.convert(saw, field.type, saw) == wrote
    )
