"""The number of datasets per publisher of an Opendatasoft portal: less, when the export fails."""

from __future__ import annotations

from observatoire.model import SourceError
from observatoire.sources.kit.census import Census, Tally
from observatoire.sources.kit.shape import first_text, mappings, number, text
from observatoire.sources.kit.text import day, tidy
from observatoire.web import Web

MOST = 20_000
QUERY: dict[str, str | int] = {
    "select": "count(*) as n,max(modified) as last",
    "group_by": "publisher",
    # A dataset of another portal has the address of that one.
    "where": "source_domain_address is null",
    "limit": MOST,
}


async def read(base: str, web: Web, census: Census) -> None:
    """Fill the census from one grouped query; raises SourceError."""
    url = f"{base}/api/explore/v2.1/catalog/datasets"
    answer = await web.get_json(url, QUERY)
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise SourceError(f"{url} : la réponse n'a pas la forme d'un regroupement.")
    groups = mappings(answer, "results")
    if len(groups) >= MOST:
        raise SourceError(f"{url} : les publicateurs sont trop nombreux pour venir tous.")
    for group in groups:
        datasets = number(group, "n")
        if datasets is None:
            raise SourceError(f"{url} : un publicateur n'a pas de nombre de jeux de données.")
        if datasets:
            label = tidy(first_text(group, "publisher", "default.publisher")) or tidy(census.holder)
            tally = census.tallies.setdefault(label, Tally())
            tally.datasets += datasets
            tally.updated = max(tally.updated, day(text(group, "last"), census.today))
    # Those of nobody.
    census.tallies.pop("", None)
