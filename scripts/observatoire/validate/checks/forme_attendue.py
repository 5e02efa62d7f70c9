"""A text that has not the shape (pattern) that its column requires."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate import slips
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.named import keys
from observatoire.words import quote

CODE = "forme-attendue"
TITLE = "Code ou adresse mal formés"
TITLE_EN = "Malformed code or address"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "publications",
        "« 243 500 139 » n'a pas la forme attendue : écrivez « 243500139 », sans espace entre les"
        " chiffres.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"siren": "243 500 139"},
        good={"siren": "243500139"},
        fix="243500139",
    ),
    Example(
        "organisations",
        "« 1 » n'a pas la forme attendue : écrivez « 01 », avec son zéro de tête.",
        key=("210100012",),
        bad={"departement": "1"},
        good={"departement": "01"},
        fix="01",
    ),
    Example(
        "plateformes",
        "« www.rennes.fr » n'a pas la forme attendue : écrivez « https://www.rennes.fr ».",
        key=("rennes-metropole",),
        bad={"url": "www.rennes.fr"},
        good={"url": "https://www.rennes.fr"},
        fix="https://www.rennes.fr",
    ),
    Example(
        "plateformes",
        "« htps:/www.rennes.fr » n'a pas la forme attendue : écrivez « https://www.rennes.fr ».",
        key=("rennes-metropole",),
        bad={"url": "htps:/www.rennes.fr"},
        good={"url": "https://www.rennes.fr"},
        fix="https://www.rennes.fr",
    ),
    Example(
        "plateformes",
        "« voir le site » n'a pas la forme attendue : ouvrez la page, et recopiez son adresse"
        " entière, qui commence par https://.",
        key=("rennes-metropole",),
        bad={"url": "voir le site"},
        good={"url": "https://www.rennes.fr"},
    ),
    Example(
        "plateformes",
        "« https://www.rennes.fr https://data.rennes.fr » contient plusieurs adresses : n'en gardez"
        " qu'une.",
        key=("rennes-metropole",),
        bad={"url": "https://www.rennes.fr https://data.rennes.fr"},
        good={"url": "https://www.rennes.fr"},
    ),
    Example(
        "publications",
        "un tableur a mis « 2,435E+08 » à la place du numéro : recopiez le numéro entier.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"siren": "2,435E+08"},
        good={"siren": "243500139"},
    ),
    Example(
        "organisations",
        "« Ain » est un nom : écrivez « 01 » à sa place.",
        key=("210100012",),
        bad={"departement": "Ain"},
        good={"departement": "01"},
        fix="01",
    ),
    Example(
        "organisations",
        "« Vallée » n'a pas la forme attendue. Code du département du siège (01 à 95, 2A, 2B, 971 à"
        " 988). Exemple : « 35 ».",
        key=("210100012",),
        bad={"departement": "Vallée"},
        good={"departement": "01"},
    ),
)

SCIENTIFIC = r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+"
"""A number with an exponent, which a spreadsheet shows when its column is narrow."""
WEB = "https?://"
"""How the pattern of a web address begins."""


def check(context: Context) -> Iterator[Finding]:
    """Cells that do not match the pattern of their column."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.compiled:
                meant = keys(context, sheet, field.name)
                yield from sheet.judge(CODE, field.name, _verdict(field, field.compiled, meant))


def _verdict(
    field: Field, pattern: re.Pattern[str], meant: Callable[[str], str]
) -> Callable[[str], Remark | None]:
    def verdict(cell: str) -> Remark | None:
        if pattern.fullmatch(cell):
            return None
        key = meant(cell)
        return _named(cell, key) if key else _remark(field, cell)

    return verdict


def _named(cell: str, key: str) -> Remark:
    return Remark(
        f"{quote(cell)} est un nom : écrivez {quote(key)} à sa place.",
        f"{quote(cell)} is a name: write {quote(key)} in its place.",
        key,
    )


def _remark(field: Field, cell: str) -> Remark:
    problem = f"{quote(cell)} n'a pas la forme attendue"
    trouble = f"{quote(cell)} has not the expected form"
    slip = slips.shape(cell, field)
    if slip:
        how = f", {slip.words}" if slip.words else ""
        way = f", {slip.english}" if slip.english else ""
        return Remark(
            f"{problem} : écrivez {quote(slip.fix)}{how}.",
            f"{trouble}: write {quote(slip.fix)}{way}.",
            slip.fix,
        )
    if re.fullmatch(SCIENTIFIC, cell):
        return Remark(
            f"un tableur a mis {quote(cell)} à la place du numéro : recopiez le numéro entier.",
            f"a spreadsheet put {quote(cell)} in place of the number: copy the whole number again.",
        )
    if field.pattern.startswith(WEB) and cell.count("://") > 1:
        return Remark(
            f"{quote(cell)} contient plusieurs adresses : n'en gardez qu'une.",
            f"{quote(cell)} holds several addresses: keep one of them.",
        )
    if field.pattern.startswith(WEB):
        return Remark(
            f"{problem} : ouvrez la page, et recopiez son adresse entière, qui commence par"
            " https://.",
            f"{trouble}: open the page and copy its whole address, which begins with https://.",
        )
    example = f" Exemple : {quote(field.example)}." if field.example else ""
    sample = f" (example: {quote(field.example)})" if field.example else ""
    return Remark(
        f"{problem}. {field.description}{example}",
        f"{trouble}: write what the pattern {quote(field.pattern)} allows{sample}.",
    )
