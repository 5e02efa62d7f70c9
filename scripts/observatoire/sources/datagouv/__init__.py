"""data.gouv.fr, the national platform (udata): its bulk catalogue, or its API without it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources import Header, base_of
from observatoire.sources.datagouv import api, catalogue
from observatoire.sources.datagouv.facts import Census
from observatoire.web import Web

SOURCE = Header(
    id="datagouv",
    title="data.gouv.fr",
    licence="lov2",
    cadence="hebdomadaire",
    technos=("udata",),
    fills=(
        "nom",
        "siren_declare",
        "nb_jeux",
        "nb_licence_ouverte",
        "nb_format_ouvert",
        "nb_schema",
        "nb_recents",
        "nb_reutilisations",
        "nb_telechargements",
        "qualite",
        "derniere_mise_a_jour",
        "url",
        "categorie",
        "statut",
    ),
    floor=1,
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per account that publishes, or that a public body holds; raises SourceError."""
    base = base_of(platform)
    census = Census(today)
    try:
        await catalogue.read(base, web, census)
    except SourceError as first:
        census = Census(today)
        try:
            await api.read(base, web, census)
        except SourceError as second:
            causes = " ; ".join(str(e).rstrip(".") for e in (first, second))
            raise SourceError(f"ni le catalogue ni l'API ne répondent : {causes}.") from None
    for row in census.rows(platform["id"], platform["url"].rstrip("/")):
        yield row
