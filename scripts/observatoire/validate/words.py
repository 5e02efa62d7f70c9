"""French typography for messages: quoting a hostile cell, counting, listing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

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


def count(number: int, one: str, many: str = "") -> str:
    """« 1 erreur », « 12 345 erreurs »: thousands apart, plural from two."""
    word = many or f"{one}s" if number > 1 else one
    return f"{thousands(number)} {word}"


def thousands(number: int) -> str:
    """12345 as « 12 345 », with a narrow no-break space."""
    return f"{number:,}".replace(",", "\u202f")


def closest(value: str, known: Sequence[str]) -> str:
    """The known value that looks most like this one; "" when none does."""
    import difflib  # only for a wrong cell: start-up counts

    folded = {fold(k): k for k in reversed(known)}
    near = difflib.get_close_matches(fold(value), folded, n=1, cutoff=0.75)
    return folded[near[0]] if near else ""


def fold(text: str) -> str:
    """Lower case, without accents, blanks or punctuation: what two spellings have in common."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())


_LETTERS = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy", " '’-./(),_\u00a0\u202f")


def squeeze(name: str) -> str:
    """A name in lower case, without accents, blanks or punctuation, at the speed of C."""
    return name.lower().translate(_LETTERS)
