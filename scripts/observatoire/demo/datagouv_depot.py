"""The face of data.gouv.fr for those who publish there: one dataset, its resources, a key.

An upload gives the resource the name of its file as a title, as udata does.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from email.parser import BytesParser
from typing import Any

from observatoire.demo.faces import Answer, Ask

PLACE = re.compile(r"/api/1/datasets/(?P<dataset>[^/]+)(?P<rest>/.*)")
RESOURCE = re.compile(r"/resources/(?P<id>[^/]+)/(?P<upload>upload/)?")


@dataclass
class Depot:
    """A dataset; ``files`` are the contents by resource id, ``resources`` what they say."""

    dataset: str
    key: str
    resources: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        found = PLACE.fullmatch(ask.path)
        if found is None or found["dataset"] != self.dataset:
            return _json({"message": "Not found"}, 404)
        if ask.method == "GET":
            return _json({"id": self.dataset, "resources": self.resources})
        if ask.headers.get("x-api-key") != self.key:
            return _json({"message": "Invalid API Key"}, 401)
        return self._write(ask, found["rest"])

    def _write(self, ask: Ask, rest: str) -> Answer:
        if rest == "/upload/":
            made = {"id": f"{len(self.resources):08d}", "extras": {}}
            self.resources.append(made)
            return _json(self._store(made, ask), 201)
        found = RESOURCE.fullmatch(rest)
        one = next((r for r in self.resources if found and r["id"] == found["id"]), None)
        if found is None or one is None:
            return _json({"message": "Resource does not exist"}, 404)
        if found["upload"]:
            return _json(self._store(one, ask))
        one |= json.loads(ask.body)
        return _json(one)

    def _store(self, one: dict[str, Any], ask: Ask) -> dict[str, Any]:
        name, content = _file(ask)
        self.files[one["id"]] = content
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        one |= {
            "title": name.lower(),
            "checksum": {"type": "sha1", "value": digest},
            "filesize": len(content),
        }
        return one


def _file(ask: Ask) -> tuple[str, bytes]:
    """The file of a form (multipart/form-data)."""
    head = f"Content-Type: {ask.headers['content-type']}\r\n\r\n".encode()
    part = BytesParser().parsebytes(head + ask.body).get_payload(0)
    return part.get_filename() or "", part.get_payload(decode=True)  # type: ignore[union-attr, return-value]


def _json(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())
