"""From a division of France to the tables, on a slice made by hand."""

from __future__ import annotations

from dataclasses import replace

from observatoire.reference.build import Tables, tables
from observatoire.reference.source import (
    Commune,
    Division,
    Former,
    Groupement,
    Identity,
    Territory,
)

DIVISION = Division(
    communes=[
        Commune("75056", "217500016", "Paris", "75", "11", 2_000),
        Commune("94017", "219400173", "Champigny-sur-Marne", "94", "11", 70),
        Commune("91027", "219100278", "Athis-Mons", "91", "11", 30),
        Commune("98818", "", "Nouméa", "988", "988", 900),
        Commune("98411", "", "Îles Saint-Paul", "984", "984", None),
        Commune("22016", "212200166", "Île-de-Bréhat", "22", "53", 0),
    ],
    groupements=[
        Groupement(
            "200054781", "Métropole du Grand Paris", "MET", ["75056", "91027", "94017"], 2_090
        ),
        Groupement("200057941", 'EPT  "Paris\nEst"', "EPT", ["94017", "91027"], 100),
        Groupement("200000172", "CC sans habitant connu", "CC", ["98411", "00000"]),
    ],
    departements=[
        Territory("75", "Paris", "11", "metro"),
        Territory("91", "Essonne", "11", "metro"),
        Territory("94", "Val-de-Marne", "11", "metro"),
        Territory("22", "Côtes-d'Armor", "53", "metro"),
        Territory("984", "Terres australes", "984", "com"),
        Territory("988", "Nouvelle-Calédonie", "988", "com"),
    ],
    regions=[
        Territory("11", "Île-de-France", "11", "metro"),
        Territory("984", "Terres australes", "984", "com"),
    ],
    formers=[Former("93059", "Pierrefitte-sur-Seine", "93", "93066")],
)
IDENTITIES = {
    ("departement", "75"): Identity("217500016", "Ville de Paris", "", "Commune et département"),
    ("region", "11"): Identity("237500079", "Île-de-France", "IDF", ""),
    ("commune", "98818"): Identity("200012508", "Nouméa", "", ""),
}


def built() -> Tables:
    return tables(DIVISION, IDENTITIES)


def by(name: str, key: str) -> dict[str, dict[str, str]]:
    return {row[key]: dict(row) for row in built()[name]}


def test_a_commune_carries_its_epci_and_its_ept() -> None:
    assert by("communes", "code")["94017"] == {
        "code": "94017",
        "siren": "219400173",
        "nom": "Champigny-sur-Marne",
        "departement": "94",
        "epci": "200054781",
        "ept": "200057941",
        "population": "70",
        "region": "11",
    }
    assert by("communes", "code")["75056"]["ept"] == ""


def test_the_siren_that_the_source_lacks_comes_from_the_identifiers_kept_by_hand() -> None:
    assert by("communes", "code")["98818"]["siren"] == "200012508"
    assert by("communes", "code")["98411"]["siren"] == ""


def test_an_unknown_population_is_empty_and_no_inhabitant_is_zero() -> None:
    communes = by("communes", "code")
    assert (communes["98411"]["population"], communes["22016"]["population"]) == ("", "0")
    departements = by("departements", "code")
    assert (departements["984"]["population"], departements["22"]["population"]) == ("", "0")


def test_an_epci_counts_its_communes_and_stands_where_most_people_live() -> None:
    assert by("epci", "siren")["200054781"] == {
        "siren": "200054781",
        "nom": "Métropole du Grand Paris",
        "type": "MET",
        "departement": "75",
        "nb_communes": "3",
        "population": "2100",
        "region": "11",
    }


def test_an_epci_as_large_on_both_sides_stands_in_the_first_departement() -> None:
    shared = Groupement("200000172", "CC", "CC", ["94017", "91027", "98411"])
    even = replace(
        DIVISION,
        groupements=[shared],
        communes=[c._replace(population=c.population and 70) for c in DIVISION.communes],
    )
    (row,) = tables(even, IDENTITIES)["epci"]

    # The population of the third commune is unknown: nobody is counted for it.
    assert (row["departement"], row["population"], row["nb_communes"]) == ("91", "140", "3")


def test_an_ept_is_listed_with_the_epci() -> None:
    row = by("epci", "siren")["200057941"]
    assert (row["type"], row["departement"], row["population"]) == ("EPT", "94", "100")


def test_a_name_is_written_as_a_canonical_cell() -> None:
    assert by("epci", "siren")["200057941"]["nom"] == "EPT Paris Est"


def test_a_departement_and_a_region_take_their_siren_from_the_identifiers() -> None:
    assert by("departements", "code")["75"] == {
        "code": "75",
        "nom": "Paris",
        "siren": "217500016",
        "population": "2000",
        "remarque": "Commune et département",
        "zone": "metro",
        "region": "11",
    }
    region = by("regions", "code")["11"]
    assert (region["siren"], region["sigle"], region["population"]) == ("237500079", "IDF", "2100")


def test_former_communes_point_at_what_they_became() -> None:
    assert built()["anciennes"] == [
        {
            "code": "93059",
            "nom": "Pierrefitte-sur-Seine",
            "departement": "93",
            "commune": "93066",
        }
    ]
