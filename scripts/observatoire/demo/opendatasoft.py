"""The face of an Opendatasoft portal: the catalogue of Explore API v2.1, from plain values.

    Opendatasoft([account("Ville de Rennes", nb_jeux=96)])

A dataset with ``harvested`` is federated from that host.
"""

from __future__ import annotations

from collections import Counter
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

CATALOG = "/api/explore/v2.1/catalog/"
WINDOW = 10_000
MOST = 100
MOST_GROUPS = 20_000
FACET_CAP = 100


@dataclass
class Opendatasoft:
    """The portal; ``counted`` shows reuses and downloads, ``quota`` is the calls left today."""

    accounts: Sequence[Account]
    counted: bool = True
    private: bool = False
    quota: int | None = None

    @cached_property
    def entries(self) -> list[Entry]:
        """Every dataset that it shows."""
        return list(visible(self.accounts))

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if self.private:
            return json_of({"error": "Unauthorized", "message": "Authentication required"}, 401)
        if self.quota is not None:
            self.quota -= 1
            if self.quota < 0:
                return json_of(OVER_QUOTA, 429)
        match ask.path.removeprefix(CATALOG):
            case "exports/json":
                return json_of([self._dataset(e, app=_app(ask)) for e in self.entries])
            case "datasets":
                return self._grouped(ask) if "group_by" in ask.query else self._listed(ask)
            case "facets":
                return self._facets(ask)
        return json_of({"message": "Unknown resource", "error_code": "NotFound"}, 404)

    def _listed(self, ask: Ask) -> Answer:
        limit, offset = whole(ask, "limit", 10), whole(ask, "offset", 0)
        if limit is None or offset is None or not -1 <= limit <= MOST:
            return _refused("Invalid value for limit API parameter: between -1 and 100 expected.")
        limit = MOST if limit == -1 else limit
        if offset + limit > WINDOW:
            return _refused("offset + limit is greater than 10000.")
        shown = self.entries[offset : offset + limit]
        results = [self._dataset(e, app=_app(ask)) for e in shown]
        return json_of({"total_count": len(self.entries), "results": results})

    def _grouped(self, ask: Ask) -> Answer:
        if ask.query["group_by"] != "publisher":
            return _malformed(f"Unknown field: {ask.query['group_by']}")
        own = ask.query.get("where") == "source_domain_address is null"
        if not own and "where" in ask.query:
            return _malformed("where")
        entries = [e for e in self.entries if not (own and e.dataset.harvested)]
        numbers = Counter(e.account.name or None for e in entries)
        results = [
            {
                "publisher": name,
                "n": number,
                "last": max(_moment(e) or "" for e in entries if (e.account.name or None) == name),
            }
            for name, number in numbers.most_common(MOST_GROUPS)
        ]
        return json_of({"total_count": len(results), "results": results})

    def _facets(self, ask: Ask) -> Answer:
        if ask.query.get("facet") != "publisher":
            return _malformed("facet")
        numbers = Counter(e.account.name for e in self.entries if e.account.name)
        values = [
            {"name": name, "count": count, "state": "displayed", "value": name}
            for name, count in numbers.most_common(FACET_CAP)
        ]
        return json_of({"links": [], "facets": [{"name": "publisher", "facets": values}]})

    def _dataset(self, entry: Entry, *, app: bool) -> dict[str, Any]:
        one = entry.dataset
        metas: dict[str, Any] = {"default": _default(entry), "dcat": _dcat(entry)}
        if app and self.counted:
            metas["explore"] = {
                "reuse_count": one.reuses,
                "download_count": one.downloads,
                "api_call_count": 12,
                "popularity_score": 4.1,
            }
        return {
            "visibility": "domain",
            "dataset_id": f"jeu-{entry.id}" + (f"@{one.harvested}" if one.harvested else ""),
            "dataset_uid": f"da_{entry.id[:6]}",
            "has_records": is_table(one),
            "features": ["analyze"] if is_table(one) else [],
            "attachments": [
                {"id": kind, "title": f"Fichier.{kind}", "mimetype": MIME.get(kind), "url": ""}
                for kind in one.formats
                if not is_table(one)
            ],
            "alternative_exports": [],
            "data_visible": True,
            "fields": [
                {"name": f"champ_{i}", "label": f"Champ {i}", "type": "text", "annotations": {}}
                for i in range(4)
            ],
            "metas": metas,
        }


OVER_QUOTA = {
    "errorcode": 10002,
    "reset_time": "2026-11-24T00:00:00Z",
    "limit_time_unit": "day",
    "call_limit": 10_000,
    "error": "You have exceeded the requests limit for anonymous users.",
}


def _app(ask: Ask) -> bool:
    return ask.query.get("include_app_metas") == "true"


def _moment(entry: Entry) -> str | None:
    return f"{entry.dataset.updated}T07:12:11+00:00" if entry.dataset.updated else None


def _default(entry: Entry) -> dict[str, Any]:
    one = entry.dataset
    return {
        "title": one.title,
        "description": f"<p>{one.title}, <b>mis à jour</b> chaque jour.</p>",
        "theme": ["Environnement"],
        "keyword": None,
        "license": LICENCES.get(one.licence),
        "license_url": ADDRESSES.get(one.licence),
        "language": "fr",
        "modified": _moment(entry),
        "data_processed": _moment(entry),
        "metadata_processed": _moment(entry),
        "publisher": entry.account.name or None,
        "references": None,
        "records_count": 812 if is_table(one) else 0,
        "attributions": None,
        "source_domain": one.harvested.partition(".")[0] or None,
        "source_domain_title": None,
        "source_domain_address": one.harvested or None,
        "source_dataset": None,
        "shared_catalog": None,
        "federated": bool(one.harvested),
        "parent_domain": None,
    }


def _dcat(entry: Entry) -> dict[str, Any]:
    empty = dict.fromkeys(("created", "issued", "creator", "contributor", "accrualperiodicity"))
    return {**empty, "conforms_to": schema_address(entry.dataset)}


def _malformed(cause: str) -> Answer:
    message = f"ODSQL query is malformed: {cause}. Clause(s) containing the error(s)."
    return json_of({"message": message, "error_code": "ODSQLError"}, 400)


def _refused(message: str) -> Answer:
    return json_of({"message": message, "error_code": "InvalidRESTParameterError"}, 400)
