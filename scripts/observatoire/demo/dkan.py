"""The face of a DKAN portal: its partial CKAN API, with lists and dates in words, and data.json.

Dkan([account("Région Hauts-de-France", nb_jeux=20)])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from observatoire.demo.accounts import Account, Entry
from observatoire.demo.answers import ADDRESSES, MIME, json_of, schema_address, visible, whole
from observatoire.demo.ckan_packages import envelope, package
from observatoire.demo.faces import Answer, Ask

ACTION = "/api/3/action/"
DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")


@dataclass
class Dkan:
    """The portal; without ``api``, only its ``/data.json`` answers."""

    accounts: Sequence[Account]
    api: bool = True

    @cached_property
    def entries(self) -> list[Entry]:
        """Every dataset that it shows."""
        return list(visible(self.accounts))

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if ask.path == "/data.json":
            return json_of({"@type": "dcat:Catalog", "dataset": [_dcat(e) for e in self.entries]})
        if not self.api or not ask.path.startswith(ACTION):
            return Answer(404, b"<html>Page introuvable</html>", "text/html")
        action = ask.path.removeprefix(ACTION)
        if action == "current_package_list_with_resources":
            limit, offset = whole(ask, "limit", 10) or 0, whole(ask, "offset", 0) or 0
            shown = [_package(e) for e in self.entries[offset : offset + limit]]
            # The list stands inside another.
            return json_of(envelope(ask.base, action, [shown]))
        if action == "package_list":
            return json_of(envelope(ask.base, action, [_package(e)["id"] for e in self.entries]))
        if action == "package_show":
            found = [p for p in map(_package, self.entries) if p["id"] == ask.query.get("id")]
            return json_of(envelope(ask.base, action, found))
        return Answer(404, b"<html>Page introuvable</html>", "text/html")


def in_words(day: str) -> str:
    """A day as a French DKAN writes it: « jeu, 19/12/2019 - 03:00 »."""
    if not day:
        return ""
    moment = date.fromisoformat(day)
    return f"{DAYS[moment.weekday()]}, {moment:%d/%m/%Y} - 03:00"


def _package(entry: Entry) -> dict[str, Any]:
    one = entry.dataset
    plain = package(entry, "https://dkan.exemple.fr")
    wanted = ("id", "name", "title", "notes", "extras")
    group = {"id": entry.account.id, "title": entry.account.name, "description": ""}
    return {
        **{key: plain[key] for key in wanted},
        "tags": [{"id": entry.id, "vocabulary_id": "2", "name": "JEU"}],
        "license_title": ADDRESSES.get(one.licence, ""),
        "state": "Active",
        # The recorded portal says so of its public datasets.
        "private": True,
        "type": "Dataset",
        "metadata_created": in_words("2019-12-10"),
        "metadata_modified": in_words(one.updated),
        "groups": [{**group, "name": f"group/{entry.account.slug}"}] if entry.account.name else [],
        "resources": [
            {
                "id": resource["id"],
                "url": resource["url"],
                "format": resource["format"].lower(),
                "state": "Active",
                "name": resource["name"],
                "mimetype": resource["format"].lower(),
                "created": in_words("2019-12-10"),
                "last_modified": f"Date changed  {in_words(one.updated)}",
            }
            for resource in plain["resources"]
        ],
    }


def _dcat(entry: Entry) -> dict[str, Any]:
    one = entry.dataset
    return {
        "@type": "dcat:Dataset",
        "identifier": package(entry, "")["id"],
        "title": one.title,
        "keyword": ["jeu"],
        "issued": "2019-12-10",
        "modified": one.updated,
        "publisher": {"@type": "org:Organization", "name": entry.account.name},
        "license": ADDRESSES.get(one.licence),
        "conformsTo": schema_address(one),
        "distribution": [
            {
                "@type": "dcat:Distribution",
                "title": f"Fichier {kind}",
                "format": kind,
                "mediaType": MIME.get(kind, ""),
                "downloadURL": f"https://dkan.exemple.fr/{entry.id}.{kind}",
            }
            for kind in one.formats
        ],
    }
