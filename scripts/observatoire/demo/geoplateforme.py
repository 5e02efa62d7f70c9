"""The face of the Géoplateforme's batch geocoder: the lines it was sent, with what it found."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes

from observatoire.demo.faces import Answer, Ask

Found = tuple[str, str, str, str]
"""Latitude, longitude, score, INSEE code of the commune."""


@dataclass
class Geoplateforme:
    """The service; ``points`` tells what it finds for an address."""

    points: Mapping[str, Found]

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if ask.path != "/search/csv" or ask.method != "POST":
            return Answer(404, b'{"message": "Not found"}')
        sent = message_from_bytes(
            f"Content-Type: {ask.headers['content-type']}\r\n\r\n".encode() + ask.body
        )
        fields: dict[str, list[str]] = {}
        for part in sent.walk():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if isinstance(name, str) and isinstance(content, bytes):
                fields.setdefault(name, []).append(content.decode())
        rows = list(csv.DictReader(io.StringIO(fields["data"][0])))
        [address], wanted = fields["columns"], fields["result_columns"]
        if fields["citycode"][0] not in rows[0]:
            return Answer(400, b'{"message": "unknown citycode column"}')
        return Answer(200, self._located(rows, address, wanted), "text/csv; charset=utf-8")

    def _located(self, rows: list[dict[str, str]], address: str, wanted: list[str]) -> bytes:
        names = ("latitude", "longitude", "result_score", "result_citycode", "result_status")
        out = io.StringIO()
        writer = csv.DictWriter(out, [*rows[0], *wanted], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            point = self.points.get(row[address])
            values = (*point, "ok") if point else ("", "", "", "", "not-found")
            found = dict(zip(names, values, strict=True))
            writer.writerow(row | {name: found[name] for name in wanted})
        return out.getvalue().encode()
