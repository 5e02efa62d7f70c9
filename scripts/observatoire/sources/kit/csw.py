"""A catalogue by CSW 2.0.2 (OGC 07-006r1): how many records, then all of them, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from xml.etree.ElementTree import Element

from observatoire.model import SourceError
from observatoire.sources.kit import iso, xml
from observatoire.sources.kit.census import Census, Dataset
from observatoire.sources.kit.geographic import Record
from observatoire.sources.kit.refusal import final
from observatoire.web import Web, WebError

PAGE = 50
MOST_PAGES = 2_000
BIGGEST_PAGE = 32 * 2**20
"""Bytes; fifty records take two or three million at most."""

BIGGEST_NUMBER = 10
"""Digits; a larger count of records is no count."""

ASK = {"service": "CSW", "version": "2.0.2", "request": "GetRecords", "elementSetName": "full"}
WAYS = (
    {
        "typeNames": "gmd:MD_Metadata",
        "namespace": "xmlns(gmd=http://www.isotc211.org/2005/gmd)",
        "outputSchema": "http://www.isotc211.org/2005/gmd",
    },
    {
        "typeNames": "csw:Record",
        "namespace": "xmlns(csw=http://www.opengis.net/cat/csw/2.0.2)",
        "outputSchema": "http://www.opengis.net/cat/csw/2.0.2",
    },
)
"""What to ask for, best first: Dublin Core says less of a record."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a search: its records, how many there are in all, where the next page starts."""

    records: tuple[Element, ...]
    matched: int
    next: int


async def read(addresses: Iterable[str], web: Web, census: Census) -> None:
    """Fill the census from the first of the addresses that is a catalogue; raises SourceError."""
    url, way, total = await _start(addresses, web)
    position = 1
    seen: set[str] = set()
    for _ in range(MOST_PAGES):
        page = await _results(url, {**way, "resultType": "results", **_window(position)}, web)
        total = max(total, page.matched)
        for number, record in enumerate(page.records, position):
            key, found = content(record, url, census.today)
            seen.add(key or f"#{number}")
            for dataset in found:
                census.add(dataset)
        # Some servers leave out where the next page starts, or say 0 on each.
        following = page.next or position + len(page.records)
        if following > page.matched or not page.records:
            break
        if following <= position:
            raise SourceError(f"{url[:200]} : les pages du catalogue ne s'enchaînent pas.")
        position = following
    else:
        raise SourceError(f"{url[:200]} : les pages du catalogue n'en finissent pas.")
    # Records come and go while pages are read: a handful may be missing, not more.
    if len(seen) < total - max(2, total // 100):
        raise SourceError(
            f"{url[:200]} : le catalogue annonce {total} fiches, {len(seen)} sont venues."
        )


def content(record: Element, url: str, today: date) -> tuple[str, list[Dataset]]:
    """The id of a record, in whichever vocabulary it comes, and the datasets that it counts for."""
    if xml.local(record) == "RDF":
        # rdflib is slow to load: only for the catalogues that answer in DCAT.
        from observatoire.sources.kit import dcat, rdf

        found = list(dcat.datasets(rdf.of_element(record, url), today))
        return (found[0].id if found else ""), found
    known = iso.is_metadata(record) or iso.is_dublin_core(record)
    read_one = iso.record if iso.is_metadata(record) else iso.dublin_core
    one = read_one(record, today) if known else Record("", kind="")
    return one.id, list(one.datasets())


async def _start(addresses: Iterable[str], web: Web) -> tuple[str, dict[str, str], int]:
    """The address that answers, what to ask it for, and the number of its records."""
    last = SourceError("aucune adresse de catalogue CSW.")
    for url in addresses:
        for way in WAYS:
            try:
                hits = await _results(url, {**way, "resultType": "hits"}, web)
            except SourceError as error:
                last = error
                if final(error):
                    raise
                if isinstance(error, WebError) and error.status != HTTPStatus.BAD_REQUEST:
                    break
            else:
                return url, way, hits.matched
    raise last


def _window(position: int) -> dict[str, str]:
    return {"startPosition": str(position), "maxRecords": str(PAGE)}


async def _results(url: str, query: dict[str, str], web: Web) -> Results:
    reply = await web.get(url, {**ASK, **query}, limit=BIGGEST_PAGE)
    root = xml.parse(reply.body, url)
    if xml.local(root) == "ExceptionReport":
        cause = xml.said(next(xml.under(root, "Exception", "ExceptionText"), None))[:100]
        raise SourceError(f"{url[:200]} : le catalogue refuse la question (« {cause} »).")
    found = next(xml.under(root, "SearchResults"), None)
    if found is None:
        raise SourceError(f"{url[:200]} : la réponse n'a pas la forme d'une réponse CSW.")
    return Results(
        tuple(found), _number(found, "numberOfRecordsMatched"), _number(found, "nextRecord")
    )


def _number(results: Element, name: str) -> int:
    text = results.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < BIGGEST_NUMBER else 0
