"""data.gouv.fr by its bulk catalogue, or its API without it; any other udata by its API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from yarl import URL

from observatoire.model import Row, SourceError
from observatoire.sources import Header, base_of
from observatoire.sources.datagouv import api, catalogue
from observatoire.sources.datagouv.facts import Census
from observatoire.sources.kit import address
from observatoire.web import Web

SOURCE = Header(
    id="datagouv",
    title="data.gouv.fr",
    cadence="quotidienne",
    technos=("udata",),
    fills=(
        "nom",
        "siren_declare",
        "siren_trouve",
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
    causes: list[str] = []
    for route in (catalogue, api) if _has_catalogue(platform) else (api,):
        try:
            await route.read(base, web, census)
            break
        except SourceError as error:
            causes.append(str(error).rstrip("."))
            census = Census(today)
    else:
        which = "ni le catalogue ni l'API ne répondent" if causes[1:] else "l'API ne répond pas"
        raise SourceError(f"{which} : {' ; '.join(causes)}.")
    for row in census.rows(platform["id"], platform["url"].rstrip("/")):
        yield row


def _has_catalogue(platform: Row) -> bool:
    """Whether the bulk catalogue is there: only data.gouv.fr publishes it, not other udata."""
    host = URL(address.front(platform)).host or ""
    return f".{host}".endswith(".data.gouv.fr")
