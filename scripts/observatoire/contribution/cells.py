"""One cell that Datami rewrote: is it what the visitor saw, or an edit? (datami.md, 2 and 8.7)"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from observatoire.cells import speller
from observatoire.contribution.model import Reason
from observatoire.publish.datami import javascript
from observatoire.schema import Field
from observatoire.validate.formatting import repairs
from observatoire.validate.formatting.repairs import Repaired

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
    """What a visitor typed, in the form that the table holds: same repairs as `format`."""
    text = " ".join(plain(cell).split())
    if '"' in text:
        text = _QUOTED.sub(r"« \1 »", text).replace('"', "’")
    repaired = _repair(field)(text)
    return text if repaired is None else repaired.cell


@cache
def _repair(field: Field) -> Callable[[str], Repaired | None]:
    return repairs.repair(field)


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
    if _lost_zeros(saw, wrote, field):
        return "zeros"
    return "ecriture" if same(saw, wrote, field) or typed(wrote, field) == saw else None


def _lost_zeros(saw: str, wrote: str, field: Field) -> bool:
    """A spreadsheet took a code for a number: what is left of it is no such code any more.

    Datami keeps a text as it is (datami.md, 2): in a column that takes both, 7 for 07 was typed.
    """
    lost = bool(wrote) and saw.isdigit() and saw.lstrip("0") == wrote
    return lost and field.compiled is not None and not field.compiled.fullmatch(wrote)


def same(one: str, other: str, field: Field) -> bool:
    """Whether two cells say the same, however they are spelt."""
    if one == other:
        return True
    spell = speller(field)
    return spell(plain(one)) == spell(plain(other))


def _same_number(saw: str, wrote: str, field: Field) -> bool:
    """Datami rewrites numbers, and writes NaN where it fails to: no visitor types that."""
    return (
        wrote == "NaN"
        or same(saw, wrote, field)
        or javascript.convert(saw, field.type, saw) == wrote
    )
