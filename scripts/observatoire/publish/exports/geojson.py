"""The flat view as points on a map (RFC 7946), one organisation per line of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from observatoire.publish.datami import flat
from observatoire.publish.draft import Draft
from observatoire.schema import Field, Schema
from observatoire.table import Table

NAME = "organisations.geojson"
PLACE = ("lon", "lat")
DIGITS = 6
"""A tenth of a metre: more would be noise (RFC 7946, section 11.2)."""
AT_ONCE = 2000
"""Features written at a time: all of them as objects take six times the room of their text."""


def export(draft: Draft) -> Mapping[str, bytes]:
    """Every organisation whose place is known."""
    import orjson

    described = draft.register.schema(flat.SCHEMA)
    placed = [row for row in draft.view.rows if all(row[at] for at in _places(draft.view))]
    points = _points(placed, *_places(draft.view))
    head = orjson.dumps(
        {"type": "FeatureCollection", "title": "Organismes"} | _box(points),
        option=orjson.OPT_SORT_KEYS,
    )
    parts = (
        _features(Table(draft.view.columns, placed[at : at + AT_ONCE]), described, points[at:])
        for at in range(0, len(placed), AT_ONCE)
    )
    return {NAME: b"".join((head[:-1], b',"features":[\n', b",\n".join(parts), b"\n]}\n"))}


def _features(view: Table, described: Schema, points: Sequence[tuple[float, float]]) -> bytes:
    """Some lines of the view, one feature per line."""
    import orjson

    features = [
        {
            "type": "Feature",
            "id": told["siren"],
            "geometry": {"type": "Point", "coordinates": point},
            "properties": told,
        }
        for point, told in zip(points, _properties(view, described), strict=False)
    ]
    # Inside a JSON text these quotation marks would be escaped: only features are cut.
    return orjson.dumps(features)[1:-1].replace(b'},{"type":', b'},\n{"type":')


def _places(view: Table) -> tuple[int, int]:
    return view.position("lon"), view.position("lat")


def _points(rows: Sequence[Sequence[str]], lon: int, lat: int) -> list[tuple[float, float]]:
    return [(round(float(r[lon]), DIGITS), round(float(r[lat]), DIGITS)) for r in rows]


def _properties(view: Table, described: Schema) -> Iterator[dict[str, object]]:
    """The other cells in their types, worked out column by column."""
    names = [f.name for f in described.fields if f.name not in PLACE]
    columns = [_typed(view.column(n), described.field(n)) for n in names]
    return (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))


def _typed(cells: list[str], field: Field) -> list[object]:
    """An empty cell is null."""
    readers: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": float,
        "boolean": lambda cell: cell == "true",
    }
    read = readers.get(field.type)
    return [read(c) if c else None for c in cells] if read else [c or None for c in cells]


def _box(points: Sequence[tuple[float, float]]) -> dict[str, list[float]]:
    """West, south, east, north; nothing around no point."""
    if not points:
        return {}
    across, along = zip(*points, strict=True)
    return {"bbox": [min(across), min(along), max(across), max(along)]}
