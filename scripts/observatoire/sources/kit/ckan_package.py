"""A package as CKAN, DKAN and Data4Citizen describe it, and the envelope of their answers.

https://docs.ckan.org/en/2.10/api/
"""

from __future__ import annotations

from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources.kit.census import Dataset
from observatoire.sources.kit.dates import any_day
from observatoire.sources.kit.file_formats import any_open
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared
from observatoire.sources.kit.paging import Page
from observatoire.sources.kit.shape import first_text, mapping, mappings, text
from observatoire.web import Json

HARVESTED = ("harvest_source_", "harvest_object_id", "harvest_url")


def result_of(answer: Json, url: str) -> Json:
    """The result inside the envelope; raises SourceError when the portal says that it failed."""
    if isinstance(answer, dict) and answer.get("success") is False:
        error = answer.get("error")
        said = text(error, "message") or text(error, "__type") or text(answer, "error")
        cause = f" (« {said[:100].strip()} »)" if said.strip() else ""
        raise SourceError(f"{url} : le portail répond qu'il a échoué{cause}.")
    if not isinstance(answer, dict) or "result" not in answer:
        raise SourceError(f"{url} : la réponse n'a pas la forme d'une réponse de CKAN.")
    return answer["result"]


def page_of(answer: Json, url: str) -> Page:
    """One page of a search; raises SourceError."""
    result = result_of(answer, url)
    total = result.get("count") if isinstance(result, dict) else None
    listed = result.get("results") if isinstance(result, dict) else None
    if isinstance(total, bool) or not isinstance(total, int) or not isinstance(listed, list):
        raise SourceError(f"{url} : la réponse n'a pas la forme d'une recherche de CKAN.")
    return Page([p for p in listed if isinstance(p, dict)], total)


def counts(package: Json, platform: Row) -> bool:
    """Whether a package is a dataset that this portal publishes first.

    Not a showcase or a harvester, and not a copy of another portal's: those are marked in its
    extras. A portal that only has its holder's data (``dedie``) harvests its holder's own
    catalogue: there, what is harvested is its own.
    """
    if text(package, "type").casefold() not in {"", "dataset"}:
        return False
    if text(package, "state").casefold() not in {"", "active"}:
        return False
    keys = (text(extra, "key") for extra in mappings(package, "extras"))
    harvested = any(key.startswith(HARVESTED) for key in keys)
    return not harvested or platform.get("gouvernance") == "dedie"


def dataset_of(package: Json, publisher: str, label: str, today: date) -> Dataset:
    """What is kept of a package."""
    resources = mappings(package, "resources")
    return Dataset(
        publisher,
        text(package, "id"),
        label,
        open_licence=is_open(*(text(package, f"license_{k}") for k in ("id", "title", "url"))),
        open_format=any_open(first_text(r, "format", "mimetype") for r in resources),
        schema=declared(_about(package, resources)),
        updated=_updated(package, resources, today),
    )


def extra(package: Json, key: str) -> str:
    """The value of an extra; "" without it."""
    return next((text(e, "value") for e in mappings(package, "extras") if e.get("key") == key), "")


def _about(package: Json, resources: list[dict[str, Json]]) -> list[str]:
    tags = [text(tag, "name") for tag in mappings(package, "tags")]
    extras = [text(e, "value") for e in mappings(package, "extras")]
    schemas = [first_text(r, "schema") or text(mapping(r, "schema"), "name") for r in resources]
    return [*tags, *extras, *schemas]


def _updated(package: Json, resources: list[dict[str, Json]], today: date) -> str:
    """The last day a file was replaced; that of the metadata when no file ever was.

    A linked file moves without CKAN's knowing: its creation alone says nothing of its data.
    """
    moved = [any_day(text(r, "last_modified"), today) for r in resources]
    if any(moved):
        return max([*moved, *(any_day(text(r, "created"), today) for r in resources)])
    said = extra(package, "date_modification") or text(package, "metadata_modified")
    return any_day(said, today) or any_day(text(package, "metadata_modified"), today)
