"""A simulated data.gouv.fr, harvested; an account of it, and the line that it must give."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from observatoire.demo.accounts import Account, Dataset
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal
from observatoire.model import Row
from observatoire.sources import datagouv
from observatoire.web import Clock, Web

TODAY = date(2022, 12, 31)
CATALOGUE = "/datasets/r/"
FILE = "/resources/"

RENNES = Account(
    "534fff8ba3a7292c64a77f2c",
    "rennes-metropole",
    "Rennes Métropole",
    "24350013900189",
    ("local-authority", "certified"),
    (
        Dataset(updated="2022-11-02", reuses=3, downloads=40, quality=0.89, schema="etalab/x"),
        Dataset(updated="2022-12-30", licence="fr-lo", formats=("pdf", "xlsx"), quality=0.11),
        Dataset(updated="2021-12-31", licence="odc-odbl", formats=("shp", "pdf"), quality=0.5),
        Dataset(updated="2021-12-30", licence="notspecified", formats=(), quality=0.5),
        Dataset(updated="2022-12-31", archived="2022-12-31T05:00:00", reuses=9, downloads=9),
    ),
)


def harvest(
    portal: Portal,
    accounts: Sequence[Account],
    *faults: Fault,
    today: date = TODAY,
    site: str = "https://www.data.gouv.fr/",
) -> list[Row]:
    portal.face, portal.faults, portal.asked = DataGouv(accounts), faults, []

    async def sleep(_: float) -> None:
        pass

    async def work() -> list[Row]:
        platform = {
            "id": "data-gouv-fr",
            "url": site,
            "url_api": portal.url,
        }
        async with Web(allowed=[portal.url], clock=Clock(sleep=sleep)) as web:
            return [row async for row in datagouv.harvest(platform, web, today)]

    return asyncio.run(work())


EXPECTED = {
    "plateforme": "data-gouv-fr",
    "identifiant": "534fff8ba3a7292c64a77f2c",
    "nom": "Rennes Métropole",
    "siren_declare": "243500139",
    "siren_trouve": "",
    "nb_jeux": "4",
    "nb_licence_ouverte": "3",
    "nb_format_ouvert": "2",
    "nb_schema": "1",
    "nb_recents": "4",
    "nb_reutilisations": "3",
    "nb_telechargements": "40",
    "qualite": "0.5",
    "derniere_mise_a_jour": "2022-12-31",
    "url": "https://www.data.gouv.fr/organizations/rennes-metropole/",
    "categorie": "certified|local-authority",
    "statut": "publie",
}
"""The dataset without a file has no data date: that of its metadata stands in for it."""
