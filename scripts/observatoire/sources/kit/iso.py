"""Records of catalogues in XML: ISO 19139, and Dublin Core where that is all.

https://schemas.isotc211.org/19139/ ; OGC 07-006r1 for Dublin Core. Contacts, mailboxes and phone
numbers stand in the same elements as organisations: only the names of organisations are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element

from yarl import URL

from observatoire.sources.kit.geographic import Record
from observatoire.sources.kit.text import day
from observatoire.sources.kit.xml import local, said, texts, under

TEXTS = ("CharacterString", "Anchor", "LocalisedCharacterString")
CODE = "codeListValue"
HREF = "{http://www.w3.org/1999/xlink}href"

SERVED = ("OGC:WFS", "OGC API", "OGC:API", "OGC:WCS", "WWW:DOWNLOAD")
"""Protocols that give the data itself; the others show it, or describe it."""

_NAMES = """
7z csv doc docx dwg dxf fgb geojson gml gpkg gpx gz json jsonld kml kmz las laz mif nc ods odt
parquet pdf rdf rtf shp sqlite tab tar tif tiff tsv ttl txt xls xlsx xml zip
"""
EXTENSIONS = frozenset(_NAMES.split())
"""The ends of addresses that name a format of data, open or not."""


def is_metadata(element: Element) -> bool:
    """Whether an element is a record in ISO 19139."""
    return local(element) in {"MD_Metadata", "MI_Metadata"}


def is_dublin_core(element: Element) -> bool:
    """Whether an element is a record in Dublin Core."""
    return local(element) in {"Record", "SummaryRecord", "BriefRecord"}


def record(metadata: Element, today: date) -> Record:
    """What is kept of a record in ISO 19139."""
    about = list(under(metadata, "identificationInfo", "*"))
    files = list(under(metadata, "distributionInfo", "*"))
    return Record(
        id=_first(_strings(metadata, "fileIdentifier")),
        kind=_kind(metadata),
        organisations=tuple(t for e in about for t in _organisations(e)),
        updated=max((_dates(e, today) for e in about), default=""),
        constraints=tuple(t for e in about for t in _constraints(e)),
        formats=tuple(dict.fromkeys(t for e in files for t in _formats(e) if t)),
        keywords=tuple(
            t for e in about for t in _strings(e, "descriptiveKeywords", "*", "keyword")
        ),
    )


def dublin_core(element: Element, today: date) -> Record:
    """What is kept of a record in Dublin Core; a creator may be a person, and is not read."""
    return Record(
        id=_first(texts(element, "identifier")),
        kind=_first(texts(element, "type")) or "dataset",
        organisations=tuple(texts(element, "publisher")),
        updated=_last(texts(element, "modified") or texts(element, "date"), today),
        constraints=tuple(
            t for name in ("rights", "license", "accessRights") for t in texts(element, name)
        ),
        formats=tuple(texts(element, "format")),
        keywords=tuple(texts(element, "subject")),
    )


def _kind(metadata: Element) -> str:
    """The level of a record; without any, the standard says that it is a dataset."""
    for scope in under(metadata, "hierarchyLevel", "MD_ScopeCode"):
        return scope.get(CODE, "") or said(scope)
    return "dataset"


def _organisations(about: Element) -> Iterator[str]:
    for path in (("pointOfContact",), ("citation", "*", "citedResponsibleParty")):
        for party in under(about, *path, "CI_ResponsibleParty"):
            yield _first(_strings(party, "organisationName"))


def _dates(about: Element, today: date) -> str:
    """The last day of the data: its creation, publication or revision."""
    return _last(texts(about, "citation", "*", "date", "CI_Date", "date"), today)


def _constraints(about: Element) -> Iterator[str]:
    for name in ("useLimitation", "otherConstraints"):
        path = ("resourceConstraints", "*", name)
        yield from _strings(about, *path)
        yield from (a.get(HREF, "") for a in under(about, *path, "Anchor"))


def _formats(distribution: Element) -> Iterator[str]:
    for path in (
        ("distributionFormat",),
        ("distributor", "*", "distributorFormat"),
    ):
        yield from _strings(distribution, *path, "MD_Format", "name")
    for link in under(distribution, "transferOptions", "*", "onLine", "CI_OnlineResource"):
        yield served(_first(_strings(link, "protocol")), _first(texts(link, "linkage")))


def served(protocol: str, url: str) -> str:
    """The format of the data that a link gives; "" when it gives none, or does not say."""
    name = protocol.upper()
    if not name.startswith(SERVED):
        return ""
    return extension(url) or ("" if name.startswith("WWW:") else protocol.partition("-")[0])


def extension(url: str) -> str:
    """The format that the end of an address names; "" without any."""
    try:
        last = URL(url).name.rpartition(".")[2].lower()
    except ValueError:
        return ""
    return last if last in EXTENSIONS else ""


def _strings(element: Element, *path: str) -> list[str]:
    """The texts at the end of a path, each in its first language."""
    found = []
    for place in under(element, *path):
        said_here = next((said(c) for c in place if local(c) in TEXTS), "")
        found += [said_here] if said_here else []
    return found


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _last(values: Iterable[str], today: date) -> str:
    return max((day(v, today) for v in values), default="")
