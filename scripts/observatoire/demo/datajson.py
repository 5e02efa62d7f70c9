"""The face of a portal with a ``data.json``: one document for the whole catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from observatoire.demo.accounts import Account, Entry
from observatoire.demo.answers import LICENCES, json_of, schema_address, visible
from observatoire.demo.contacts import MAILBOX, PERSON
from observatoire.demo.faces import Answer, Ask


@dataclass
class DataJson:
    """The portal; ``plain``: publishers are texts, where the specification wants objects."""

    accounts: Sequence[Account]
    path: str = "/data.json"
    plain: bool = False

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if ask.path != self.path:
            return Answer(404, b"<html>404", "text/html")
        return json_of(
            {
                "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
                "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
                "dataset": [self._dataset(e) for e in visible(self.accounts)],
            }
        )

    def _dataset(self, entry: Entry) -> dict[str, Any]:
        one, name = entry.dataset, entry.account.name
        publisher = name if self.plain else {"@type": "org:Organization", "name": name}
        return {
            "identifier": entry.id,
            "title": one.title,
            "modified": one.updated,
            "license": LICENCES.get(one.licence),
            "conformsTo": schema_address(one),
            "contactPoint": {"fn": PERSON, "hasEmail": f"mailto:{MAILBOX}"},
            "distribution": [{"format": name.upper()} for name in one.formats],
            **({"publisher": publisher} if name else {}),
        }
