"""A simulated portal, harvested as the engine does: through real HTTP, then through the door."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from observatoire import schema
from observatoire.demo.accounts import Account, Dataset
from observatoire.demo.faces import Face, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import Row
from observatoire.schema import Schema
from observatoire.sources import Connector
from observatoire.sources.kit import door
from observatoire.web import Clock, Patience, Web

TODAY = date(2022, 12, 31)
ROOT = Path(__file__).parents[2]
SCHEMA = schema.parse("moissons", (ROOT / "schemas/moissons.json").read_bytes())

RENNES = Account(
    id="o-rennes",
    slug="ville-de-rennes",
    name="Ville de Rennes",
    datasets=(
        Dataset(updated="2022-11-02", reuses=3, downloads=40, schema="scdl/deliberations"),
        Dataset(updated="2022-12-30", licence="odc-odbl", formats=("pdf",), downloads=2),
        Dataset(updated="2021-12-30", licence="notspecified", formats=("xlsx",)),
        Dataset(updated="2022-12-31", harvested="data.autre.fr", reuses=9),
    ),
)
BREST = Account(
    id="o-brest",
    slug="brest-metropole",
    name="Brest Métropole",
    datasets=(Dataset(updated="2021-12-31"),) * 2,
)

WHOLE: Row = {
    "plateforme": "p",
    "identifiant": "Ville de Rennes",
    "nom": "Ville de Rennes",
    "siren_declare": "",
    "nb_jeux": "4",
    "nb_licence_ouverte": "3",
    "nb_format_ouvert": "2",
    "nb_schema": "1",
    "nb_recents": "3",
    "nb_reutilisations": "",
    "nb_telechargements": "",
    "derniere_mise_a_jour": "2022-12-31",
    "url": "https://data.exemple.fr",
    "statut": "publie",
}
"""What is said of ``RENNES`` by a catalogue that hides which datasets it harvested itself."""
OWN: Row = {
    **WHOLE,
    "nb_jeux": "3",
    "nb_licence_ouverte": "2",
    "nb_format_ouvert": "1",
    "nb_recents": "2",
    "derniere_mise_a_jour": "2022-12-30",
}
"""What is said of ``RENNES`` by a catalogue that sets these aside."""


def harvest(
    connector: Connector, face: Face, *faults: Fault, path: str = "", **cells: str
) -> list[Row]:
    """The admitted rows of a simulated portal; ``cells`` complete its line, ``path`` its API."""
    portal = Portal(face, faults=faults)
    with Simulator(portal):
        return list(asyncio.run(read(connector, portal, path, cells)))


async def read(
    connector: Connector, portal: Portal, path: str = "", cells: Row | None = None
) -> Iterable[Row]:
    """The admitted rows of a portal that runs, asked without a real wait."""

    async def sleep(_: float) -> None:
        pass

    platform = {
        "id": "p",
        "nom": "Portail",
        "url": "https://data.exemple.fr",
        "gouvernance": "mutualise",
        **(cells or {}),
        "url_api": portal.url + path,
    }
    patience = Patience(silence=2.0, seconds=5.0)
    async with Web(allowed=[portal.url], clock=Clock(sleep=sleep), patience=patience) as web:
        rows = [row async for row in connector.harvest(platform, web, TODAY)]
    return door.admit(rows, SCHEMA)


def assert_fit(rows: Iterable[Row], described: Schema) -> None:
    """Rows as the register keeps them: each once, no cell that harms a reader of the table."""
    rows = list(rows)
    keys = [tuple(row[name] for name in described.primary_key) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(all(key) for key in keys)
    for row in rows:
        assert not {f.name for f in described.fields if f.required and not row[f.name]}
        for name, cell in row.items():
            field = described.field(name)
            assert cell == unicodedata.normalize("NFC", cell).strip()
            assert cell.isprintable()
            assert not set('"<>') & set(cell)
            assert len(cell) <= 2_000
            assert not cell.startswith(("=", "+", "@")) or field.type != "string"
            if cell and field.type == "integer":
                assert re.fullmatch("[0-9]{1,15}", cell)
            if cell and field.type == "date":
                assert date.fromisoformat(cell) <= date(2100, 1, 1)
            if cell and name == "url":
                assert cell.startswith(("http://", "https://"))
            assert not field.enum or cell in {"", *field.enum}
