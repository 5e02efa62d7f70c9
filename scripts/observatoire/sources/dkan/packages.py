"""The packages of a DKAN portal: a list, sometimes inside another, with dates in words."""

from __future__ import annotations

from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources.kit.address import part
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.ckan_package import counts, dataset_of, result_of
from observatoire.sources.kit.shape import first_text, mapping, mappings, text
from observatoire.sources.kit.text import tidy
from observatoire.web import Json, Web

ACTION = "api/3/action/current_package_list_with_resources"
LIMIT = 500
MOST_PAGES = 200


async def read(base: str, web: Web, platform: Row, today: date) -> tuple[Census, dict[str, str]]:
    """What the portal publishes, and the page of each group; raises SourceError."""
    census = Census(today, holder_of(platform))
    groups: dict[str, str] = {}
    for package in await _packages(f"{base}/{ACTION}", web):
        group = next(iter(mappings(package, "groups")), None) or mapping(package, "organization")
        name = first_text(group, "title", "display_name")
        if text(group, "name"):
            groups.setdefault(tidy(name), part(text(group, "name").strip("/"), safe="/"))
        if counts(package, platform):
            census.add(dataset_of(package, name, "", today))
    return census, groups


async def _packages(url: str, web: Web) -> list[Json]:
    """Every package, once; a page that is not full is the last one."""
    found: dict[str, Json] = {}
    for number in range(MOST_PAGES):
        query = {"limit": LIMIT, "offset": number * LIMIT}
        page = _listed(await web.get_json(url, query), url)
        fresh = {text(p, "id"): p for p in page if text(p, "id") not in found}
        if len(fresh) < len(page):
            raise SourceError(f"{url} : des jeux reviennent d'une page à l'autre.")
        found |= fresh
        # One that gives more than it was asked for knows no pages: it gave everything.
        if len(page) != LIMIT:
            return list(found.values())
    raise SourceError(f"{url} : la liste n'en finit pas.")


def _listed(answer: Json, url: str) -> list[Json]:
    result = result_of(answer, url)
    if isinstance(result, list) and len(result) == 1 and isinstance(result[0], list):
        result = result[0]
    if not isinstance(result, list) or not all(isinstance(p, dict) for p in result):
        raise SourceError(f"{url} : la réponse n'a pas la forme d'une liste de DKAN.")
    return result
