"""The states, units and lines of an indicator are those of its table, before any page."""

from __future__ import annotations

import pytest

from observatoire.indicators import discover
from observatoire.indicators.model import Header
from observatoire.site.charts.choice import Figure
from observatoire.site.measures.readings import Readings, called
from observatoire.site.measures.sections import MOST
from observatoire.site.measures.sheet import sheet
from observatoire.table import Table, from_records

COLUMNS = (
    *("repartition", "dimension", "code", "libelle", "millesime", "date", "valeur", "unite"),
    *("numerateur", "denominateur", "note", "source"),
)


def readings(*rows: tuple[str, str, str, str, int, int]) -> Readings:
    """From dimension, code, vintage, unit, numerator, denominator."""
    made: Table = from_records(
        COLUMNS,
        (
            dict(
                zip(
                    COLUMNS,
                    (
                        "",
                        d,
                        c,
                        c,
                        v,
                        f"{v}-12-31",
                        str(n),
                        u,
                        str(n),
                        str(of),
                        "Portée : x. y.",
                        "",
                    ),
                    strict=True,
                )
            )
            for d, c, v, u, n, of in rows
        ),
    )
    return Readings(made, header("I9"))


def header(name: str) -> Header:
    return next(i.HEADER for i in discover() if i.HEADER.id == name)


def test_a_count_says_what_it_is_among_only_where_it_belongs_to_it() -> None:
    found = readings(
        ("borne", "basse", "2021", "jeux", 30, 2),
        ("borne", "haute", "2021", "jeux", 45, 1),
        ("type", "COM", "2021", "organisations", 1, 2),
    )
    (state,) = found.vintages

    places = (("borne", "basse"), ("borne", "haute"), ("type", "COM"))
    told = [figure and figure.evidence for figure in (found.at(*p, state) for p in places)]
    assert told == ["chez 2 acteurs", "chez 1 acteur", "1 sur 2"]


def test_a_long_table_shows_its_first_lines_and_leads_to_its_file() -> None:
    rows = [("plateforme", f"p{n}", "2021", "%", n, 900) for n in range(MOST + 5)]
    made = sheet(header("I17"), readings(*rows), [], "")
    (section,) = made.sections

    assert len(section.lines) == MOST
    assert section.total == MOST + 5


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2018-01", "Édition de janvier 2018"),
        ("2018-10", "Édition d'octobre 2018"),
        ("2022", "Édition 2022"),
        ("v1.2.0", "Version v1.2.0"),
    ],
)
def test_a_state_has_a_name_in_words(name: str, words: str) -> None:
    assert called(name) == words


def test_of_many_versions_a_table_shows_the_last_ones() -> None:
    found = readings(
        *(("ensemble", "ensemble", v, "%", 1, 2) for v in ("2021", "2022")),
        *(("ensemble", "ensemble", f"v1.{n}.0", "%", 1, 2) for n in range(5)),
    )

    assert [v.name for v in found.shown] == ["2021", "2022", "v1.2.0", "v1.3.0", "v1.4.0"]
    assert len(found.vintages) == 7


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("0", "réutilisations", "réutilisation"),
        ("1", "jeux de données", "jeu de données"),
        ("2", "jeux de données", "jeux de données"),
        ("12.4", "%", ""),
        ("", "réutilisations", ""),
    ],
)
def test_a_unit_agrees_with_its_value_and_follows_no_dash(value: str, unit: str, said: str) -> None:
    assert Figure("a", "A", value, unit, 1, 2).counts == said
