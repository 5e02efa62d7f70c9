"""Départements, regions, populations, coordinates and addresses of the old files."""

from __future__ import annotations

import pytest
from reprise_literals import ACIGNE, body, rebuilt, said, seen

from observatoire.migrations.reprise_2022 import rules
from observatoire.migrations.reprise_2022.gazetteer import postal_departement


def _one(row, *vue):
    edition = rebuilt([row], vue=vue).present
    return edition.organisations[0], edition.corrections


def test_a_wrong_departement_takes_that_of_the_reference() -> None:
    row = body(siren="210500104", nom="ASPRES-SUR-BUECH", depcode="04", regcode="PAC-93")
    organisation, journal = _one(row)
    assert organisation["departement"] == "05"
    assert organisation["statut"] == "actif"
    assert said(journal, "depcode") == [("04", "05", "", "corrige", rules.DEPARTEMENT_WRONG)]


def test_of_two_departements_that_of_the_seat_is_kept() -> None:
    row = body(
        siren="200046050",
        nom="VAL DE LOIRE NUMERIQUE",
        type="AGCT",
        depcode="37, 41",
        regcode="CVL-24",
    )
    organisation, journal = _one(row, seen("200046050", "Place de la République 41000 Blois"))
    assert organisation["departement"] == "41"
    assert said(journal, "depcode") == [("37, 41", "41", "", "corrige", rules.DEPARTEMENT_SEVERAL)]


def test_an_empty_departement_of_a_local_authority_is_that_of_the_reference() -> None:
    organisation, journal = _one(body(depcode=""))
    assert organisation["departement"] == "35"
    assert said(journal, "depcode") == [("", "35", "", "corrige", rules.DEPARTEMENT_MISSING)]


def test_an_empty_departement_of_an_associated_body_is_that_of_its_address_in_doubt() -> None:
    row = body(siren="200044543", nom="ATD", type="OACT", depcode="", regcode="")
    organisation, journal = _one(row, seen("200044543", "2 place Hoche 35000 Rennes"))
    assert organisation["departement"] == "35"
    assert said(journal, "depcode") == [("", "35", "", "doute", rules.DEPARTEMENT_POSTAL)]


def test_an_unreadable_departement_is_dropped_with_a_line() -> None:
    row = body(siren="200044543", nom="ATD", type="OACT", depcode="charente", regcode="")
    organisation, journal = _one(row)
    assert organisation["departement"] == ""
    assert said(journal, "depcode") == [("charente", "", "", "retire", rules.DEPARTEMENT_UNKNOWN)]


def test_a_region_code_that_contradicts_the_departement_is_dropped_with_a_line() -> None:
    _, journal = _one(body(regcode="PDL-52"))
    assert said(journal, "regcode") == [("PDL-52", "", "53", "retire", rules.REGION_WRONG)]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("6700.0", None),
        ("6000.0", rules.POPULATION_OTHER),
        ("100000.0", rules.POPULATION_FAR),
        ("35001.0", rules.POPULATION_IS_CODE),
        ("beaucoup", rules.COUNT_UNREADABLE),
    ],
)
def test_the_population_of_a_local_authority_comes_from_the_reference(cell, rule) -> None:
    organisation, journal = _one(body(pop_insee=cell))
    assert organisation["population_desservie"] == ""
    assert [x[-1] for x in said(journal, "pop-insee")] == ([rule] if rule else [])


def test_the_population_that_an_associated_body_serves_is_kept() -> None:
    organisation, journal = _one(
        body(siren="254002272", nom="ADACL", type="AGCT", pop_insee="410355.0")
    )
    assert organisation["population_desservie"] == "410355"
    assert said(journal, "pop-insee") == []


def test_the_population_of_a_doubtful_siren_is_dropped_with_a_line() -> None:
    row = body(siren="214400400", nom="CHEMERE", depcode="44", regcode="PDL-52", pop_insee="2123.0")
    _, journal = _one(row)
    assert said(journal, "pop-insee") == [("2123.0", "", "", "retire", rules.POPULATION_UNKNOWN)]


def test_a_longitude_with_the_wrong_sign_is_turned_round() -> None:
    row = body(
        siren="200012508",
        nom="NOUMEA",
        depcode="988",
        regcode="NC",
        lat="-22.274526",
        long="-166.442419",
    )
    organisation, journal = _one(row)
    assert (organisation["latitude"], organisation["longitude"]) == ("-22.274526", "166.442419")
    assert said(journal, "long") == [("-166.442419", "166.442419", "", "corrige", rules.POINT_SIGN)]


def test_a_longitude_copied_from_the_latitude_goes_with_it() -> None:
    organisation, journal = _one(body(lat="48.1", long="48.1"))
    assert (organisation["latitude"], organisation["longitude"]) == ("", "")
    assert said(journal, "lat") == [("48.1", "", "", "retire", rules.POINT_COPIED)]
    assert said(journal, "long") == [("48.1", "", "", "retire", rules.POINT_COPIED)]


def test_half_a_point_is_dropped_with_a_line() -> None:
    organisation, journal = _one(body(lat="48.1"))
    assert organisation["latitude"] == ""
    assert said(journal, "lat") == [("48.1", "", "", "retire", rules.POINT_HALF)]


def test_an_address_and_its_point_complete_a_line_without() -> None:
    organisation, journal = _one(
        body(), seen(ACIGNE, "Place de la Mairie  35690 Acigné", "48.133900", "-1.536640")
    )
    assert organisation["adresse"] == "Place de la Mairie 35690 Acigné"
    assert (organisation["latitude"], organisation["longitude"]) == ("48.1339", "-1.53664")
    assert journal == []


def test_a_point_in_another_departement_is_replaced_by_that_of_the_address() -> None:
    organisation, journal = _one(
        body(lat="49.387496", long="2.46336"), seen(ACIGNE, "Mairie 35690 Acigné", "48.13", "-1.53")
    )
    assert (organisation["latitude"], organisation["longitude"]) == ("48.13", "-1.53")
    assert said(journal, "lat") == [("49.387496", "48.13", "", "corrige", rules.POINT_FAR)]
    assert said(journal, "long") == [("2.46336", "-1.53", "", "corrige", rules.POINT_FAR)]


def test_an_address_in_another_departement_is_not_taken() -> None:
    organisation, journal = _one(
        body(lat="48.13", long="-1.53"),
        seen(ACIGNE, "20 rue Le Peletier 75009 Paris", "48.87", "2.33"),
    )
    assert organisation["adresse"] == ""
    assert organisation["latitude"] == "48.13"
    assert said(journal, "adress (vue d'avril 2022)") == [
        ("20 rue Le Peletier 75009 Paris", "", "département 75", "retire", rules.ADDRESS_ELSEWHERE)
    ]


def test_an_address_without_a_postal_code_is_not_taken() -> None:
    organisation, journal = _one(
        body(), seen(ACIGNE, "Parc municipal Condé-en-Normandie", "48.8", "-0.5")
    )
    assert (organisation["adresse"], organisation["latitude"]) == ("", "")
    assert said(journal, "adress (vue d'avril 2022)")[0][-1] == rules.ADDRESS_VAGUE


def test_a_point_and_an_address_that_agree_against_the_departement_make_it_doubtful() -> None:
    row = body(
        siren="509795829",
        nom="PIGMA",
        type="OACT",
        depcode="60",
        regcode="HDF-32",
        lat="44.84",
        long="-0.57",
    )
    organisation, journal = _one(row, seen("509795829", "33370 POMPIGNAC", "44.85", "-0.43"))
    assert (organisation["departement"], organisation["statut"]) == ("60", "a_verifier")
    assert said(journal, "depcode") == [("60", "60", "33", "doute", rules.DEPARTEMENT_DOUBTED)]


def test_a_commune_far_from_its_address_may_be_a_namesake() -> None:
    row = body(
        siren="216001446", nom="CHELLES", depcode="60", regcode="HDF-32", lat="49.0", long="2.59"
    )
    organisation, journal = _one(row, seen("216001446", "60350 CHELLES", "49.353311", "3.034376"))
    assert (organisation["adresse"], organisation["statut"]) == ("", "a_verifier")
    assert said(journal, "siren")[0][2:] == (
        "217701085 Chelles (COM, 77)",
        "doute",
        rules.SIREN_NAMESAKE,
    )
    assert said(journal, "lat") == [("49.0", "49", "49.353311", "doute", rules.ADDRESS_APART)]


def test_an_unreadable_accent_of_an_address_is_read_again() -> None:
    organisation, journal = _one(body(), seen(ACIGNE, "2 Rue Dessus Vi├¿re 35690 Acigné"))
    assert organisation["adresse"] == "2 Rue Dessus Vière 35690 Acigné"
    assert said(journal, "adress (vue d'avril 2022)")[0][-1] == rules.ADDRESS_REPAIRED


@pytest.mark.parametrize(
    ("address", "departement"),
    [
        ("12 rue du 71ème régiment 22000 Saint-Brieuc", "22"),
        ("20000 Ajaccio", "2A"),
        ("Lergie 20250 Corte", "2B"),
        ("97400 Saint-Denis", "974"),
        ("98800 NOUMEA", "988"),
        ("La Fresquière", ""),
    ],
)
def test_a_postal_code_gives_its_departement(address: str, departement: str) -> None:
    assert postal_departement(address) == departement
