"""French typography for messages: quoting a hostile cell, listing."""

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


def english(number: int, noun: str) -> str:
    """ "1 cell", "0 cells", "12,345 cells"."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


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


_ACCENTED, _BARE = "àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy"
_LETTERS = str.maketrans(_ACCENTED, _BARE, " '’-./(),_\u00a0\u202f")
_LEAD = "é".encode()[:1]
"""The first byte of the usual accented letters in UTF-8."""
_ENDS = dict(zip((c.encode()[1] for c in _ACCENTED), map(ord, _BARE), strict=True)) | {
    c.encode()[1]: ord(b) for c, b in zip(_ACCENTED[:-1].upper(), _BARE, strict=False)
}
_BYTES = bytes(_ENDS.get(byte, byte) for byte in bytes(range(256)).lower())
_USUAL = bytes(range(128)) + _LEAD + bytes(_ENDS)


def squeeze(name: str) -> str:
    """A name in lower case, without accents, blanks or punctuation, at the speed of C."""
    return name.lower().translate(_LETTERS)


def squeezed(names: list[str]) -> list[str]:
    """The same for many names at once, on the bytes of all of them when their letters are usual."""
    if not names:
        return []
    data = "\n".join(names).encode()
    if data.translate(None, _USUAL):
        rare = {name for name in names if not name.isascii() and _rare(name)}
        usual = squeezed(["" if name in rare else name for name in names])
        return [squeeze(n) if n in rare else u for n, u in zip(names, usual, strict=True)]
    return data.translate(_BYTES, b" '-./(),_" + _LEAD).decode("ascii").split("\n")


def _rare(name: str) -> bool:
    return bool(name.encode().translate(None, _USUAL))
