"""The face of a Data Fair portal: its catalogue, page by page.

DataFair([account("Ville d'Exemple", nb_jeux=12)])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from observatoire.demo.accounts import Account, Entry
from observatoire.demo.answers import (
    ADDRESSES,
    LICENCES,
    MIME,
    is_table,
    json_of,
    schema_address,
    visible,
    whole,
)
from observatoire.demo.faces import Answer, Ask

PATH = "/data-fair/api/v1/catalog/datasets"
SIZE = 12
WINDOW = 10_000


@dataclass
class DataFair:
    """The portal; ``owners`` shows who owns a dataset, which recent versions leave out."""

    accounts: Sequence[Account]
    owners: bool = True

    @cached_property
    def entries(self) -> list[Entry]:
        """Every dataset that it shows, by id."""
        return sorted(visible(self.accounts), key=lambda e: e.id)

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if ask.path != PATH:
            return Answer(404, b"Not found", "text/plain")
        size, page = whole(ask, "size", SIZE), whole(ask, "page", 1)
        size, page = SIZE if size is None else size, 1 if page is None else page
        skip = (page - 1) * size
        if size + skip > WINDOW:
            return Answer(400, b'"size + skip" cannot be more than 10000', "text/plain")
        fields = set(filter(None, ask.query.get("select", "").split(",")))
        results = [
            {k: v for k, v in self._dataset(e).items() if k in {*fields, "id", "slug", "page"}}
            if fields
            else self._dataset(e)
            for e in self.entries[skip : skip + size]
        ]
        return json_of({"count": len(self.entries), "results": results})

    def _dataset(self, entry: Entry) -> dict[str, Any]:
        one, account = entry.dataset, entry.account
        shown: dict[str, Any] = {
            "id": entry.id,
            "slug": f"jeu-{entry.id}",
            "title": one.title,
            "status": "finalized",
            "updatedAt": f"{one.updated}T03:00:00.000Z",
            "dataUpdatedAt": f"{one.updated}T03:00:00.000Z",
            "visibility": "public",
            "keywords": ["jeu"],
            "page": f"https://opendata.exemple.fr/datasets/jeu-{entry.id}",
        }
        if one.licence in LICENCES:
            href = ADDRESSES.get(one.licence, "")
            shown["license"] = {"title": LICENCES[one.licence], "href": href}
        if self.owners and account.name:
            shown["owner"] = {"type": "organization", "id": account.id, "name": account.name}
        elif account.name:
            shown["creator"] = account.name
        if one.schema:
            shown["conformsTo"] = {"title": one.schema, "url": schema_address(one)}
        if is_table(one):
            shown["count"] = 1204
        elif one.formats:
            kind = one.formats[0]
            file = {"name": f"fichier.{kind}", "size": 42, "mimetype": MIME.get(kind, "")}
            shown["originalFile"] = file
        else:
            shown["isMetaOnly"] = True
        return shown
