"""The face of a GeoNetwork: version 4 with its index to question, or version 3 with its pages.

GeoNetwork([account("Ville d'Albi", nb_jeux=30)], version="3.12.4", folder="/geonetwork")

A dataset that is ``harvested`` is a copy from another catalogue; ``services`` describe no data.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.demo.accounts import Account, Dataset, Entry
from observatoire.demo.answers import json_of, visible, whole
from observatoire.demo.csw import CswPortal
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.geonetwork_records import document, index
from observatoire.demo.tiny_elastic import Unknown, search

PROOF = "00000000-0000-4000-8000-00000000c5f1"


@dataclass
class GeoNetwork:
    """The portal, in ``folder``; ``field`` is where its index names organisations.

    ``guarded``: it refuses a question without the token that it gave. A ``version`` of "" is one
    older than 3, that only speaks CSW.
    """

    accounts: Sequence[Account]
    version: str = "4.4.5"
    folder: str = "/geonetwork"
    field: str = "OrgForResourceObject.default"
    guarded: bool = False
    services: int = 1

    @cached_property
    def entries(self) -> list[Entry]:
        """Every record: datasets, then services."""
        account = Account("services", "services", "Un service")
        others = [Entry(f"service-{i}", account, Dataset()) for i in range(self.services)]
        return [*visible(self.accounts), *others]

    @cached_property
    def documents(self) -> list[dict[str, list[str]]]:
        """What the index of version 4 holds."""
        return [document(e, self.field, self._kind(e)) for e in self.entries]

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        path = ask.path.removeprefix(self.folder) if ask.path.startswith(self.folder) else ""
        new = self.version.startswith("4")
        if path == "/srv/api/site" and self.version:
            return self._site()
        if path == "/srv/api/search/records/_search" and new:
            return self._search(ask)
        if path == "/srv/fre/q" and self.version and not new:
            return self._index(ask)
        if path == "/srv/fre/csw":
            return CswPortal(self.accounts, ask.path, services=self.services).answer(ask)
        return Answer(404, b"<html>404", "text/html")

    def _kind(self, entry: Entry) -> str:
        return "service" if entry.id.startswith("service-") else "dataset"

    def _site(self) -> Answer:
        about = {
            "system/site/name": "Géocatalogue d'Exemple",
            "system/site/organization": "Département d'Exemple",
            "system/platform/version": self.version,
        }
        headers = {"Set-Cookie": f"XSRF-TOKEN={PROOF}; Path={self.folder or '/'}"}
        return Answer(200, json.dumps(about).encode(), headers=headers if self.guarded else {})

    def _search(self, ask: Ask) -> Answer:
        proof = (ask.headers.get("x-xsrf-token"), f"XSRF-TOKEN={PROOF}")
        if self.guarded and proof != (PROOF, ask.headers.get("cookie")):
            return json_of({"message": "Forbidden"}, 403)
        if ask.method != "POST":
            return json_of({"message": "Method not allowed"}, 405)
        try:
            return json_of(search(json.loads(ask.body), self.documents))
        except Unknown as error:
            return json_of({"error": {"reason": str(error)}, "status": 400}, 400)

    def _index(self, ask: Ask) -> Answer:
        start, end = whole(ask, "from", 1) or 1, whole(ask, "to", 10) or 10
        own = ask.query.get("_isHarvested") == "n"
        found = [e for e in self.entries if not (own and e.dataset.harvested)]
        shown = [index(e, self._kind(e)) for e in found[start - 1 : end]]
        summary = {"@count": str(len(found)), "@type": "local"}
        window = {"@from": str(start), "@to": str(min(end, len(found)))}
        # One record is given alone, not in a list; no record, not at all.
        listed: dict[str, object] = {"metadata": shown} if shown else {}
        if len(shown) == 1:
            listed = {"metadata": shown[0]}
        return json_of({**window, "summary": summary, **listed})
