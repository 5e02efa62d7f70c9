"""The committed reference: complete, sound, canonical, and true on the cases that catch people."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from stdnum.fr import siren as checksum

from observatoire.files import Folder
from observatoire.reference.lookup import Reference, load
from observatoire.register import Register

VINTAGES = ("2022", "2026")


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(Folder(Path(__file__).parents[2]))


@pytest.fixture(scope="module")
def references(register: Register) -> dict[str, Reference]:
    return {year: load(register, year) for year in VINTAGES}


@pytest.mark.parametrize(
    ("year", "communes", "with_siren", "people"),
    [("2022", 35_049, 34_961, 68_026_247), ("2026", 34_969, 34_881, 68_952_941)],
)
def test_the_communes_are_all_there(
    references: dict[str, Reference], year: str, communes: int, with_siren: int, people: int
) -> None:
    found = references[year].communes
    assert len(found) == communes
    assert sum(bool(c.siren) for c in found) == with_siren
    assert sum(c.population or 0 for c in found) == people


def test_the_communes_of_3500_inhabitants_in_2026(references: dict[str, Reference]) -> None:
    assert sum((c.population or 0) >= 3_500 for c in references["2026"].communes) == 3_290


def test_the_legal_population_of_2020_without_mayotte(references: dict[str, Reference]) -> None:
    """Insee, populations légales 2020: 67,162,154 in France without Mayotte."""
    reference = references["2022"]
    people = [
        c.population or 0
        for c in reference.communes
        if reference.departements[c.departement].zone != "com" and c.departement != "976"
    ]
    assert sum(people) == 67_162_154


@pytest.mark.parametrize(
    ("year", "types"),
    [
        ("2022", {"CC": 992, "CA": 227, "CU": 14, "MET": 22, "EPT": 11, "DEP": 95, "REG": 21}),
        ("2026", {"CC": 989, "CA": 230, "CU": 14, "MET": 22, "EPT": 11, "DEP": 95, "REG": 21}),
    ],
)
def test_the_bodies_by_type(
    references: dict[str, Reference], year: str, types: dict[str, int]
) -> None:
    found = Counter(b.type for b in references[year].bodies.values())
    assert {t: n for t, n in found.items() if t != "COM"} == types


@pytest.mark.parametrize("year", VINTAGES)
def test_every_siren_passes_its_checksum(references: dict[str, Reference], year: str) -> None:
    assert [s for s in references[year].bodies if not checksum.is_valid(s)] == []


@pytest.mark.parametrize("year", VINTAGES)
def test_codes_point_at_lines_that_exist(references: dict[str, Reference], year: str) -> None:
    r = references[year]
    groupements = {g.siren for g in r.groupements} | {""}
    for c in r.communes:
        assert c.region == r.departements[c.departement].region
        assert {c.epci, c.ept} <= groupements
    assert {d.region for d in r.departements.values()} <= set(r.regions)
    assert {a.commune for a in r.anciennes} <= set(r.commune_of)


@pytest.mark.parametrize("year", VINTAGES)
def test_all_of_the_grand_paris_but_paris_is_in_an_ept(
    references: dict[str, Reference], year: str
) -> None:
    members = [c for c in references[year].communes if c.epci == "200054781"]
    assert [c.nom for c in members if not c.ept] == ["Paris"]
    assert all(c.epci == "200054781" for c in references[year].communes if c.ept)


@pytest.mark.parametrize(
    ("siren", "nom", "type", "code"),
    [
        ("217500016", "Paris", "COM", "75056"),
        ("200046977", "Métropole de Lyon", "MET", "200046977"),
        ("226900017", "Rhône", "DEP", "69"),
        ("200094332", "Collectivité européenne d'Alsace", "DEP", "67"),
        ("200076958", "Corse", "REG", "94"),
        ("200055507", "Martinique", "REG", "02"),
        ("200052678", "Guyane", "REG", "03"),
        ("239710015", "Guadeloupe", "REG", "01"),
        ("229710017", "Guadeloupe", "DEP", "971"),
        ("239740012", "La Réunion", "REG", "04"),
        ("229740014", "La Réunion", "DEP", "974"),
        ("229850003", "Mayotte", "DEP", "976"),
        ("221927205", "Corrèze", "DEP", "19"),
        ("222309627", "Creuse", "DEP", "23"),
        ("228708517", "Haute-Vienne", "DEP", "87"),
        ("231300021", "Provence-Alpes-Côte d'Azur", "REG", "93"),
        ("200024933", "Nouvelle-Calédonie", "REG", "988"),
        ("200012508", "Nouméa", "COM", "98818"),
        ("243500139", "Rennes Métropole", "MET", "243500139"),
        ("200057867", "Plaine Commune", "EPT", "200057867"),
    ],
)
def test_each_special_body_is_known_by_one_type_and_one_code(
    references: dict[str, Reference], siren: str, nom: str, type: str, code: str
) -> None:
    for reference in references.values():
        body = reference.bodies[siren]
        assert (body.nom, body.type, body.code) == (nom, type, code)


@pytest.mark.parametrize("gone", ["226700011", "226800019", "232000018"])
def test_bodies_that_no_longer_exist_are_not_there(
    references: dict[str, Reference], gone: str
) -> None:
    assert all(gone not in r.bodies for r in references.values())


def test_every_departement_and_region_but_the_overseas_ones_has_a_siren(
    references: dict[str, Reference],
) -> None:
    r = references["2026"]
    places = [*r.departements.values(), *r.regions.values()]
    assert {p.nom for p in places if not p.siren} == {
        "Terres australes et antarctiques françaises",
        "Wallis et Futuna",
        "Polynésie française",
        "Île de Clipperton",
    }


def test_each_region_has_the_sigle_that_the_editions_use(references: dict[str, Reference]) -> None:
    sigles = {code: p.sigle for code, p in references["2026"].regions.items() if p.zone != "com"}
    assert sigles == {
        "01": "GP",
        "02": "MQ",
        "03": "GF",
        "04": "RE",
        "06": "YT",
        "11": "IDF",
        "24": "CVL",
        "27": "BFC",
        "28": "NOR",
        "32": "HDF",
        "44": "GES",
        "52": "PDL",
        "53": "BRE",
        "75": "NAQ",
        "76": "OCC",
        "84": "ARA",
        "93": "PAC",
        "94": "COR",
    }


def test_a_commune_that_merged_is_found_in_one_vintage_and_former_in_the_other(
    references: dict[str, Reference],
) -> None:
    older, newer = references["2022"], references["2026"]
    assert older.bodies["219300597"].nom == "Pierrefitte-sur-Seine"
    assert "219300597" not in newer.bodies
    assert newer.commune_of[newer.ancienne_of["93059"].commune].nom == "Saint-Denis"


def test_the_tables_are_canonical(register: Register) -> None:
    names = [n for n in register.names() if n.startswith("reference/")]
    assert len([n for n in names if n.count("/") > 1]) == 5 * len(VINTAGES)
    for name in names:
        assert register.bytes_of(name, register.table(name)) == register.files.read(
            f"data/{name}.csv"
        )
