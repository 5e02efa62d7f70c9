"""Names in one spelling, at the speed of C: what is compared among all the lines of a table."""

from __future__ import annotations

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
