"""The flat view as points on a map (RFC 7946), one organisation per line of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from observatoire.publish.datami import flat
from observatoire.publish.draft import Draft
from observatoire.schema import Field

NAME = "organisations.geojson"
PLACE = ("lon", "lat")
DIGITS = 6
"""A tenth of a metre: more would be noise (RFC 7946, section 11.2)."""


def export(draft: Draft) -> Mapping[str, bytes]:
    """Every organisation whose place is known."""
    import orjson

    features = list(_features(draft))
    head = orjson.dumps(
        {"type": "FeatureCollection", "title": "Organismes"} | _box(features),
        option=orjson.OPT_SORT_KEYS,
    )
    lines = b",\n".join(orjson.dumps(f) for f in features)
    return {NAME: head[:-1] + b',"features":[\n' + lines + b"\n]}\n"}


def _features(draft: Draft) -> Iterator[dict[str, Any]]:
    described = draft.register.schema(flat.SCHEMA)
    kept = [(f.name, _reader(f)) for f in described.fields if f.name not in PLACE]
    for row in draft.view.records():
        if all(row[name] for name in PLACE):
            yield {
                "type": "Feature",
                "id": row["siren"],
                "geometry": {
                    "type": "Point",
                    "coordinates": [round(float(row[n]), DIGITS) for n in PLACE],
                },
                "properties": {name: read(row[name]) if row[name] else None for name, read in kept},
            }


def _reader(field: Field) -> Callable[[str], object]:
    readers: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": float,
        "boolean": lambda cell: cell == "true",
    }
    return readers.get(field.type, str)


def _box(features: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """West, south, east, north; nothing around no point."""
    points = [f["geometry"]["coordinates"] for f in features]
    if not points:
        return {}
    across, along = zip(*points, strict=True)
    return {"bbox": [min(across), min(along), max(across), max(along)]}
