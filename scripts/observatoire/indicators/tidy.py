"""The one tidy table of all the figures, and the published figures beside ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from observatoire.indicators import discover
from observatoire.indicators.model import Header, Indicator, Measure, Snapshot
from observatoire.model import Row
from observatoire.table import Table, from_records

COLUMNS = (
    "indicateur",
    "millesime",
    "dimension",
    "modalite",
    "numerateur",
    "denominateur",
    "valeur",
    "unite",
    "date",
    "source",
    "note",
)

KEY = COLUMNS[:4]

COMPARED = (
    *KEY,
    "valeur_publiee",
    "numerateur_publie",
    "denominateur_publie",
    "valeur_calculee",
    "numerateur_calcule",
    "denominateur_calcule",
    "ecart",
    "unite",
    "date",
    "source",
    "explication",
)


def tabulate(snapshots: Iterable[Snapshot], indicators: Sequence[Indicator] = ()) -> Table:
    """Every figure of every snapshot: by snapshot, then indicator, in the indicator's own order."""
    chosen = indicators or discover()
    return from_records(
        COLUMNS,
        (
            _record(indicator.HEADER, snapshot, measure)
            for snapshot in snapshots
            for indicator in chosen
            for measure in _measured(indicator, snapshot)
        ),
    )


def _measured(indicator: Indicator, snapshot: Snapshot) -> Iterator[Measure]:
    """All the figures of an indicator; of a published version, the followed dimensions only."""
    followed = {d.nom for d in indicator.HEADER.dimensions if d.suivie or not snapshot.version}
    if followed:
        yield from (m for m in indicator.measure(snapshot) if m.dimension in followed)


def _record(header: Header, snapshot: Snapshot, measure: Measure) -> Row:
    note = f"Portée : {measure.portee}."
    return {
        "indicateur": header.id,
        "millesime": snapshot.millesime,
        "dimension": measure.dimension,
        "modalite": measure.modalite,
        "numerateur": str(measure.numerateur),
        "denominateur": str(measure.denominateur),
        "valeur": measure.valeur,
        "unite": measure.unite,
        "date": snapshot.date,
        "source": snapshot.source,
        "note": f"{note} {measure.remarque}." if measure.remarque else note,
    }


def compare(figures: Table, published: Iterable[Row]) -> Table:
    """Published figures with ours beside, and the difference; ours is "" where no file exists."""
    ours = figures.by(*KEY)
    return from_records(COMPARED, (_beside(row, ours) for row in published))


def _beside(row: Row, ours: dict[tuple[str, ...], dict[str, str]]) -> Row:
    mine = ours.get(tuple(row[k] for k in KEY), {})
    value = mine.get("valeur", "")
    return {
        **{name: row[name] for name in COMPARED if name in row},
        "valeur_publiee": row["valeur"],
        "numerateur_publie": row["numerateur"],
        "denominateur_publie": row["denominateur"],
        "valeur_calculee": value,
        "numerateur_calcule": mine.get("numerateur", ""),
        "denominateur_calcule": mine.get("denominateur", ""),
        "ecart": _difference(value, row["valeur"]),
    }


def _difference(ours: str, theirs: str) -> str:
    if not ours or not theirs:
        return ""
    gap = Decimal(ours) - Decimal(theirs)
    return format(gap.normalize(), "f") if gap else "0"
