"""What to say of a line that has not as many cells as its table has columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from observatoire.french import counted
from observatoire.model import Finding
from observatoire.words import english, quote

WHOLE, DECIMALS = re.compile(r"-?[0-9]{1,3}"), re.compile(r"[0-9]{1,17}")
"""The two halves of a coordinate that was written with a decimal comma."""
POINT = ("latitude", "longitude")
"""The columns where decimals are expected: elsewhere, two numbers are two cells."""
LABEL = 80


def wrong_width(
    file: str, number: int, header: Sequence[str], cells: Sequence[str], *, cut: bool = False
) -> Finding:
    """The finding about one line; ``cut``: it ends a file that lacks its last line end."""
    if list(cells) == [""]:
        code, said = "ligne-vide", "cette ligne est vide : supprimez-la."
        told = "this line is empty: delete it."
    else:
        code = "nombre-de-cellules"
        width = len(header)
        hint, clue = _short(width - len(cells), cut) if len(cells) < width else _long(cells, header)
        said = f"la ligne compte {counted(len(cells), 'cellule')} au lieu de {width} : {hint}"
        told = f"the line has {english(len(cells), 'cell')} instead of {width}: {clue}"
    label = next((c for c in cells[1:2] if c.strip()), "")
    return Finding(code, said, file=file, line=number, label=label[:LABEL], english=told)


def _short(lacking: int, cut: bool) -> tuple[str, str]:
    if cut:
        return (
            "le fichier a sans doute été coupé : reprenez-le en entier.",
            "the file was probably cut: take the whole of it again.",
        )
    return (
        f"il manque {counted(lacking, 'virgule')} (une cellule vide garde la sienne), ou la ligne a"
        " été coupée en deux.",
        f"{english(lacking, 'comma')} missing (an empty cell keeps its own), or the line was cut in"
        " two.",
    )


def _long(cells: Sequence[str], header: Sequence[str]) -> tuple[str, str]:
    """The cells that a comma of their own tore apart, when joining them gives the right number."""
    torn = list(_torn(cells, header))
    if len(cells) - sum(len(parts) - 1 for parts in torn) != len(header):
        return (
            "une cellule qui contient une virgule doit être entourée de guillemets droits, et un"
            " nombre s'écrit avec un point.",
            "a cell that holds a comma must stand between straight quotation marks, and a number"
            " is written with a point.",
        )
    said = [_repair(parts) for parts in torn]
    return " ; ".join(s for s, _ in said) + ".", "; ".join(s for _, s in said) + "."


def _torn(cells: Sequence[str], header: Sequence[str]) -> Iterator[list[str]]:
    """Neighbours that were one cell: halves of a number, or words after a comma and a blank."""
    at = column = 0
    while at < len(cells):
        end = at + 1
        if header[min(column, len(header) - 1)] in POINT and _halves(cells[at : at + 2]):
            end += 1
        else:
            while end < len(cells) and cells[end].startswith(" ") and cells[end].strip():
                end += 1
        if end - at > 1:
            yield list(cells[at:end])
        at, column = end, column + 1


def _halves(cells: Sequence[str]) -> bool:
    """Whether two cells are the two halves of a number."""
    shapes = (WHOLE, DECIMALS)
    return len(cells) == 2 and all(s.fullmatch(c) for s, c in zip(shapes, cells, strict=True))  # noqa: PLR2004 - two halves


def _repair(parts: list[str]) -> tuple[str, str]:
    text = ",".join(parts)
    if _halves(parts):
        point = quote(".".join(parts))
        return (
            f"{quote(text)} s'écrit {point}, avec un point et non une virgule",
            f"{quote(text)} is written {point}, with a point, not a comma",
        )
    marked = f'"{text}"'
    return (
        f"{quote(text)} contient une virgule, écrivez-le entre guillemets droits : {quote(marked)}",
        f"{quote(text)} holds a comma, write it between straight quotation marks: {quote(marked)}",
    )
