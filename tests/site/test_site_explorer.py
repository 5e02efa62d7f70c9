"""The lines of the explorer and their index."""

from __future__ import annotations

import gzip

import orjson
import pytest
from explorer_lines import TYPES, line, reference
from small_register import edited
from small_site import content
from test_site_page import site

from observatoire.site import explorer
from observatoire.site.build import plan
from observatoire.site.explorer import NOTHING, OBLIGED, PAGE, PUBLISHES, UNKNOWN
from observatoire.site.pages.explorer import INDEX


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return site()


def columns(made: dict[str, bytes]) -> dict[str, list[int | str]]:
    found: dict[str, list[int | str]] = orjson.loads(made[INDEX])["colonnes"]
    return found


def test_whoever_is_followed_or_obliged_has_a_line_by_name(made: dict[str, bytes]) -> None:
    found = columns(made)

    assert found["nom"] == [
        "Ain",
        "Auvergne-Rhône-Alpes",
        "Bretagne",
        "Île-de-France",
        "Ille-et-Vilaine",
        "L'Abergement-Clémenciat",
        "La Réunion",
        "La Réunion",
        "Rennes",
        "Rennes Métropole",
        "Saint-Denis",
        "Seine-Saint-Denis",
        "Syndicat mixte du nord parisien",
    ]
    assert len({len(column) for column in found.values()}) == 1


@pytest.mark.parametrize(
    ("name", "shown"), [("RENNES METROPOLE", "Rennes Métropole"), ("La Métropole", "La Métropole")]
)
def test_a_name_is_spelt_as_the_reference_does_when_it_is_the_same(name: str, shown: str) -> None:
    lines = edited("organisations", "243500139,Rennes Métropole", f"243500139,{name}")
    (index,) = [p.make() for p in plan(content(**lines)) if p.path == INDEX]

    assert shown in columns({INDEX: index})["nom"]


def test_who_is_not_known_to_publish_is_not_said_to_publish_nothing(made: dict[str, bytes]) -> None:
    page = made["explorer/index.html"].decode()

    assert "<td>rien de connu, obligé</td>" in page
    assert "ne publie pas" not in page


def test_a_line_says_what_is_published_and_owed(made: dict[str, bytes]) -> None:
    found = columns(made)
    rennes, denis = found["nom"].index("Rennes"), found["nom"].index("Saint-Denis")

    assert (found["portails"][rennes], found["datagouv"][rennes]) == (30, 4)
    assert found["etat"][rennes] == PUBLISHES + OBLIGED + PAGE
    assert (found["portails"][denis], found["etat"][denis]) == (NOTHING, OBLIGED)


def test_an_organisation_without_a_page_is_not_a_link(made: dict[str, bytes]) -> None:
    for siren, state in zip(*(columns(made)[n] for n in ("siren", "etat")), strict=True):
        assert bool(int(state) & PAGE) == (f"organisations/{siren}/index.html" in made)


def test_a_line_without_a_page_leads_to_that_of_its_departement(made: dict[str, bytes]) -> None:
    link = b'<a href="../departements/35/index.html">Ille-et-Vilaine (35)</a>'

    assert link in made["explorer/index.html"]


def test_the_same_lines_make_the_same_bytes(made: dict[str, bytes]) -> None:
    again = site()

    for name in ("explorer/organismes.json", "explorer/organismes.json.gz"):
        assert again[name] == made[name]
    assert gzip.decompress(made["explorer/organismes.json.gz"]) == made["explorer/organismes.json"]


def test_a_count_that_nobody_knows_is_not_zero() -> None:
    rows = [
        {
            **dict.fromkeys(("depcode", "reg_code_geo", "pop_insee", "platform_clean", "tags"), ""),
            **{"siren": "1", "nom": "A", "type": "COM", "boolean": "true"},
            **{"merge": "ptf", "nb_ptf": "", "nb_datagouv": ""},
        }
    ]

    (found,) = explorer.lines(rows, [], reference())
    assert (found.portails, found.datagouv) == (UNKNOWN, NOTHING)


def test_an_index_holds_only_the_words_in_use_and_keeps_a_strange_code() -> None:
    some = [line("1", "A", technos="CKAN|DataGouv"), line("2", "B", type="XX", departement="ZZ")]
    made = orjson.loads(explorer.index(some, TYPES, reference(), {"version": "v1"}))

    assert made["mots"]["type"] == [["COM", "Commune"], ["XX", "XX"]]
    assert made["mots"]["techno"] == [["CKAN", "CKAN"], ["DataGouv", "data.gouv.fr"]]
    assert made["mots"]["departement"] == [["35", "Ille-et-Vilaine"], ["ZZ", "ZZ"]]
    assert made["ensembles"]["techno"] == [[0, 1], []]
    assert made["regionDe"] == [0, NOTHING]
    assert made["version"] == "v1"
