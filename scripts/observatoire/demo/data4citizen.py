"""The face of a Data4Citizen portal: its search, in CKAN's shape under its own address.

Data4Citizen([account("Mandres-les-Roses", nb_jeux=8)], prefix="/data4citizen")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from observatoire.demo.accounts import Account, Entry
from observatoire.demo.answers import json_of, visible, whole
from observatoire.demo.ckan_packages import envelope, extras, failure, package
from observatoire.demo.faces import Answer, Ask

SEARCH = "/d4c/api/datasets/2.0/search/"
ROWS = 10


@dataclass
class Data4Citizen:
    """The portal, under ``prefix``; ``failing`` answers 200 and says that it failed."""

    accounts: Sequence[Account]
    prefix: str = ""
    failing: bool = False

    @cached_property
    def packages(self) -> list[dict[str, Any]]:
        """Everything that a search finds."""
        return [
            package(e, "https://d4c.exemple.fr")
            | {"extras": [{"key": "date_modification", "value": e.dataset.updated}, *_more(e)]}
            for e in visible(self.accounts)
        ]

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request, its query after ``?`` or in the path itself."""
        start = f"{self.prefix}{SEARCH}"
        if not ask.path.startswith(start):
            return Answer(404, b"<html>Page introuvable</html>", "text/html")
        if self.failing:
            return json_of(failure(ask.base, "package_search", "Search Error", "Solr is down"))
        in_path = dict(parse_qsl(ask.path.removeprefix(start)))
        return self._search(replace(ask, query={**in_path, **ask.query}))

    def _search(self, ask: Ask) -> Answer:
        rows, start = whole(ask, "rows", ROWS) or 0, whole(ask, "start", 0) or 0
        result = {
            "count": len(self.packages),
            "facets": {},
            "results": self.packages[start : start + rows],
            "search_facets": {},
            "all_organizations": [
                {"name": a.slug, "display_name": a.name, "count": len(a.datasets)}
                for a in self.accounts
            ],
        }
        return json_of(envelope(ask.base, "package_search", result) | {"help": ""})


def _more(entry: Entry) -> list[dict[str, str]]:
    return [{"key": "producer", "value": entry.account.name}, *extras(entry)]
