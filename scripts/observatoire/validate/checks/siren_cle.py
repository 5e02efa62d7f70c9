"""A SIREN whose check digit (Luhn) is wrong: a digit was mistyped or two were swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.watch import Picked, Watch
from observatoire.words import listed, quote

CODE = "siren-cle"
TITLE = "Numéro SIREN impossible"
TITLE_EN = "Impossible SIREN number"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« 243500193 » n'est pas un numéro SIREN valable (sa clé de contrôle est fausse) : deux"
        " chiffres voisins sont sans doute inversés, vérifiez si c'est « 243500139 ».",
        key=("243500139",),
        bad={"siren": "243500193"},
        good={"siren": "243500139"},
    ),
    Example(
        "organisations",
        "« 210100011 » n'est pas un numéro SIREN valable (sa clé de contrôle est fausse) : un"
        " chiffre est faux. Cherchez le bon numéro sur annuaire-entreprises.data.gouv.fr.",
        key=("210100012",),
        bad={"siren": "210100011"},
        good={"siren": "210100012"},
    ),
)

if TYPE_CHECKING:
    from observatoire.validate.identity import Directory

LENGTH = 9
SHAPE = re.compile(r"[0-9]{9}")
SHAPES = re.compile(r"[0-9]*+")
FIELDS = ("siren", "siren_declare", "siren_trouve", "epci", "ept")


def watches(_: str, schema: Schema) -> Iterator[Watch[Any]]:
    """The wrong SIREN of each column that holds some."""
    yield from (_wrong(field) for field in FIELDS if field in schema.columns)


def check(context: Context) -> Iterator[Finding]:
    """SIREN with nine digits that fail their check digit."""
    for sheet in context.sheets():
        for field in FIELDS:
            if field not in sheet.schema.columns:
                continue
            rows = sheet.watched(_wrong(field))
            for row, (cell,) in zip(rows, sheet.cells(rows, field), strict=True):
                yield sheet.finding(CODE, row, field, _remark(cell, context.directory))


def _remark(cell: str, directory: Directory) -> Remark:
    problem = f"{quote(cell)} n'est pas un numéro SIREN valable (sa clé de contrôle est fausse)"
    trouble = f"{quote(cell)} is not a valid SIREN number (its check digit is wrong)"
    near = [s for s in swaps(cell) if s in directory.bodies]
    if near:
        return Remark(
            f"{problem} : deux chiffres voisins sont sans doute inversés, vérifiez si c'est"
            f" {listed(near)}.",
            f"{trouble}: two neighbouring digits are probably swapped, check whether it is"
            f" {listed(near, 'or')}.",
        )
    return Remark(
        f"{problem} : un chiffre est faux. Cherchez le bon numéro sur"
        " annuaire-entreprises.data.gouv.fr.",
        f"{trouble}: one digit is wrong. Look the right number up on"
        " annuaire-entreprises.data.gouv.fr.",
    )


def sound(siren: str) -> bool:
    """Whether the check digit is right; a cell without the shape of a SIREN is not judged."""
    return not (SHAPE.fullmatch(siren) and faults([siren]))


def faults(sirens: list[str]) -> list[int]:
    """The places of the numbers of nine digits whose Luhn sum is no multiple of ten.

    As python-stdnum (the tests prove it), a thousand at a time: the first digits of all the numbers
    are one string of bytes, so are the second ones...; each string is a great integer, whose bytes
    hold the share of each number in its sum (9 at most, so nine of them never reach 256).
    """
    digits = "".join(sirens).encode()
    total = sum(
        int.from_bytes(digits[place::LENGTH].translate(_SHARES[place % 2]), "big")
        for place in range(LENGTH)
    )
    sums = total.to_bytes(len(sirens), "big").translate(_REST)
    return [at for at, rest in enumerate(sums) if rest] if any(sums) else []


def _among(cells: list[str]) -> list[int]:
    """The places of the cells that have the shape of a SIREN and a wrong check digit."""
    if SHAPES.fullmatch("".join(cells)) and {*map(len, cells)} == {LENGTH}:
        return faults(cells)
    different = list(filter(SHAPE.fullmatch, set(cells)))
    wrong = {different[at] for at in faults(different)}
    return [at for at, cell in enumerate(cells) if cell in wrong] if wrong else []


@cache
def _wrong(field: str) -> Picked:
    return Picked((field,), _among)


_SHARES = tuple(
    bytes((share - 9 * (share > 9)) % 256 for share in ((d - 48) * (1 + odd) for d in range(256)))  # noqa: PLR2004 - digits of the double
    for odd in (0, 1)
)
"""What a digit (its byte) adds to the sum, at the first, third... places, then at the others."""
_REST = bytes(value % 10 for value in range(256))


def swaps(siren: str) -> list[str]:
    """The valid SIREN that differ by two neighbouring digits in the other order."""
    turned = (siren[:i] + siren[i + 1] + siren[i] + siren[i + 2 :] for i in range(len(siren) - 1))
    return sorted({t for t in turned if sound(t)} - {siren})
