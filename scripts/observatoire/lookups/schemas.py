"""Which schemas exist for French public data, and which are the local ones: schema.data.gouv.fr."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.french import counted
from observatoire.lookups import Header, Outcome, Visit, written
from observatoire.model import Row, SourceError
from observatoire.sources.kit.shape import mappings, text, texts
from observatoire.web import Json

LOOKUP = Header(
    id="schemas",
    title="schema.data.gouv.fr",
    base="https://schema.data.gouv.fr",
    licence="Licence Ouverte 2.0",
    cadence="mensuelle",
)

TABLE = "reference/schemas"
LOCAL = "socle commun des données locales"
KINDS = {"tableschema", "jsonschema", "datapackage"}


async def refresh(visit: Visit) -> Outcome:
    """Read the whole catalogue; raises SourceError."""
    url = f"{visit.base}/schemas/schemas.json"
    rows = list(rows_of(await visit.web.get_json(url), url))
    visit.tick()
    local = sum(r["scdl"] == "oui" for r in rows)
    said = f"{counted(len(rows), 'schéma')}, dont {local} du Socle commun des données locales."
    return Outcome(written(visit.register, TABLE, rows), (said,))


def rows_of(catalogue: Json, url: str) -> Iterator[Row]:
    """One row per schema; raises SourceError when this is no catalogue of schemas."""
    if not isinstance(catalogue, dict) or not mappings(catalogue, "schemas"):
        raise SourceError(f"{url} : la réponse n'a pas la forme d'un catalogue de schémas.")
    for name, schema in {text(s, "name"): s for s in mappings(catalogue, "schemas")}.items():
        versions = mappings(schema, "versions")
        kind = text(schema, "schema_type")
        if name:
            yield {
                "nom": name,
                "titre": text(schema, "title"),
                "genre": kind if kind in KINDS else "other",
                "version": text(versions[-1], "version_name") if versions else "",
                "url": text(schema, "schema_url"),
                "scdl": "oui" if LOCAL in map(str.casefold, texts(schema, "labels")) else "non",
            }
