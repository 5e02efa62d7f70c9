"""The face of a CKAN: its Action API, by GET, from plain values.

Ckan([account("Ville d'Albi", nb_jeux=30)], showcases=2)
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from observatoire.demo.accounts import Account, Entry, object_id
from observatoire.demo.accounts import Dataset as Content
from observatoire.demo.answers import json_of, visible, whole
from observatoire.demo.ckan_packages import envelope, failure, package
from observatoire.demo.faces import Answer, Ask

ACTION = "/api/3/action/"
PAGE_OF_ORGANISATIONS = 25
"""``ckan.group_and_organization_list_all_fields_max``."""


@dataclass
class Ckan:
    """The portal, under ``prefix`` of its address; ``rows_max`` clamps pages without a word.

    ``showcases`` are packages of another type, that a search shows unless it asks for datasets.
    """

    accounts: Sequence[Account]
    prefix: str = ""
    rows_max: int = 1_000
    showcases: int = 0

    @cached_property
    def packages(self) -> list[dict[str, Any]]:
        """Everything that a search finds, by name."""
        shown = [package(e, "https://ckan.exemple.fr") for e in visible(self.accounts)]
        holder = Account("vitrine", "vitrine", "Vitrine")
        for number in range(self.showcases):
            entry = Entry(object_id(f"vitrine/{number}"), holder, Content("Réutilisation"))
            shown.append({**package(entry, "https://ckan.exemple.fr"), "type": "showcase"})
        return sorted(shown, key=lambda p: str(p["name"]))

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        start = f"{self.prefix}{ACTION}"
        if ask.method != "GET":
            return Answer(403, b"<html>Request blocked</html>", "text/html")
        if not ask.path.startswith(start):
            return Answer(404, b"<html>404 Not Found</html>", "text/html")
        match ask.path.removeprefix(start):
            case "package_search":
                return self._search(ask)
            case "organization_list":
                return self._organisations(ask)
            case "status_show":
                about = {"site_title": "Données d'Exemple", "ckan_version": "2.10.4"}
                return json_of(envelope(ask.base, "status_show", about))
            case action:
                return json_of(f"Bad request - Action name not known: {action}", 400)

    def _search(self, ask: Ask) -> Answer:
        rows, start = whole(ask, "rows", 10), whole(ask, "start", 0)
        if rows is None or start is None or rows < 0 or start < 0:
            kind, message = "Validation Error", "Must be a natural number"
            return json_of(failure(ask.base, "package_search", kind, message), 409)
        wanted = "dataset" if "dataset_type:dataset" in ask.query.get("fq", "") else ""
        found = [p for p in self.packages if wanted in {"", p["type"]}]
        result = {
            "count": len(found),
            "facets": {},
            "results": found[start : start + min(rows, self.rows_max)],
            "sort": ask.query.get("sort", "score desc, metadata_modified desc"),
            "search_facets": {},
        }
        if "organization" in json.loads(ask.query.get("facet.field", "[]")):
            items = [
                {"name": name, "display_name": title, "count": count}
                for (name, title), count in _organisations(found).items()
            ]
            result["search_facets"] = {"organization": {"title": "organization", "items": items}}
            result["facets"] = {"organization": {i["name"]: i["count"] for i in items}}
        return json_of(envelope(ask.base, "package_search", result))

    def _organisations(self, ask: Ask) -> Answer:
        numbers = _organisations(self.packages)
        if ask.query.get("all_fields", "").casefold() != "true":
            return json_of(envelope(ask.base, "organization_list", [n for n, _ in numbers]))
        offset = whole(ask, "offset", 0) or 0
        listed = [
            {"id": name, "name": name, "title": title, "display_name": title, "package_count": n}
            for (name, title), n in numbers.items()
        ]
        shown = listed[offset : offset + PAGE_OF_ORGANISATIONS]
        return json_of(envelope(ask.base, "organization_list", shown))


def _organisations(packages: Sequence[dict[str, Any]]) -> Counter[tuple[str, str]]:
    owners = (p["organization"] for p in packages if p["organization"])
    return Counter((o["name"], o["title"]) for o in owners)
