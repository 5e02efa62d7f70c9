"""The snapshots that indicators measure: each frozen edition, and the register as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from observatoire.indicators.model import CURRENT, Organisation, Snapshot
from observatoire.indicators.opening import open_sirens
from observatoire.model import Row
from observatoire.register import Register

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

_EDITION = re.compile(r"editions/([0-9]{4})/organisations\Z")


def editions(register: Register) -> list[str]:
    """The years of the frozen editions, oldest first."""
    matches = (_EDITION.match(name) for name in register.names())
    return sorted({m[1] for m in matches if m})


def nearest(vintages: Sequence[str], year: str) -> str:
    """The vintage closest to a year, the older of two as close; "" without any."""
    return min(vintages, key=lambda v: (abs(int(v) - int(year)), v), default="")


def snapshots(register: Register, date: str) -> Iterator[Snapshot]:
    """Each edition at 31 December of its year, then the register at ``date`` (ISO)."""
    from observatoire.reference import lookup

    vintages = register.vintages()
    for year in editions(register):
        reference = lookup.load(register, nearest(vintages, year))
        yield _snapshot(register, f"editions/{year}/", year, f"{year}-12-31", reference)
    yield _snapshot(register, "", CURRENT, date, lookup.load(register))


def _snapshot(
    register: Register, folder: str, millesime: str, date: str, reference: Reference
) -> Snapshot:
    organisations = list(register.table(f"{folder}organisations").records())
    publications = register.table(f"{folder}publications").records()
    return Snapshot(
        millesime=millesime,
        date=date,
        source=f"data/{folder}organisations.csv et publications.csv ; référentiel"
        f" {reference.vintage}",
        organisations=build(organisations, publications, reference),
        reference=reference,
    )


def build(
    organisations: Sequence[Row], publications: Iterator[Row], reference: Reference
) -> tuple[Organisation, ...]:
    """The organisations of two tables, each with its région and whether it is open."""
    open_ = open_sirens(organisations, publications)
    return tuple(
        Organisation(
            siren=o["siren"],
            nom=o["nom"],
            type=o["type"],
            departement=o["departement"],
            region=region(o["departement"], reference),
            ouverte=o["siren"] in open_,
        )
        for o in organisations
    )


def region(departement: str, reference: Reference) -> str:
    """The région of a département; "" when the reference does not know it."""
    return reference.region_of(departement) if departement in reference.departements else ""
