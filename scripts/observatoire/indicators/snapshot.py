"""The snapshots that indicators measure: editions, published versions, the register as it stands.

All are measured with today's definitions and today's reference, so that a curve never mixes a
change of method with a real change.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observatoire.indicators import reading
from observatoire.indicators.model import CURRENT, Before, Snapshot
from observatoire.register import Register

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

_EDITION = re.compile(r"editions/([0-9]{4})/organisations\Z")


@dataclass(frozen=True)
class Past:
    """A published version: its tag, its day (ISO), its tables."""

    tag: str
    date: str
    register: Register


def editions(register: Register) -> list[str]:
    """The years of the frozen editions, oldest first."""
    matches = (_EDITION.match(name) for name in register.names())
    return sorted({m[1] for m in matches if m})


def nearest(vintages: Sequence[str], year: str) -> str:
    """The vintage closest to a year, the older of two as close; "" without any."""
    return min(vintages, key=lambda v: (abs(int(v) - int(year)), v), default="")


def snapshots(register: Register, date: str, past: Iterable[Past] = ()) -> Iterator[Snapshot]:
    """Each edition at 31 December of its year, each past version, the register at ``date`` (ISO).

    Raises Malformed when a table cannot be read.
    """
    maker = Maker(register)
    before = yield from _editions(maker, editions(register))
    before = yield from _versions(maker, past, before)
    yield maker.whole("", (CURRENT, date), before)


# Two functions, so that the last register of each is forgotten before the next is read.
def _editions(maker: Maker, years: Iterable[str]) -> Generator[Snapshot, None, Before | None]:
    before: Before | None = None
    for year in years:
        made = maker.whole(f"editions/{year}/", (year, f"{year}-12-31"), before)
        before = opened(made)
        yield made
    return before


def _versions(
    maker: Maker, past: Iterable[Past], before: Before | None
) -> Generator[Snapshot, None, Before | None]:
    for version in past:
        made = maker.version(version, before)
        before = opened(made)
        yield made
    return before


def opened(snapshot: Snapshot) -> Before:
    """What the next snapshot remembers of this one."""
    return Before(snapshot.millesime, snapshot.date, snapshot.actors)


class Maker:
    """Makes snapshots with the references of one register, each loaded once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.redirections = redirections(register)
        self._references: dict[str, Reference] = {}

    def reference(self, year: str) -> Reference:
        """The vintage nearest to a year; the newest for the register as it stands."""
        from observatoire.reference import lookup

        vintages = self.register.vintages()
        vintage = nearest(vintages, year) if year.isdigit() else next(reversed(vintages), "")
        if vintage not in self._references:
            self._references[vintage] = lookup.load(self.register, vintage)
        return self._references[vintage]

    def whole(self, folder: str, when: tuple[str, str], before: Before | None) -> Snapshot:
        """An edition, or the register itself (``folder`` ""), with all that indicators count."""
        register, reference = self.register, self.reference(when[0])
        publications = reading.publications(register, f"{folder}publications")
        return Snapshot(
            *when,
            source=f"data/{folder}organisations.csv, publications.csv et plateformes.csv ;"
            f" référentiel {reference.vintage}",
            organisations=reading.organisations(
                register, f"{folder}organisations", publications, reference
            ),
            reference=reference,
            publications=publications,
            plateformes=reading.platforms(register, f"{folder}plateformes"),
            themes=tuple(register.table("thematiques").column("nom")),
            comptes={} if folder else reading.accounts(register),
            journal={} if folder else reading.journal(register),
            avant=before,
            redirections=self.redirections,
        )

    def version(self, past: Past, before: Before | None) -> Snapshot:
        """A published version, with what the followed dimensions count."""
        reference = self.reference(past.date[:4])
        publications = reading.publications(past.register, "publications")
        return Snapshot(
            past.tag,
            past.date,
            source=f"version {past.tag}, data/organisations.csv, publications.csv et"
            f" plateformes.csv ; référentiel {reference.vintage}",
            organisations=reading.organisations(
                past.register, "organisations", publications, reference
            ),
            reference=reference,
            publications=publications,
            plateformes=reading.platforms(past.register, "plateformes"),
            themes=tuple(self.register.table("thematiques").column("nom")),
            avant=before,
            redirections=self.redirections,
            version=True,
        )


def redirections(register: Register) -> Mapping[str, str]:
    """The SIREN numbers that were replaced, with their successors."""
    rows = register.table("redirections").records()
    return {r["cle"]: r["successeur"] for r in rows if r["table"] == "organisations"}
