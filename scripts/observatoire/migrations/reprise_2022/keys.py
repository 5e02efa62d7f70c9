"""One SIREN, one line: the lines of an old file under clean keys, duplicates explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from stdnum.fr import siren as checksum

from observatoire.migrations.reprise_2022 import forms, rules
from observatoire.migrations.reprise_2022.identity import shown
from observatoire.migrations.reprise_2022.journal import Journal, Pen
from observatoire.model import Row
from observatoire.names import normalise
from observatoire.reference.lookup import Reference

ORGANISATIONS = "organisations"


@dataclass(frozen=True)
class Line:
    """A line under its clean key; ``more`` are accounts that a duplicate brings to it."""

    siren: str
    row: Row
    pen: Pen
    more: tuple[Row, ...] = ()


def keyed(rows: Sequence[Row], now: Reference, journal: Journal) -> list[Line]:
    """The lines, each SIREN once, in file order."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[forms.siren(row["siren"])].append(row)
    lines = []
    for siren, same in groups.items():
        kept = _kept(siren, same, now)
        others = [r for r in same if r is not kept]
        pen = journal.pen(ORGANISATIONS, siren, kept["nom"])
        _check(pen, kept["siren"], siren)
        more = [r for r in others if _set_aside(siren, kept, r, now, journal)]
        lines.append(Line(siren, kept, pen, tuple(more)))
    return lines


def _check(pen: Pen, cell: str, siren: str) -> None:
    if cell != siren:
        pen.corrects("siren", cell, siren, rules.SIREN_CLEANED)
    if not checksum.is_valid(siren):
        pen.doubts("siren", cell, siren, rules.SIREN_INVALID)


def _kept(siren: str, same: Sequence[Row], now: Reference) -> Row:
    """The line whose name is the official one, else the first."""
    body = now.bodies.get(siren)
    official = normalise(body.nom) if body else ""
    return next((r for r in same if normalise(r["nom"]) == official), same[0])


def _set_aside(siren: str, kept: Row, other: Row, now: Reference, journal: Journal) -> bool:
    """Explain a duplicate line; True when its account on data.gouv.fr is another one.

    One legal unit may hold several accounts: that of the duplicate is then kept under the SIREN.
    """
    pen = journal.pen(ORGANISATIONS, siren, other["nom"])
    account = other["id-datagouv"].strip()
    second = bool(account) and account != kept["id-datagouv"].strip()
    found = [b for b in now.named(other["nom"]) if b.siren != siren]
    pen.drops(
        "siren",
        other["siren"],
        rules.SIREN_TWICE_ACCOUNT if second else rules.SIREN_TWICE,
        shown(found[0]) if len(found) == 1 else "",
    )
    told = {"siren", *(("url-datagouv", "nb-datagouv", "id-datagouv") if second else ())}
    for champ, cell in other.items():
        if cell and champ not in told and cell != kept[champ]:
            pen.drops(champ, cell, rules.LINE_MERGED, suggestion=kept[champ])
    return second
