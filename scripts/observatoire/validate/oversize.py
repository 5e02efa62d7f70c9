"""What is wrong with a file too large to be read with care, found a part at a time.

Beyond half a gigabyte only a plain file can be checked. The first part that is not plain is read
as a table of its own, under the same header: what is said of it is what would be said of the whole.
"""

from __future__ import annotations

from typing import BinaryIO

from observatoire.files import MAX_BYTES
from observatoire.intake import MAX_LINE, parse
from observatoire.model import Finding, Malformed
from observatoire.schema import Schema
from observatoire.validate.blocks import Block, NotPlain

PART = 1 << 20
"""Bytes of a part, before the end of its last line."""


def refuse(stream: BinaryIO, file: str, schema: Schema) -> None:
    """Raise Malformed at the first part that is not plain; nothing when all are."""
    top = stream.readline(4 * MAX_LINE)
    parse(top, file, schema.columns)
    header = ",".join(schema.columns).encode() + b"\n"
    if top != header:
        raise _malformed(file, 1, *_reason(top, "columns"))
    row = 0
    while data := stream.read(PART):
        data += stream.readline(4 * MAX_LINE)
        if not _plain(data, schema):
            _read(header + data, file, schema, row)
            lines = data.splitlines(keepends=True)
            odd = next((at for at, text in enumerate(lines) if not _plain(text, schema)), 0)
            raise _malformed(file, row + odd + 2, *_reason(lines[odd], "quotes"))
        row += data.count(b"\n")


def _plain(data: bytes, schema: Schema) -> bool:
    try:
        return bool(Block(0, data, len(schema.columns)).columns)
    except NotPlain:
        return False


def _read(data: bytes, file: str, schema: Schema, row: int) -> None:
    """Read a part that begins at a row; raises Malformed with the lines of the whole file."""
    try:
        parse(data, file, schema.columns)
    except Malformed as problem:
        raise Malformed(
            *(f._replace(line=f.line + row if f.line > 1 else f.line) for f in problem.findings)
        ) from None


_REASONS = {
    "windows": (
        "cette ligne finit comme celles de Windows, par un retour chariot",
        "this line ends as those of Windows do, with a carriage return",
    ),
    "columns": (
        "cette ligne n'est pas mot pour mot celle du schéma",
        "this line is not word for word that of the schema",
    ),
    "hidden": (
        "cette ligne contient un caractère invisible",
        "this line holds an invisible character",
    ),
    "quotes": (
        "cette ligne a des guillemets dont sa cellule n'a pas besoin",
        "this line has quotation marks that its cell does not need",
    ),
}


def _reason(line: bytes, otherwise: str) -> tuple[str, str]:
    kind = "windows" if b"\r" in line else "hidden" if b"\x1f" in line else otherwise
    return _REASONS[kind]


def _malformed(file: str, line: int, said: str, told: str) -> Malformed:
    size = MAX_BYTES >> 20
    return Malformed(
        Finding(
            "fichier-trop-gros",
            f"{said} : au-delà de {size} Mo, un fichier ne se lit que sous sa forme canonique, que"
            " « observatoire format » lui donne.",
            file=file,
            line=line,
            english=f"{told}: beyond {size} MB a file is only read in its canonical form, which"
            " « observatoire format » gives it.",
        )
    )
