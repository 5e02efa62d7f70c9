"""A reference source that runs on this machine, asked for a small register held in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from observatoire.demo.faces import Face, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.files import Memory, Overlay
from observatoire.lookups import Lookup, Outcome, Visit
from observatoire.register import Register
from observatoire.web import Clock, Patience, Web

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
HEADER = (
    "siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques,"
    "programmes,statut"
)
COMMUNES = "code,siren,nom,departement,epci,ept,population,region"


def register(*organisations: str, communes: tuple[str, ...] = (), **tables: str) -> Register:
    """A register of these organisations: lines of CSV; other tables by the end of their name."""
    memory = Memory()
    for file in (ROOT / "schemas").glob("*.json"):
        memory[f"schemas/{file.name}"] = file.read_bytes()
    memory["data/organisations.csv"] = "\n".join([HEADER, *organisations, ""]).encode()
    memory["data/reference/2026/communes.csv"] = "\n".join([COMMUNES, *communes, ""]).encode()
    for name, text in tables.items():
        memory[f"data/{name.replace('__', '/')}.csv"] = text.encode()
    return Register(memory)


def after(before: Register, outcome: Outcome) -> Register:
    """The register once an outcome is written."""
    return Register(Overlay(before.files, outcome.changes))


def refresh(
    lookup: Lookup,
    known: Register,
    face: Face,
    *faults: Fault,
    today: date = TODAY,
    everything: bool = False,
    waits: list[float] | None = None,
) -> tuple[Outcome, Portal]:
    """What the source gives, asked without a real wait; ``waits`` takes those it asked for."""
    portal = Portal(face, faults=faults)

    async def sleep(seconds: float) -> None:
        if waits is not None:
            waits.append(seconds)

    async def work() -> Outcome:
        patience = Patience(silence=2.0, seconds=5.0)
        async with Web(allowed=[portal.url], clock=Clock(sleep=sleep), patience=patience) as web:
            return await lookup.refresh(Visit(known, web, portal.url, today, everything))

    with Simulator(portal):
        return asyncio.run(work()), portal


def rows(known: Register, table: str, *columns: str) -> list[Mapping[str, str]]:
    """The lines of a table, some of their columns."""
    found = known.table(table).records()
    return [{c: r[c] for c in columns} if columns else r for r in found]
