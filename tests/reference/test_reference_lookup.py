"""One vintage in memory: who a SIREN, a code or a name is, special cases included."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire.files import Memory
from observatoire.model import Malformed
from observatoire.reference.lookup import Ancienne, Commune, Groupement, Place, Reference, load
from observatoire.register import Register

COMMUNES = [
    Commune("35238", "213502388", "Rennes", "35", "53", "243500139", "", 230_890),
    Commune("69123", "216901231", "Lyon", "69", "84", "200046977", "", 520_000),
    Commune("69006", "216900068", "Amplepuis", "69", "84", "", "", 5_000),
    Commune("75056", "217500016", "Paris", "75", "11", "200054781", "", 2_100_000),
    Commune("94017", "219400173", "Champigny-sur-Marne", "94", "11", "200054781", "200057941", 77),
    Commune("93066", "219300662", "Saint-Denis", "93", "11", "200054781", "200057867", 113_116),
    Commune("97411", "219740115", "Saint-Denis", "974", "04", "249740119", "", 153_000),
    Commune("2A004", "212000046", "Ajaccio", "2A", "94", "", "", 75_000),
    Commune("98735", "", "Papeete", "987", "987", "", "", 26_654),
]
GROUPEMENTS = [
    Groupement("243500139", "Rennes Métropole", "MET", "35", "53", 473_973),
    Groupement("200046977", "Métropole de Lyon", "MET", "69", "84", 520_000),
    Groupement("200054781", "Métropole du Grand Paris", "MET", "75", "11", 2_213_193),
    Groupement("200057867", "Plaine Commune", "EPT", "93", "11", 113_116),
]
ALSACE = "Collectivité européenne d'Alsace"
DEPARTEMENTS = {
    p.code: p
    for p in [
        Place("35", "Ille-et-Vilaine", "53", "223500018", "metro", "", 1_100_000),
        Place("67", "Bas-Rhin", "44", "200094332", "metro", "", 1_160_000, ALSACE),
        Place("68", "Haut-Rhin", "44", "200094332", "metro", "", 770_000, ALSACE),
        Place("69", "Rhône", "84", "226900017", "metro", "", 525_000),
        Place("75", "Paris", "11", "217500016", "metro", "", 2_100_000, "Ville de Paris"),
        Place("2A", "Corse-du-Sud", "94", "200076958", "metro", "", 75_000),
        Place("974", "La Réunion", "04", "229740014", "drom", "", 153_000),
        Place("976", "Mayotte", "06", "229850003", "drom", "", 256_518),
        Place("987", "Polynésie française", "987", "", "com", "", 26_654),
    ]
}
REGIONS = {
    p.code: p
    for p in [
        Place("53", "Bretagne", "53", "233500016", "metro", "BRE", 3_400_000),
        Place("44", "Grand Est", "44", "200052264", "metro", "GES", 5_500_000),
        Place("94", "Corse", "94", "200076958", "metro", "COR", 75_000, "Collectivité de Corse"),
        Place("04", "La Réunion", "04", "239740012", "drom", "RE", 153_000),
        Place("06", "Mayotte", "06", "229850003", "drom", "YT", 256_518),
        Place("987", "Polynésie française", "987", "", "com", "PF", 26_654),
    ]
}
FORMERS = [Ancienne("93059", "Pierrefitte-sur-Seine", "93", "93066")]


@pytest.fixture
def reference() -> Reference:
    return Reference("2026", COMMUNES, GROUPEMENTS, DEPARTEMENTS, REGIONS, FORMERS)


@pytest.mark.parametrize(
    ("siren", "level"),
    [
        ("213502388", ("COM", "35238", "35", "53")),
        ("243500139", ("MET", "243500139", "35", "53")),
        ("200057867", ("EPT", "200057867", "93", "11")),
        ("223500018", ("DEP", "35", "35", "53")),
        ("233500016", ("REG", "53", "", "53")),
        ("217500016", ("COM", "75056", "75", "11")),  # commune and département
        ("200046977", ("MET", "200046977", "69", "84")),  # EPCI with a département's powers
        ("226900017", ("DEP", "69", "69", "84")),
        ("200094332", ("DEP", "67", "67", "44")),  # two départements
        ("200076958", ("REG", "94", "", "94")),  # région and départements
        ("229850003", ("DEP", "976", "976", "06")),  # département and région
    ],
)
def test_a_body_is_listed_once_at_its_legal_level(
    reference: Reference, siren: str, level: tuple[str, str, str, str]
) -> None:
    body = reference.bodies[siren]
    assert body.siren == siren
    assert (body.type, body.code, body.departement, body.region) == level


def test_the_rhone_is_counted_without_the_metropole_of_lyon(reference: Reference) -> None:
    assert reference.bodies["226900017"].population == 5_000


def test_alsace_gathers_the_inhabitants_of_its_two_departements(reference: Reference) -> None:
    body = reference.bodies["200094332"]
    assert (body.nom, body.population) == (ALSACE, 1_930_000)


def test_a_commune_keeps_its_epci_and_its_ept(reference: Reference) -> None:
    body = reference.bodies["219400173"]
    assert (body.epci, body.ept, body.population) == ("200054781", "200057941", 77)


def test_a_commune_without_siren_is_a_commune_but_no_body(reference: Reference) -> None:
    assert reference.commune_of["98735"].nom == "Papeete"
    assert "" not in reference.bodies


def test_the_region_of_a_departement(reference: Reference) -> None:
    assert reference.region_of("67") == "44"
    assert reference.region_of("99") == ""


def test_a_former_commune_tells_what_it_became(reference: Reference) -> None:
    assert reference.ancienne_of["93059"].commune == "93066"


def test_a_body_has_every_departement_it_covers(reference: Reference) -> None:
    of = reference.departements_of
    assert of(reference.bodies["200054781"]) == {"75", "93", "94"}
    assert of(reference.bodies["200094332"]) == {"67", "68"}
    assert of(reference.bodies["233500016"]) == {"35"}
    assert of(reference.bodies["213502388"]) == {"35"}


@pytest.mark.parametrize(
    ("name", "departement", "type", "sirens"),
    [
        ("Ville de Rennes", "", "", ["213502388"]),
        ("RENNES METROPOLE", "", "", ["243500139"]),
        ("Communauté d'agglomération de Rennes", "", "", ["243500139"]),
        ("Rennes", "", "", ["213502388", "243500139"]),
        ("Rennes", "", "COM", ["213502388"]),
        ("Rennes", "44", "", []),
        ("Saint Denis", "", "", ["219300662", "219740115"]),
        ("St-Denis", "93", "", ["219300662"]),
        ("La Réunion", "", "", ["229740014", "239740012"]),
        ("Département de La Réunion", "", "", ["229740014"]),
        ("Région Réunion", "974", "", ["239740012"]),
        ("Grand Paris", "94", "", ["200054781"]),
        ("Alsace", "68", "", ["200094332"]),
        ("Département du Haut-Rhin", "", "", ["200094332"]),
        ("Collectivité de Corse", "", "", ["200076958"]),
        ("CC de Lyon", "", "", ["200046977"]),
        ("Papeete", "", "", []),
        ("Nulle part", "", "", []),
        ("", "", "", []),
    ],
)
def test_bodies_are_found_by_name(
    reference: Reference, name: str, departement: str, type: str, sirens: list[str]
) -> None:
    assert [b.siren for b in reference.named(name, departement, type)] == sirens


def files(root_schemas: dict[str, bytes]) -> Memory:
    return Memory(
        root_schemas
        | {
            "data/reference/identifiants.csv": b"niveau,code,siren,nom,sigle,remarque,source\n"
            b"departement,35,223500018,Ille-et-Vilaine,,,essai\n",
            "data/reference/2022/communes.csv": b"code,siren,nom,departement,epci,ept,population,"
            b"region\n35238,213502388,Rennes,35,243500139,,222485,53\n",
            "data/reference/2026/communes.csv": b"code,siren,nom,departement,epci,ept,population,"
            b"region\n35238,213502388,Rennes,35,243500139,,,53\n",
            "data/reference/2026/departements.csv": b"code,nom,siren,population,remarque,zone,"
            b"region\n35,Ille-et-Vilaine,223500018,1,,metro,53\n",
        }
    )


@pytest.fixture
def register(root: Path) -> Register:
    schemas = {
        f"schemas/{p.name}": p.read_bytes() for p in (root / "schemas").glob("reference-*.json")
    }
    return Register(files(schemas))


def test_the_newest_vintage_is_read_by_default(register: Register) -> None:
    newest, older = load(register), load(register, "2022")
    assert (newest.vintage, newest.communes[0].population) == ("2026", None)
    assert (older.vintage, older.communes[0].population) == ("2022", 222_485)
    assert newest.bodies["223500018"].nom == "Ille-et-Vilaine"


def test_a_vintage_that_is_not_there_is_said_in_french(register: Register) -> None:
    with pytest.raises(Malformed, match="le millésime 2019 de la référence"):
        load(register, "2019")


def test_no_reference_at_all_is_said_in_french() -> None:
    with pytest.raises(Malformed, match="la référence des communes") as told:
        load(Register(Memory()))
    (finding,) = told.value.findings
    assert (finding.file, finding.message[:12]) == ("data/reference/", "la référence")
