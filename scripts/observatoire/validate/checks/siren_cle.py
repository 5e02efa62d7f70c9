"""A SIREN whose check digit (Luhn) is wrong: a digit was mistyped or two were swapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stdnum import luhn

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.identity import Directory
from observatoire.validate.model import Example, Remark
from observatoire.validate.words import listed, quote

CODE = "siren-cle"
TITLE = "Numéro SIREN impossible"
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

FIELDS = ("siren", "siren_declare", "epci", "ept")
SIREN_LENGTH = 9


def check(context: Context) -> Iterator[Finding]:
    """SIREN with nine digits that fail their check digit."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.name in FIELDS:
                yield from sheet.judge(CODE, field.name, _verdict(context.directory))


def _verdict(directory: Directory) -> Callable[[str], Remark | None]:
    return lambda cell: None if sound(cell) else _remark(cell, directory)


def _remark(cell: str, directory: Directory) -> Remark:
    problem = f"{quote(cell)} n'est pas un numéro SIREN valable (sa clé de contrôle est fausse)"
    near = [s for s in swaps(cell) if s in directory.bodies]
    if near:
        return Remark(
            f"{problem} : deux chiffres voisins sont sans doute inversés, vérifiez si c'est"
            f" {listed(near)}."
        )
    return Remark(
        f"{problem} : un chiffre est faux. Cherchez le bon numéro sur"
        " annuaire-entreprises.data.gouv.fr."
    )


class _Part(dict[str, int]):
    """The share of three digits, at one of the three places, in the checksum of a SIREN.

    A Luhn sum is the sum of its parts: a thousand parts do for every SIREN, and each is asked once
    from the library, which takes 3 µs a number.
    """

    def __init__(self, before: str, after: str) -> None:
        super().__init__()
        self.around = before, after

    def __missing__(self, digits: str) -> int:
        before, after = self.around
        self[digits] = luhn.checksum(f"{before}{digits}{after}")
        return self[digits]


_HEAD, _MIDDLE, _TAIL = _Part("", "000000"), _Part("000", "000"), _Part("000000", "")


def sound(siren: str) -> bool:
    """Whether the check digit is right; a cell without the shape of a SIREN is not judged."""
    if len(siren) != SIREN_LENGTH or not (siren.isascii() and siren.isdigit()):
        return True
    return (_HEAD[siren[:3]] + _MIDDLE[siren[3:6]] + _TAIL[siren[6:]]) % 10 == 0


def swaps(siren: str) -> list[str]:
    """The valid SIREN that differ by two neighbouring digits in the other order."""
    turned = (siren[:i] + siren[i + 1] + siren[i] + siren[i + 2 :] for i in range(len(siren) - 1))
    return sorted({t for t in turned if luhn.is_valid(t)} - {siren})
