"""Each indicator on a small France, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_france import at, organisation, snapshot

from observatoire import indicators
from observatoire.indicators import (
    i01_acteurs_ouverts,
    i03_taux_ouverture,
    i04_type_et_taille,
    i12_geographie,
)
from observatoire.indicators.model import percent

SMALL = snapshot(
    organisation("213500010", "COM"),
    organisation("213500028", "COM"),
    organisation("213500036", "COM", ouverte=False),
    organisation("219740115", "COM", "974"),
    organisation("243500139", "MET"),
    organisation("999999999", "CC"),
    organisation("130000001", "OACT", ""),
    organisation("130000002", "DSPT", ouverte=False),
    organisation("130000003", "SDE"),
)


def test_actors_are_counted_by_group_and_type_without_the_state() -> None:
    found = list(i01_acteurs_ouverts.measure(SMALL))

    assert at(found, "ensemble", "ensemble") == (6, 8, "6")
    assert at(found, "groupe", "collectivites") == (5, 6, "5")
    assert at(found, "groupe", "associes") == (1, 2, "1")
    assert at(found, "type", "COM") == (3, 4, "3")
    assert at(found, "type", "REG") == (0, 0, "0")


def test_groups_and_types_add_up_to_the_whole() -> None:
    found = list(i01_acteurs_ouverts.measure(SMALL))
    whole = at(found, "ensemble", "ensemble")[0]

    for dimension in ("groupe", "type"):
        assert sum(m.numerateur for m in found if m.dimension == dimension) == whole


def test_the_rate_counts_obliged_bodies_of_the_reference_only() -> None:
    found = list(i03_taux_ouverture.measure(SMALL))

    assert at(found, "ensemble", "ensemble") == (3, 8, "37.5")
    assert at(found, "zone", "metropole") == (2, 5, "40")
    assert at(found, "zone", "outre-mer") == (1, 3, "33.3")
    assert "hors de ce compte : 2 (" in found[0].remarque


def test_rates_by_type_use_the_type_of_the_reference() -> None:
    found = list(i04_type_et_taille.measure(SMALL))

    assert at(found, "type", "COM") == (2, 3, "66.7")
    assert at(found, "type", "MET") == (1, 1, "100")
    assert at(found, "type", "CC") == (0, 0, "")


def test_rates_by_size_hold_communes_under_the_threshold_too() -> None:
    found = list(i04_type_et_taille.measure(SMALL))

    assert at(found, "population_communes", "0001000-0003499") == (1, 1, "100")
    assert at(found, "population_communes", "0003500-0004999") == (0, 1, "0")
    assert at(found, "population_epci", "0250000-0499999") == (1, 1, "100")


def test_places_are_listed_even_when_empty_and_unknown_is_said() -> None:
    found = list(i12_geographie.measure(SMALL))

    assert at(found, "region", "53") == (4, 6, "4")
    assert at(found, "region", "04") == (1, 6, "1")
    assert at(found, "departement", "974") == (1, 6, "1")
    assert at(found, "departement", "inconnu") == (1, 6, "1")


def test_nothing_open_is_zero_not_an_error() -> None:
    empty = snapshot()

    for indicator in indicators.discover():
        assert all(m.numerateur == 0 for m in indicator.measure(empty))


def test_indicators_are_discovered_in_order_with_whole_headers() -> None:
    headers = [i.HEADER for i in indicators.discover()]

    assert [h.id for h in headers] == [f"I{n}" for n in range(1, 18)]
    for header in headers:
        words = [getattr(header, name) for name in header.__slots__ if name != "dimensions"]
        assert all(text.strip() for text in words)
        assert any(d.tete for d in header.dimensions)


@pytest.mark.parametrize(
    ("part", "of", "text"), [(728, 4605, "15.8"), (1, 8, "12.5"), (1, 2000, "0.1"), (0, 0, "")]
)
def test_a_share_has_one_decimal_at_most(part: int, of: int, text: str) -> None:
    assert percent(part, of) == text


@given(st.integers(1, 10**6), st.data())
def test_a_share_is_within_half_a_tenth_of_the_truth(of: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, of))

    assert abs(float(percent(part, of)) - 100 * part / of) <= 0.05 + 1e-9
