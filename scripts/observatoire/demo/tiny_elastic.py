"""As much of Elasticsearch as our questions use, over documents in memory.

A question that it does not understand is an error, as on a real server: what we send is checked.
https://www.elastic.co/guide/en/elasticsearch/reference/7.17/search-search.html
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

Document = Mapping[str, Sequence[str]]
"""A document by field; each has any number of values."""


class Unknown(Exception):
    """A question that the server refuses."""


def search(question: Mapping[str, Any], documents: Sequence[Document]) -> dict[str, Any]:
    """The answer to a question; raises Unknown."""
    found = [d for d in documents if _matches(question["query"], d)]
    return {
        "took": 3,
        "timed_out": False,
        "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0},
        "hits": {"total": {"value": len(found), "relation": "eq"}, "hits": []},
        "aggregations": _aggregations(question["aggs"], found),
    }


def _matches(query: Mapping[str, Any], document: Document) -> bool:
    [(kind, body)] = query.items()
    if kind == "bool":
        return _bool(body, document)
    if kind == "exists":
        return any(f == body["field"] or f.startswith(f"{body['field']}.") for f in document)
    if kind == "multi_match":
        names = [f for f in document if any(fnmatchcase(f, p) for p in body["fields"])]
        return any(_words(body["query"]) in _words(v) for f in names for v in document[f])
    if kind not in ON_ONE_FIELD:
        raise Unknown(f"unknown query [{kind}]")
    [(field, wanted)] = body.items()
    return any(ON_ONE_FIELD[kind](value, wanted) for value in document.get(field, ()))


def _bool(body: Mapping[str, Any], document: Document) -> bool:
    if set(body) - {"filter", "should", "must_not"}:
        raise Unknown("[bool] query does not support this")
    should = body.get("should", [])
    return (
        all(_matches(q, document) for q in body.get("filter", ()))
        and (not should or any(_matches(q, document) for q in should))
        and not any(_matches(q, document) for q in body.get("must_not", ()))
    )


def _in_range(value: str, wanted: Mapping[str, str]) -> bool:
    return wanted.get("gte", "") <= value and ("lte" not in wanted or value <= wanted["lte"])


def _regexp(value: str, wanted: Mapping[str, str]) -> bool:
    """A pattern of Lucene covers the whole value; ``~`` is what it does not cover."""
    pattern = wanted["value"]
    if pattern.startswith("~("):
        return not re.fullmatch(pattern[1:], value)
    return bool(re.fullmatch(pattern, value))


ON_ONE_FIELD: Mapping[str, Callable[[str, Any], bool]] = {
    "term": lambda value, wanted: value == wanted,
    "terms": lambda value, wanted: value in wanted,
    "prefix": lambda value, wanted: value.startswith(wanted),
    "range": _in_range,
    "regexp": _regexp,
    "wildcard": lambda value, wanted: fnmatchcase(value, wanted["value"]),
}


def _words(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9é]+', ' ', text.casefold())} "


def _aggregations(asked: Mapping[str, Any], found: Sequence[Document]) -> dict[str, Any]:
    return {name: _aggregation(dict(body), found) for name, body in asked.items()}


def _aggregation(body: dict[str, Any], found: Sequence[Document]) -> dict[str, Any]:
    inner = body.pop("aggs", {})
    [(kind, about)] = body.items()
    match kind:
        case "terms":
            return _terms(about, inner, found)
        case "missing":
            kept = [d for d in found if about["field"] not in d]
        case "filter":
            kept = [d for d in found if _matches(about, d)]
        case "max":
            return _max([v for d in found for v in d.get(about["field"], ())])
        case _:
            raise Unknown(f"unknown aggregation type [{kind}]")
    return {"doc_count": len(kept), **_aggregations(inner, kept)}


def _terms(
    about: Mapping[str, Any], inner: Mapping[str, Any], found: Sequence[Document]
) -> dict[str, Any]:
    field, size = about["field"], about["size"]
    if any(f"{field}.keyword" in d for d in found):
        raise Unknown(f"Fielddata is disabled on text fields by default [{field}]")
    counts = Counter(v for d in found for v in set(d.get(field, ())))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    buckets = []
    for value, number in ranked[:size]:
        held = [d for d in found if value in d.get(field, ())]
        buckets.append({"key": value, "doc_count": number, **_aggregations(inner, held)})
    return {
        "doc_count_error_upper_bound": 0,
        "sum_other_doc_count": sum(n for _, n in ranked[size:]),
        "buckets": buckets,
    }


def _max(values: Sequence[str]) -> dict[str, Any]:
    if not values:
        return {"value": None}
    return {"value": 1.6e12, "value_as_string": f"{max(values)}T00:00:00.000Z"}
