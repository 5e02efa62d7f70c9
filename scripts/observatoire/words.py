"""Words of messages: a hostile cell between quotes, lists, the known value that was meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from observatoire.letters import fold

SHOWN = 80
"""Characters of a cell that a message shows."""


def quote(value: str) -> str:
    """The cell between French quotes: bounded, with its invisible characters made visible."""
    if not value.isprintable() or not value.isascii():
        value = "".join(map(_visible, value[: SHOWN + 1]))
    if len(value) > SHOWN:
        value = value[: SHOWN - 1] + "…"
    return f"« {value} »"


def _visible(char: str) -> str:
    if char in "«»":
        return '"'
    if char.isprintable() and unicodedata.category(char) not in {"Cf", "Mn", "Zs"}:
        return char
    return char if char == " " else f"[U+{ord(char):04X}]"


def listed(values: Iterable[str], last: str = "ou") -> str:
    """« a », « b » ou « c »."""
    quoted = [quote(v) for v in values]
    return f" {last} ".join(filter(None, (", ".join(quoted[:-1]), *quoted[-1:])))


def english(number: int, noun: str) -> str:
    """ "1 cell", "0 cells", "12,345 cells"."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def closest(value: str, known: Sequence[str]) -> str:
    """The known value that looks most like this one; "" when none does."""
    import difflib  # only for a wrong cell: start-up counts

    folded = {fold(k): k for k in reversed(known)}
    near = difflib.get_close_matches(fold(value), folded, n=1, cutoff=0.75)
    return folded[near[0]] if near else ""
