"""The face of data.gouv.fr: accounts and datasets as plain values, answered as udata answers.

    DataGouv([account("Ville de Rennes", "21350238800019", 51), ...])

Serves ``/api/1/organizations/``, ``/api/1/datasets/`` and the bulk CSV catalogue.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from observatoire.demo.accounts import Account, Entry, object_id
from observatoire.demo.datagouv_files import RESOURCES, WRITERS, harvesters
from observatoire.demo.faces import Answer, Ask

HARVESTERS = "/api/1/site/harvests.csv"


@dataclass
class DataGouv:
    """The platform: answers for its accounts; ``deleted`` are ids that it says were removed.

    ``day`` dates the catalogue's files; ``harvesters`` are the catalogues that it harvests: name,
    address, backend.
    """

    accounts: Sequence[Account]
    day: str = "2022-12-31"
    deleted: Collection[str] = ()
    harvesters: Sequence[tuple[str, str, str]] = ()
    _files: dict[str, tuple[bytes, str]] = field(default_factory=dict, repr=False)

    @cached_property
    def entries(self) -> list[Entry]:
        """Every dataset, archived ones too."""
        return [
            Entry(object_id(f"{a.id}/{i}"), a, d)
            for a in self.accounts
            for i, d in enumerate(a.datasets)
        ]

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if ask.path.startswith("/api/1/datasets/r/"):
            return self._permalink(ask)
        if ask.path.startswith(("/resources/", HARVESTERS)):
            return self._file(ask)
        if ask.path == "/api/1/organizations/":
            words = ask.query.get("q", "").casefold()
            badge = ask.query.get("badge", "")
            found = [
                a
                for a in self.accounts
                if words in a.name.casefold() and (not badge or badge in a.badges)
            ]
            return _listed(ask, found, self._account)
        if ask.path.startswith("/api/1/organizations/"):
            return self._one(ask)
        if ask.path == "/api/1/datasets/":
            wanted = ask.query.get("organization", "")
            visible = [e for e in self.entries if not e.dataset.archived]
            return _listed(ask, [e for e in visible if wanted in {"", e.account.id}], self._dataset)
        return NOT_FOUND

    def _one(self, ask: Ask) -> Answer:
        name = ask.path.split("/")[4]
        if name in self.deleted:
            return _json({"message": "This organization has been deleted"}, 410)
        found = next((a for a in self.accounts if name in {a.id, a.slug}), None)
        return _json(self._account(found)) if found else NOT_FOUND

    def _permalink(self, ask: Ask) -> Answer:
        kind = RESOURCES.get(ask.path.rstrip("/").rsplit("/", 1)[1])
        if kind is None:
            return NOT_FOUND
        stamp = self.day.replace("-", "") + "-061526"
        place = f"/resources/catalogue-des-donnees-de-data-gouv-fr/{stamp}"
        target = f"{ask.base}{place}/export-{kind}-{stamp}.csv"
        return Answer(302, headers={"Location": target})

    def _file(self, ask: Ask) -> Answer:
        if ask.path == HARVESTERS:
            return Answer(200, harvesters(self.harvesters), "text/csv; charset=utf-8")
        kind = re.match(r"export-([a-z]+)-", ask.path.rsplit("/", 1)[1])
        if kind is None or kind[1] not in WRITERS:
            return NOT_FOUND
        if kind[1] not in self._files:
            body = WRITERS[kind[1]](self.entries, self.accounts, self.day)
            self._files[kind[1]] = body, f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        return _static(ask, *self._files[kind[1]], self.day)

    def _account(self, one: Account) -> dict[str, Any]:
        visible = sum(not d.archived for d in one.datasets)
        # udata leaves out a figure that was never computed: a missing key means 0.
        metrics = {"members": 1, "views": 12 * visible} | ({"datasets": visible} if visible else {})
        return {
            "id": one.id,
            "name": one.name,
            "acronym": None,
            "slug": one.slug,
            "description": f"Compte de {one.name}.",
            "badges": [{"kind": b} for b in one.badges],
            "business_number_id": one.siret or None,
            "members": [{"role": "admin", "since": "2020-01-01"}],
            "metrics": metrics,
            "extras": {"siretisation:found_siret": one.found} if one.found else {},
            "created_at": "2019-01-01T00:00:00+00:00",
            "last_modified": f"{self.day}T00:00:00+00:00",
            "deleted": None,
            "page": f"https://www.data.gouv.fr/organizations/{one.slug}/",
            "uri": f"https://www.data.gouv.fr/api/1/organizations/{one.slug}/",
        }

    def _dataset(self, entry: Entry) -> dict[str, Any]:
        one = entry.dataset
        # udata: the latest of the files, else what the harvested portal says, else the metadata.
        updated = one.updated if one.formats or one.harvested else self.day
        return {
            "id": entry.id,
            "title": one.title,
            "slug": f"jeu-{entry.id}",
            "archived": None,
            "license": one.licence,
            "organization": {"id": entry.account.id, "name": entry.account.name},
            "last_modified": f"{self.day}T06:00:00.000000+00:00",
            "last_update": f"{updated}T06:00:00.000000+00:00",
            "quality": {"score": one.quality},
            "metrics": {
                k: v
                for k, v in (("reuses", one.reuses), ("resources_downloads", one.downloads))
                if v
            },
            "harvest": {"domain": one.harvested} if one.harvested else None,
            "resources": [
                {
                    "id": f"{entry.id}-{i}",
                    "format": format,
                    "schema": {"name": one.schema or None, "url": None, "version": None},
                }
                for i, format in enumerate(one.formats)
            ],
        }


def _listed(ask: Ask, items: Sequence[Any], describe: Any) -> Answer:
    """One page of a list, in udata's envelope, through the mask that the client asks for."""
    try:
        page, size = int(ask.query.get("page", 1)), int(ask.query.get("page_size", 20))
    except ValueError:
        return _json({"message": "Input payload validation failed"}, 400)
    if page < 1 or size < 1:
        return _json({"message": "Input payload validation failed"}, 400)
    link = f"{ask.base}{ask.path}?page_size={size}&page="
    envelope = {
        "data": [describe(i) for i in items[(page - 1) * size : page * size]],
        "page": page,
        "page_size": size,
        "total": len(items),
        "next_page": f"{link}{page + 1}" if page * size < len(items) else None,
        "previous_page": f"{link}{page - 1}" if page > 1 else None,
    }
    mask = ask.headers.get("x-fields", "")
    return _json(_masked(envelope, _mask(mask)) if mask else envelope)


def _mask(text: str) -> dict[str, Any]:
    """``a,b{c,d}`` as nested dictionaries: {"a": {}, "b": {"c": {}, "d": {}}}."""
    root: dict[str, Any] = {}
    path = [root]
    name = ""
    for part in re.findall(r"[^{},]+|[{}]", text):
        if part == "{":
            path.append(path[-1][name])
        elif part == "}":
            path.pop()
        else:
            name = part.strip()
            path[-1][name] = {}
    return root


def _masked(value: Any, mask: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_masked(v, mask) for v in value]
    if not mask or not isinstance(value, dict):
        return value
    return {k: _masked(value.get(k), inner) for k, inner in mask.items()}


def _static(ask: Ask, body: bytes, etag: str, day: str) -> Answer:
    """A file as a static server gives it: whole, not modified, or from some byte on."""
    about = {"ETag": etag, "Last-Modified": f"{day}T06:15:26", "Accept-Ranges": "bytes"}
    if ask.headers.get("if-none-match") == etag:
        return Answer(304, headers=about)
    whole = Answer(200, body, "text/csv", about)
    wanted = re.fullmatch(r"bytes=(\d+)-", ask.headers.get("range", ""))
    if not wanted or ask.headers.get("if-range", etag) != etag:
        return whole
    start = int(wanted[1])
    placed = about | {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
    return replace(whole, status=206, body=body[start:], headers=placed)


def _json(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


NOT_FOUND = _json({"message": "The requested URL was not found on the server."}, 404)
