"""Forms of values: each function changes how a value is written and never what it says."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MISREAD = re.compile("[├┬].")
_SPACES = re.compile(r"\s+")


def text(cell: str) -> str:
    """The cell on one line, in NFC, without blanks at its ends nor repeated inside."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", INVISIBLE.sub("", cell)).strip())


def siren(cell: str) -> str:
    """The digits of a SIREN, without blanks or invisible characters."""
    return INVISIBLE.sub("", cell).replace(" ", "").strip()


def integer(cell: str) -> str:
    """``20.0`` becomes ``20``; "" when the cell is not a whole number."""
    value = _decimal(cell)
    return str(int(value)) if value is not None and value == value.to_integral_value() else ""


def decimal(cell: str) -> str:
    """The shortest writing of a decimal number (``48.133900`` is ``48.1339``), or ""."""
    value = _decimal(cell)
    if value is None:
        return ""
    shortest = format(value.normalize(), "f")
    return "0" if shortest in {"-0", "0"} else shortest


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that joins them with commas, in their order, each once."""
    return tuple(dict.fromkeys(v for v in map(text, cell.split(",")) if v))


def repaired(cell: str) -> str:
    """The cell, its letters whose UTF-8 bytes were read as the old code page 850 read again."""
    return _MISREAD.sub(_reread, cell)


def _reread(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp850").decode()
    except UnicodeError:
        return found[0]


def _decimal(cell: str) -> Decimal | None:
    try:
        value = Decimal(cell.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
