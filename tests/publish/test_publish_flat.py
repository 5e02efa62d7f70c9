"""The flat view that Datami shows: one line per organisation, derived cells worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_register import edited, register

from observatoire.indicators.brackets import index
from observatoire.publish.datami import derive, flat
from observatoire.reference import lookup

OLD_HEADER = (
    "id_odf;siren;nom;type;adress;url_ptf;nb_ptf;url_datagouv;nb_datagouv;id_datagouv;merge;"
    "tranche_ptf;platform_clean;orga;tags;id_ods;depcode;dep_label;reg_code_short;reg_code_geo;"
    "pop_insee;tranche_pop;lat;lon;boolean"
)


def line(siren: str, **changed: str) -> dict[str, str]:
    small = register(**changed)
    rows = flat.view(small, lookup.load(small)).by("siren")
    return rows[(siren,)]


def test_the_columns_are_those_of_2022() -> None:
    small = register()

    assert flat.view(small, lookup.load(small)).columns == tuple(OLD_HEADER.split(";"))


def test_both_places_of_publication_are_summed_up() -> None:
    rennes = line("213502388")

    assert rennes["merge"] == "ptf+datagouv"
    assert (rennes["nb_ptf"], rennes["nb_datagouv"], rennes["tranche_ptf"]) == (
        "30",
        "4",
        "d_26_50",
    )
    assert rennes["platform_clean"] == "DataGouv|OpenDataSoft"
    assert rennes["orga"] == "Rennes Métropole|data.gouv.fr"
    assert rennes["id_datagouv"] == "534fff80a3a7292c64a77e41"
    assert rennes["id_ods"] == "Ville de Rennes"
    assert rennes["boolean"] == "true"


def test_an_empty_account_is_no_publication() -> None:
    village = line("210100012")

    assert (village["merge"], village["tranche_ptf"], village["boolean"]) == ("", "d_na", "false")
    assert village["url_datagouv"] == ""


def test_the_territory_comes_from_the_reference() -> None:
    rennes = line("213502388")

    assert rennes["dep_label"] == "Ille-et-Vilaine"
    assert (rennes["reg_code_short"], rennes["reg_code_geo"]) == ("BRE", "53")
    assert (rennes["pop_insee"], rennes["tranche_pop"]) == ("225081", "p_100_250")


def test_an_associated_body_has_the_population_that_it_serves() -> None:
    assert line("219300597")["pop_insee"] == "120000"


def test_a_publication_without_an_address_points_to_its_platform() -> None:
    assert line("243500139")["url_ptf"] == "https://data.rennesmetropole.fr"


def test_a_body_that_ceased_is_left_out() -> None:
    small = register(**edited("organisations", "Culture|Social,,actif", "Culture|Social,,cesse"))

    assert ("213502388",) not in flat.view(small, lookup.load(small)).by("siren")


def test_coordinates_are_written_as_javascript_does() -> None:
    changed = edited("organisations", "35,,48.1147,", "35,,48.11470,")

    assert line("243500139", **changed)["lat"] == "48.1147"
    assert derive.number("") == ""


def test_a_platform_s_name_cannot_look_like_two() -> None:
    changed = edited("plateformes", "rennes-metropole,Rennes Métropole", "rennes-metropole,A|B")

    assert line("243500139", **changed)["orga"] == "A/B"


@pytest.mark.parametrize(
    ("people", "bracket"),
    [
        ("", "p_na"),
        ("0", "na"),
        ("999", "na"),
        ("1000", "p_1_5"),
        ("4999", "p_1_5"),
        ("5000", "p_5_10"),
        ("999999", "p_500_1000"),
        ("1000000", "p_1000_5000.001"),
        ("12317279", "p_1000_5000.001"),
    ],
)
def test_population_brackets_are_half_open(people: str, bracket: str) -> None:
    assert derive.size(people) == bracket


@pytest.mark.parametrize(
    ("datasets", "bracket"),
    [
        (0, "d_na"),
        (1, "d_1_5"),
        (5, "d_1_5"),
        (6, "d_6_10"),
        (500, "d_251_500"),
        (9999, "d_501_5000"),
    ],
)
def test_volume_brackets(datasets: int, bracket: str) -> None:
    assert derive.volume(datasets) == bracket


@given(st.integers(0, 10**8))
def test_every_population_falls_in_the_bracket_that_holds_it(people: int) -> None:
    bounds = tuple(derive.SIZES)
    rank = index(people, bounds)

    assert bounds[rank] <= people
    assert rank + 1 == len(bounds) or people < bounds[rank + 1]
