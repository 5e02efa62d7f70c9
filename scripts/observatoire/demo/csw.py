"""The face of a catalogue that speaks CSW 2.0.2: counts, pages, exceptions.

CswPortal([account("Ville d'Albi", nb_jeux=30)], path="/geonetwork/srv/fre/csw", most=10)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.demo import iso
from observatoire.demo.accounts import Account, Entry
from observatoire.demo.answers import visible, whole
from observatoire.demo.faces import Answer, Ask

SCHEMAS = {
    "http://www.isotc211.org/2005/gmd": (iso.metadata, iso.service),
    "http://www.opengis.net/cat/csw/2.0.2": (iso.dublin_core, iso.dublin_core_service),
}


@dataclass
class CswPortal:
    """The catalogue, at ``path``; a page holds ``most`` records, whatever is asked.

    ``services`` are records that describe no data. ``iso`` false: it only knows Dublin Core.
    ``announces`` false: it says of no page where the next one starts.
    """

    accounts: Sequence[Account]
    path: str = "/csw"
    most: int = 100
    services: int = 1
    iso: bool = True
    announces: bool = True

    @cached_property
    def entries(self) -> list[Entry]:
        """Every dataset; nothing tells a copy of another catalogue's."""
        return list(visible(self.accounts))

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        asked = {name.lower(): value for name, value in ask.query.items()}
        if ask.path != self.path:
            return Answer(404, b"Not found", "text/plain")
        if (asked.get("service"), asked.get("request")) != ("CSW", "GetRecords"):
            return _exception("MissingParameterValue")
        wanted = asked.get("outputschema", "")
        if wanted not in SCHEMAS or (not self.iso and wanted.endswith("/gmd")):
            return _exception("InvalidParameterValue outputSchema")
        shown = self.written(wanted)
        if asked.get("resulttype") == "hits":
            return _results(len(shown), "", 0)
        start = whole(Ask("", "", asked), "startposition", 1) or 1
        size = min(whole(Ask("", "", asked), "maxrecords", 10) or 10, self.most)
        page = shown[start - 1 : start - 1 + size]
        after = start + len(page) if self.announces else 0
        return _results(len(shown), "".join(page), after if after <= len(shown) else 0)

    def written(self, schema: str) -> list[str]:
        """Every record in a vocabulary: datasets, then services."""
        of_dataset, of_service = SCHEMAS[schema]
        return [of_dataset(e) for e in self.entries] + [of_service(i) for i in range(self.services)]


def _results(matched: int, records: str, following: int) -> Answer:
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><csw:GetRecordsResponse {iso.HEADER}>'
        f'<csw:SearchResults numberOfRecordsMatched="{matched}" nextRecord="{following}">'
        f"{records}</csw:SearchResults></csw:GetRecordsResponse>"
    )
    return Answer(200, body.encode(), "application/xml")


def _exception(code: str) -> Answer:
    body = (
        '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception>'
        f"<ows:ExceptionText>{code}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
    )
    return Answer(200, body.encode(), "application/xml")
