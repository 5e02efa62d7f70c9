"""A publication at odds with its platform or with its own count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet
from observatoire.validate.watch import Cells, Distinct, Picked, Same, Watch
from observatoire.words import quote

CODE = "publication-coherente"
TITLE = "Publication qui se contredit"
TITLE_EN = "Publication that contradicts itself"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "publications",
        "aucun jeu de données, et pourtant « publie » : écrivez « vide », ou corrigez le nombre.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"nb_jeux": "0"},
        good={"nb_jeux": "0", "statut": "vide"},
        fix="vide",
    ),
    Example(
        "publications",
        "57 jeux de données, et pourtant « vide » : écrivez « publie », ou corrigez le nombre.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"statut": "vide"},
        good={"statut": "publie"},
        fix="publie",
    ),
    Example(
        "publications",
        "« Ville de Saint-Denis » n'est pas un identifiant de data.gouv.fr : recopiez la fin de"
        " l'adresse de la page de l'organisation (exemple : « 534fff80a3a7292c64a77e41 »).",
        key=("219300662", "data-gouv-fr", "Ville de Saint-Denis"),
        bad={"nb_jeux": "4"},
        good=None,
    ),
    Example(
        "plateformes",
        "la plateforme « rennes-metropole » est notée inactive : si ces données ne sont plus en"
        " ligne, écrivez « disparu ».",
        key=("rennes-metropole",),
        bad={"statut": "inactive"},
        good={"statut": "active"},
        found_in="publications",
    ),
)

UDATA_ID = re.compile(r"[0-9a-f]{24}|[a-z0-9]+(?:-[a-z0-9]+)*")
"""The id or the slug of an organisation in udata (sources.md, section 1)."""
UDATA_IDS = re.compile(rf"(?:(?:{UDATA_ID.pattern})?(?:\n|\Z))*+")
"""A whole column of them, joined by line ends."""


def _odd(numbers: list[str], statuses: list[str]) -> list[int]:
    """Lines without a dataset, or whose account is said to be empty."""
    if "0" not in numbers and "vide" not in statuses:
        return []
    pairs = zip(numbers, statuses, strict=True)
    return [at for at, (n, s) in enumerate(pairs) if s == "vide" or (n, s) == ("0", "publie")]


def _worded(identifiers: list[str]) -> list[int]:
    """Lines whose identifier is none of udata's: a name, on most other platforms."""
    text = "\n".join(identifiers)
    if UDATA_IDS.fullmatch(text):
        return []
    return [at for at, i in enumerate(identifiers) if i and not UDATA_ID.fullmatch(i)]


class Worded(Same):
    """The lines whose identifier is none of udata's, by platform: most are not of udata."""

    def start(self) -> _Worded:
        """Begin on a table."""
        return _Worded()


class _Worded:
    def __init__(self) -> None:
        self._rows: defaultdict[str, list[int]] = defaultdict(list)

    def feed(self, first: int, cells: Cells, /) -> None:
        platforms = cells["plateforme"]
        for at in _worded(cells["identifiant"]):
            self._rows[platforms[at]].append(first + at)

    def join(self, other: _Worded) -> None:
        for platform, rows in other._rows.items():
            self._rows[platform] += rows

    def result(self) -> dict[str, list[int]]:
        return self._rows


ODD = Picked(("nb_jeux", "statut"), _odd)
WORDED = Worded()


def watches(name: str, _: Schema) -> Iterator[Watch[Any]]:
    """Odd counts and identifiers, and the platforms in use."""
    if name == "publications":
        yield from (ODD, WORDED, Distinct("plateforme"))


def check(context: Context) -> Iterator[Finding]:
    """Publications that contradict their count, their platform's technology or its status."""
    sheet = context.wanted("publications")
    if sheet is None:
        return
    yield from _counts(sheet)
    platforms = context.sheet("plateformes")
    if platforms is None:
        return
    ids = platforms.column("id")
    udata = {i for i, t in zip(ids, platforms.column("techno"), strict=True) if t == "udata"}
    off = {i for i, s in zip(ids, platforms.column("statut"), strict=True) if s == "inactive"}
    yield from _identifiers(sheet, udata)
    if not off.isdisjoint(sheet.watched(Distinct("plateforme")).all()):
        yield from _inactive(sheet, off)


def _counts(sheet: Sheet) -> Iterator[Finding]:
    rows = sheet.watched(ODD)
    pairs = sheet.cells(rows, "nb_jeux", "statut")
    for row, (number, status) in zip(rows, pairs, strict=True):
        if status == "publie":
            said = Remark(
                "aucun jeu de données, et pourtant « publie » : écrivez « vide », ou corrigez le"
                " nombre.",
                "no dataset, and yet « publie »: write « vide », or correct the number.",
                "vide",
            )
            yield sheet.finding(CODE, row, "statut", said)
        elif number not in ("", "0"):
            said = Remark(
                f"{number} jeux de données, et pourtant « vide » : écrivez « publie », ou corrigez"
                " le nombre.",
                f"{number} datasets, and yet « vide »: write « publie », or correct the number.",
                "publie",
            )
            yield sheet.finding(CODE, row, "statut", said)


def _identifiers(sheet: Sheet, udata: set[str]) -> Iterator[Finding]:
    worded = sheet.watched(WORDED)
    rows = sorted(row for platform in udata for row in worded.get(platform, ()))
    for row, (identifier,) in zip(rows, sheet.cells(rows, "identifiant"), strict=True):
        said = Remark(
            f"{quote(identifier)} n'est pas un identifiant de data.gouv.fr : recopiez la fin de"
            " l'adresse de la page de l'organisation (exemple : « 534fff80a3a7292c64a77e41 »).",
            f"{quote(identifier)} is not an identifier of data.gouv.fr: copy the end of the"
            " address of the organisation's page (example: « 534fff80a3a7292c64a77e41 »).",
        )
        yield sheet.finding(CODE, row, "identifiant", said)


def _inactive(sheet: Sheet, off: set[str]) -> Iterator[Finding]:
    pairs = zip(sheet.column("plateforme"), sheet.column("statut"), strict=True)
    for row, (platform, status) in enumerate(pairs):
        if platform in off and status == "publie":
            said = Remark(
                f"la plateforme {quote(platform)} est notée inactive : si ces données ne sont plus"
                " en ligne, écrivez « disparu ».",
                f"the platform {quote(platform)} is marked as inactive: if these data are no longer"
                " online, write « disparu ».",
                None,
                "conseil",
            )
            yield sheet.finding(CODE, row, "statut", said)
