"""The canonical spelling of one cell (ADR 1), by the type of its column.

Only a cell that can be read is respelt, and into the same value: ``48.10`` becomes ``48.1``,
``2022-1-5`` becomes ``2022-01-05``. A cell that cannot be read is left for ``validate``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from observatoire.schema import Field

if TYPE_CHECKING:
    from decimal import Decimal

    Value = int | Decimal | date | str

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHORTEST = re.compile(r"0|-?(?:[1-9][0-9]*|0(?=\.))(?:\.[0-9]*[1-9])?")
MAX_DIGITS = 30
"""A longer number is no figure of the register: it is left as it stands."""


def reader(kind: str) -> Callable[[str], Value | None]:
    """How a cell of a Table Schema type is read: its value, or None when it cannot be.

    The verdict is that of frictionless 5 on every spelling: it strips whole numbers and numbers and
    gives them to ``int`` and ``Decimal``; a date goes through ``strptime``.
    """
    return _READERS.get(kind, _string)


def speller(field: Field) -> Callable[[str], str]:
    """How a cell of a column is spelt canonically; the function is idempotent."""
    if field.separator:
        return lambda cell: join_values(clean(cell).split(field.separator))
    return _SPELLERS.get(field.type, clean)


def clean(cell: str) -> str:
    """The cell in Unicode NFC, without the blanks at its ends."""
    cell = cell.strip()
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def join_values(values: Iterable[str]) -> str:
    """A multi-value cell: trimmed, without repeats or blanks, in code-point order, joined by |."""
    return "|".join(sorted({v.strip() for v in values} - {""}))


def decimal(value: int | Decimal) -> str:
    """The shortest decimal of a finite number, without an exponent."""
    text = str(value) if isinstance(value, int) else f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _spell_number(cell: str) -> str:
    cell = clean(cell)
    if not cell or len(cell) > MAX_DIGITS or _SHORTEST.fullmatch(cell):
        return cell
    value = _number(cell)
    if value is None or not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
        return cell
    return decimal(value)


def _spell_integer(cell: str) -> str:
    cell = clean(cell)
    if not cell or len(cell) > MAX_DIGITS:
        return cell
    value = _integer(cell)
    return cell if value is None else str(value)


def _spell_date(cell: str) -> str:
    cell = clean(cell)
    value = _date(cell) if cell else None
    return value.isoformat() if value else cell


def _string(cell: str) -> str:
    return cell


def _integer(cell: str) -> int | None:
    try:
        return int(cell.strip())
    except ValueError:
        return None


def _number(cell: str) -> Decimal | None:
    from decimal import Decimal, InvalidOperation  # only for a number: start-up counts

    try:
        return Decimal(cell.strip())
    except InvalidOperation:
        return None


def _date(cell: str) -> date | None:
    try:
        if _ISO.fullmatch(cell):
            return date.fromisoformat(cell)
        # A day without an hour: no time zone is lost.
        return datetime.strptime(cell, "%Y-%m-%d").date()
    except ValueError:
        return None


_READERS: dict[str, Callable[[str], Value | None]] = {
    "integer": _integer,
    "number": _number,
    "date": _date,
}
_SPELLERS: dict[str, Callable[[str], str]] = {
    "integer": _spell_integer,
    "number": _spell_number,
    "date": _spell_date,
}
