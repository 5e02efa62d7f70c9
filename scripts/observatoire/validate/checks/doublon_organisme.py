"""The same body twice: under two SIREN, by two accounts, or with the one that took its place."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.doubtful import rows
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet
from observatoire.validate.squeeze import squeeze, squeezed
from observatoire.validate.watch import Repeats, Watch
from observatoire.words import quote

CODE = "doublon-organisme"
TITLE = "Organisme présent deux fois"
TITLE_EN = "Organisation that stands twice"
SEVERITY: Severity = "conseil"
EXAMPLES = (
    Example(
        "organisations",
        "« SAINT DENIS » (COM, 93) est aussi à la ligne 4, sous le SIREN « 219300662 » : gardez la"
        " bonne ligne, ou dites laquelle a remplacé l'autre dans data/redirections.csv.",
        key=("219300001",),
        bad={"nom": "SAINT DENIS", "type": "COM", "departement": "93"},
        good=None,
    ),
    Example(
        "organisations",
        "« Pierrefitte-sur-Seine » a été remplacé par « Saint-Denis » (ligne 4), qui est aussi"
        " dans le registre : notez le statut « fusionne ».",
        key=("219300597",),
        bad={"nom": "Pierrefitte-sur-Seine", "type": "COM", "departement": "93"},
        good={
            "nom": "Pierrefitte-sur-Seine",
            "type": "COM",
            "departement": "93",
            "statut": "fusionne",
        },
    ),
    Example(
        "publications",
        "le compte « 534fff80a3a7292c64a77e41 » de « data-gouv-fr » est déjà à la ligne 2, pour un"
        " autre organisme (219300662) : un compte n'a qu'un propriétaire.",
        key=("243500139", "data-gouv-fr", "534fff80a3a7292c64a77e41"),
        bad={"url": ""},
        good=None,
    ),
)


def _identities(names: list[str], types: list[str], departements: list[str]) -> list[Hashable]:
    """What two spellings of the same body have in common."""
    return list(zip(squeezed(names), types, departements, strict=True))


def _accounts_of(platforms: list[str], identifiers: list[str]) -> list[Hashable]:
    """An account is one of a platform."""
    pairs = zip(platforms, identifiers, strict=True)
    return [f"{platform}\n{account}" if account else "" for platform, account in pairs]


ALIKE = Repeats(("nom", "type", "departement"), _identities)
ACCOUNTS = Repeats(("plateforme", "identifiant"), _accounts_of)


def watches(name: str, _: Schema) -> Iterator[Watch[Any]]:
    """The names that look alike, and the accounts that stand on several lines."""
    if name == "organisations":
        yield ALIKE
    elif name == "publications":
        yield ACCOUNTS


def check(context: Context) -> Iterator[Finding]:
    """Organisations listed twice, and accounts given to two organisations."""
    sheet = context.wanted("organisations")
    if sheet is not None:
        yield from _namesakes(sheet)
        yield from _successors(sheet, context)
    publications = context.wanted("publications")
    if publications is not None:
        yield from _accounts(publications)


def _namesakes(sheet: Sheet) -> Iterator[Finding]:
    listed = [r for r in rows(sheet, sheet.watched(ALIKE)) if not r.gone]
    for row, first in _repeated([(squeeze(r.nom), r.type, r.departement) for r in listed]):
        one, other = listed[row], listed[first]
        if one.siren == other.siren or not one.nom:
            continue  # the same line twice: its key tells; or no line of the table
        said = Remark(
            f"{quote(one.nom)} ({one.type}, {one.departement}) est aussi à la ligne {other.at + 2},"
            f" sous le SIREN {quote(other.siren)} : gardez la bonne ligne, ou dites laquelle a"
            " remplacé l'autre dans data/redirections.csv.",
            f"{quote(one.nom)} ({one.type}, {one.departement}) also stands on line {other.at + 2},"
            f" under the SIREN {quote(other.siren)}: keep the right line, or say in"
            " data/redirections.csv which one replaced the other.",
            None,
            SEVERITY,
        )
        yield sheet.finding(CODE, one.at, "", said)


def _successors(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """Bodies that are gone, while the one that took their place is listed."""
    for one in context.doubtful:
        directory = context.directory
        if one.gone or one.siren in directory.bodies:
            continue
        gone = directory.former(one.siren)
        place = sheet.by_key.get((gone.successor.siren,)) if gone and gone.successor else None
        if gone and gone.successor and place is not None:
            said = Remark(
                f"{quote(one.nom)} a été remplacé par {quote(gone.successor.nom)} (ligne"
                f" {place + 2}), qui est aussi dans le registre : notez le statut « fusionne ».",
                f"{quote(one.nom)} was replaced by {quote(gone.successor.nom)} (line {place + 2}),"
                " which is in the register too: set the status « fusionne ».",
                None,
                SEVERITY,
            )
            yield sheet.finding(CODE, one.at, "statut", said)


def _accounts(sheet: Sheet) -> Iterator[Finding]:
    places = sheet.watched(ACCOUNTS)
    accounts = list(sheet.cells(places, "plateforme", "identifiant", "siren"))
    for at, top in _repeated([a[:2] for a in accounts]):
        (platform, identifier, siren), owner = accounts[at], accounts[top][2]
        if siren != owner:
            first = places[top] + 2
            said = Remark(
                f"le compte {quote(identifier)} de {quote(platform)} est déjà à la ligne {first},"
                f" pour un autre organisme ({owner}) : un compte n'a qu'un propriétaire.",
                f"the account {quote(identifier)} of {quote(platform)} already stands on line"
                f" {first}, for another organisation ({owner}): an account has one owner only.",
                None,
                SEVERITY,
            )
            yield sheet.finding(CODE, places[at], "siren", said)


def _repeated(keys: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Each row whose key stands higher, with the first row that has it."""
    seen: dict[Hashable, int] = {}
    for row, key in enumerate(keys):
        if seen.setdefault(key, row) != row:
            yield row, seen[key]
