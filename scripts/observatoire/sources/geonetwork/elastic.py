"""GeoNetwork 4: one question to its index, which counts datasets by organisation.

https://docs.geonetwork-opensource.org/4.4/api/search/ ; names of fields: the index's own
description (``records.json``) and ``index.xsl`` of each standard.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from http import HTTPStatus

from observatoire.model import SourceError
from observatoire.sources.geonetwork.place import Place
from observatoire.sources.kit import formats
from observatoire.sources.kit.census import Census, Tally
from observatoire.sources.kit.file_formats import NO_FILE
from observatoire.sources.kit.geographic import KINDS
from observatoire.sources.kit.iso import SERVED
from observatoire.sources.kit.shape import mapping, mappings, number, text
from observatoire.sources.kit.text import day
from observatoire.web import Json, Web, WebError

SINCE = 4
SEARCH = "/srv/api/search/records/_search"

ORGANISATIONS = (
    "OrgForResourceObject.default",
    "OrgForResourceObject.default.keyword",
    "OrgForResource",
    "orgName",
)
"""The field that names organisations, which moves from one version to the next."""

MOST = 5_000
"""Organisations of one portal. The largest French ones have a few hundred."""

DATES = tuple(f"{kind}DateForResource" for kind in ("creation", "publication", "revision"))
LEGAL = tuple(
    f"{name}.*"
    for name in (
        "licenseObject",
        "MD_LegalConstraintsOtherConstraintsObject",
        "MD_LegalConstraintsUseLimitationObject",
        "MD_ConstraintsUseLimitationObject",
    )
)
OPEN_WORDS = (
    "Licence Ouverte",
    "Open Licence",
    "Licence Etalab",
    "ODbL",
    "Open Database License",
    "CC BY 4.0",
    "CC BY SA 4.0",
    "CC0",
    "No conditions apply to access and use",
    "Aucune condition ne s'applique",
)
SCHEMAS = ("*schema.data.gouv.fr*", "*etalab/schema-*", "SCDL*", "scdl*")
CLOSED_WORDS = ("Tous droits réservés", "All rights reserved", "pas d'utilisation commerciale")


async def read(place: Place, web: Web, blank: Census) -> Census:
    """What the portal publishes itself; raises SourceError."""
    url = f"{place.folder}{SEARCH}"
    census: Census | None = None
    for field in ORGANISATIONS:
        try:
            answer = await _ask(url, question(field, blank), place.token, web)
        except WebError as error:
            # The field does not count: another one may.
            if error.status != HTTPStatus.BAD_REQUEST:
                raise
            refusal = error
            continue
        total, census = _census(answer, url, blank)
        if not total or mappings(mapping(mapping(answer, "aggregations"), "org"), "buckets"):
            break
    if census is None:
        raise refusal
    return census


def question(field: str, blank: Census) -> Json:
    """The question, in the language of Elasticsearch."""
    figures = _figures(blank.since, blank.today.isoformat())
    own = [
        {"term": {"isTemplate": "n"}},
        {"term": {"isHarvested": "false"}},
        {"terms": {"resourceType": list(KINDS)}},
    ]
    return {
        "size": 0,
        "track_total_hits": True,
        "query": {"bool": {"filter": own}},
        "aggs": {
            "org": {"terms": {"field": field, "size": MOST}, "aggs": figures},
            "nobody": {"missing": {"field": field}, "aggs": figures},
        },
    }


def _figures(since: str, today: str) -> Json:
    """The figures of one organisation: how many say something, how many say it is good."""
    opened = [{"term": {"isOpenData": "true"}}, *map(_phrase, OPEN_WORDS)]
    served = [{"prefix": {"linkProtocol": name}} for name in SERVED if not name.startswith("WWW")]
    files = [{"regexp": {"format": {"value": _open_formats()}}}, *served]
    recent = [{"range": {name: {"gte": since, "lte": today}}} for name in DATES]
    return {
        "licences": _filter(
            [{"exists": {"field": name.removesuffix(".*")}} for name in LEGAL] + opened
        ),
        "open_licences": _filter(opened, [_phrase(words) for words in CLOSED_WORDS]),
        "formats": _filter([{"exists": {"field": "format"}}, *served]),
        "open_formats": _filter(files),
        "schemas": _filter([{"wildcard": {"tag.default": {"value": w}}} for w in SCHEMAS]),
        "dates": _filter([{"range": {name: {"lte": today}}} for name in DATES]),
        "recent": _filter(recent),
        **{
            name: {
                "filter": {"range": {name: {"lte": today}}},
                "aggs": {"last": {"max": {"field": name}}},
            }
            for name in DATES
        },
    }


def _filter(either: list[Json], none: list[Json] | None = None) -> Json:
    return {"filter": {"bool": {"should": either, "must_not": none or []}}}


def _phrase(words: str) -> Json:
    return {"multi_match": {"query": words, "type": "phrase", "fields": LEGAL, "lenient": True}}


def _open_formats() -> str:
    """A pattern of Lucene: any format but those that are closed, or none."""
    names = sorted(formats.CLOSED | NO_FILE)
    spelt = {s for name in names for s in (name, name.upper(), name.capitalize())}
    return f"~({'|'.join(_escaped(s) for s in sorted(spelt))})"


def _escaped(name: str) -> str:
    return "".join(c if c.isalnum() or c in " /" else f"\\{c}" for c in name)


async def _ask(url: str, asked: Json, token: str, web: Web) -> Json:
    # Some sites want back, in a header, the token of the cookie that they gave.
    proof = {"Cookie": f"XSRF-TOKEN={token}", "X-XSRF-TOKEN": token} if token else {}
    return await web.post_json(url, asked, proof)


def _census(answer: Json, url: str, blank: Census) -> tuple[int, Census]:
    """The number of datasets, and those of each organisation; raises SourceError."""
    found = mapping(answer, "aggregations")
    total = number(mapping(mapping(answer, "hits"), "total"), "value")
    if total is None or not isinstance(mapping(found, "org").get("buckets"), list):
        raise SourceError(f"{url[:200]} : la réponse n'a pas la forme d'un comptage.")
    shards = mapping(answer, "_shards")
    if answer.get("timed_out") or number(shards, "failed") or found["org"].get(LEFT_OUT):
        raise SourceError(f"{url[:200]} : le portail n'a pas tout compté.")
    census = Census(blank.today, blank.holder)
    for name, bucket in _buckets(found):
        census.count(name, _tally(bucket, census.today))
    return total, census


LEFT_OUT = "sum_other_doc_count"


def _buckets(found: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    for bucket in mappings(mapping(found, "org"), "buckets"):
        yield text(bucket, "key"), bucket
    yield "", mapping(found, "nobody")


def _tally(bucket: Json, today: date) -> Tally:
    def counted(name: str, known: str) -> int | None:
        """The figure, unknown when no dataset says anything about it."""
        given = number(mapping(bucket, known), "doc_count")
        return number(mapping(bucket, name), "doc_count") if given else None

    last = (mapping(mapping(bucket, name), "last") for name in DATES)
    return Tally(
        datasets=number(bucket, "doc_count") or 0,
        open_licences=counted("open_licences", "licences"),
        open_formats=counted("open_formats", "formats"),
        # No mention of a schema may just be how the catalogue is kept.
        schemas=counted("schemas", "schemas"),
        recent=counted("recent", "dates"),
        updated=max(day(text(found, "value_as_string"), today) for found in last),
    )
