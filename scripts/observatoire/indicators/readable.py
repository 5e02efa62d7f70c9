"""One readable table per indicator: codes in words, the vintages of a figure side by side."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.indicators import discover
from observatoire.indicators.model import Header, Indicator
from observatoire.indicators.vocabulary import Vocabulary
from observatoire.model import Row
from observatoire.table import Table, from_records

FOLDER = "indicateurs"
COLUMNS = (
    "repartition",
    "dimension",
    "code",
    "libelle",
    "millesime",
    "date",
    "valeur",
    "unite",
    "numerateur",
    "denominateur",
    "note",
    "source",
)


def tables(figures: Table, words: Vocabulary) -> Mapping[str, Table]:
    """Each indicator's table by name ("indicateurs/i01_acteurs_ouverts")."""
    rows: dict[str, list[Row]] = {}
    for row in figures.records():
        rows.setdefault(row["indicateur"], []).append(row)
    return {
        f"{FOLDER}/{name_of(i)}": _table(i.HEADER, rows.get(i.HEADER.id, []), words)
        for i in discover()
    }


def name_of(indicator: Indicator) -> str:
    """The name of an indicator's file: that of its module."""
    return str(vars(indicator)["__name__"]).rpartition(".")[2]


def _table(header: Header, rows: list[Row], words: Vocabulary) -> Table:
    """The rows in the order of the header's dimensions; a figure's vintages follow each other."""
    order = {d.nom: rank for rank, d in enumerate(header.dimensions)}
    places: dict[tuple[str, str], int] = {}
    for row in reversed(rows):
        places.setdefault((row["dimension"], row["modalite"]), len(places))
    ranked = sorted(
        rows,
        key=lambda r: (order[r["dimension"]], -places[r["dimension"], r["modalite"]]),
    )
    return from_records(COLUMNS, (_record(header, row, words) for row in ranked))


def _record(header: Header, row: Row, words: Vocabulary) -> Row:
    dimension = header.dimension(row["dimension"])
    return {
        **{name: row[name] for name in COLUMNS if name in row},
        "repartition": dimension.titre,
        "code": row["modalite"],
        "libelle": words.words(dimension, row["modalite"]),
    }
