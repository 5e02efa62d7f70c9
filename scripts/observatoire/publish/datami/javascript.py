"""The few rules of JavaScript that decide what a number becomes in Datami."""

from __future__ import annotations

import re
from decimal import Decimal

BLANKS = (
    "\t\n\x0b\x0c\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What JavaScript calls white space (ECMA-262, WhiteSpace and LineTerminator)."""

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PREFIXED = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_HEXADECIMAL = re.compile(r"([+-]?)0[xX]([0-9a-fA-F]+)")

_WHOLE = range(1, 22)
_SMALL = range(-5, 1)
"""Places of the decimal point for which JavaScript writes no exponent."""


def convert(cell: str, kind: str, text: str) -> str:
    """The cell as Datami writes it back, given its column type; ``text`` when it is no number.

    Zero counts as no number there (``Number(cell) || text``): it stays as it was written.
    """
    if kind == "number":
        value = _number(cell)
    elif kind == "integer":
        value = _integer(cell)
    else:
        return text
    return show(value) if value else text


def _number(cell: str) -> float | None:
    """``Number(cell)``; None for NaN."""
    cell = cell.strip(BLANKS)
    if _PREFIXED.fullmatch(cell):
        return float(int(cell, 0))
    if cell in {"Infinity", "+Infinity", "-Infinity"} or _DECIMAL.fullmatch(cell):
        return float(cell)
    return None


def _integer(cell: str) -> float | None:
    """``parseInt(cell)``; None for NaN."""
    cell = cell.strip(BLANKS)
    hexadecimal = _HEXADECIMAL.match(cell)
    if hexadecimal:
        return _float(int(hexadecimal[1] + hexadecimal[2], 16))
    digits = _INTEGER.match(cell)
    return _float(int(digits[0])) if digits else None


def _float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("-inf" if value < 0 else "inf")


def show(value: float) -> str:
    """``value.toString()``: the shortest digits, an exponent only far from one (ECMA-262)."""
    if value in {float("inf"), float("-inf")}:
        return "Infinity" if value > 0 else "-Infinity"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    figures = "".join(map(str, digits))
    point = len(figures) + int(exponent)
    minus = "-" if sign else ""
    if point in _WHOLE:
        whole, rest = figures[:point].ljust(point, "0"), figures[point:]
        return f"{minus}{whole}.{rest}" if rest else f"{minus}{whole}"
    if point in _SMALL:
        return f"{minus}0.{'0' * -point}{figures}"
    mantissa = figures[0] + ("." + figures[1:] if figures[1:] else "")
    return f"{minus}{mantissa}e{point - 1:+d}"
