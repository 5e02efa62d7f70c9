"""Forms of values, visible cells and addresses of the old files."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.migrations.reprise_2022 import forms, urls, vocabulary
from observatoire.migrations.reprise_2022.journal import visible

cells = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"]), max_size=20
).filter(lambda c: "␠" not in c and "[U+" not in c)


@pytest.mark.parametrize(
    ("old", "shortest"),
    [("48.133900", "48.1339"), ("-1.536640", "-1.53664"), ("20.0", "20"), ("-0.0", "0"), ("x", "")],
)
def test_a_decimal_is_written_as_short_as_it_can_be(old: str, shortest: str) -> None:
    assert forms.decimal(old) == shortest


@pytest.mark.parametrize(("old", "number"), [("20.0", "20"), ("4", "4"), ("0.0", "0")])
def test_an_integer_loses_its_decimal_part(old: str, number: str) -> None:
    assert forms.integer(old) == number


@pytest.mark.parametrize("old", ["", "4.5", "beaucoup", "nan", "inf"])
def test_what_is_no_whole_number_gives_nothing(old: str) -> None:
    assert forms.integer(old) == ""


def test_a_siren_loses_its_blanks_and_its_invisible_marks() -> None:
    assert forms.siren("\u200e187609110 ") == "187609110"
    assert forms.siren(" 187 609 110") == "187609110"


def test_a_list_keeps_its_order_and_each_value_once() -> None:
    assert forms.values("CKAN, CKAN") == ("CKAN",)
    assert forms.values("Social,Citoyenneté") == ("Social", "Citoyenneté")


def test_bytes_read_as_code_page_850_are_read_again() -> None:
    assert forms.repaired("2 Rue Dessus Vi├¿re") == "2 Rue Dessus Vière"
    assert forms.repaired("┬ rue ├") == "┬ rue ├"


@given(cells)
@settings(max_examples=100)
def test_a_visible_cell_holds_nothing_that_a_table_forbids(cell: str) -> None:
    shown = visible(cell)
    assert shown == shown.strip()
    assert not set(shown) & set('"<>\t\n\r')
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"}]
    assert visible(shown) == shown


@given(cells, cells)
@settings(max_examples=100)
def test_two_different_cells_are_shown_differently(a: str, b: str) -> None:
    assert (visible(a) == visible(b)) == (a == b)


@pytest.mark.parametrize(
    ("url", "kind", "name"),
    [
        ("https://www.data.gouv.fr/fr/organizations/5a1d/", "organizations", "5a1d"),
        (
            "https://www.data.gouv.fr/fr/organizations/adacl/#organization-datasets",
            *("organizations", "adacl"),
        ),
        ("https://www.data.gouv.fr/es/organizations/5911", "organizations", "5911"),
        ("https://www.data.gouv.fr/organizations/5911/", "organizations", "5911"),
        (
            "https://www.data.gouv.fr/fr/datasets/?sort=-created&organization=58d5",
            *("organizations", "58d5"),
        ),
        ("https://www.data.gouv.fr/fr/datasets/bal-rangecourt/", "datasets", "bal-rangecourt"),
        ("https://www.data.gouv.fr/fr/", "autre", ""),
    ],
)
def test_an_address_of_datagouv_says_what_it_shows(url: str, kind: str, name: str) -> None:
    assert urls.datagouv_page(url) == urls.Page(kind, name)


def test_another_site_is_not_datagouv() -> None:
    assert urls.datagouv_page("http://data.visitprovence.com") is None


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://data.angers.fr/explore/?refine.publisher=Ville+d%27Angers", "Ville d'Angers"),
        ("https://opendata.adico.fr/fr/dataset?organization=adico", "adico"),
        ("https://trouver.datasud.fr/organization/about/symielecvar", "symielecvar"),
        (
            "https://data-catalogue.megalis.bretagne.bzh/fr/organizations/commune-de-colpo/",
            "commune-de-colpo",
        ),
        ("https://sucy.data4citizen.com/portail?rows=10&fq=organization:(sucy)", "sucy"),
        (
            "https://www.pigma.org/portail/fr/recherche?responsibleParty.organisationName=GIP%20LITTORAL",
            "GIP LITTORAL",
        ),
        ("https://data.estuairedelaseine.fr", ""),
    ],
)
def test_an_address_of_a_portal_names_its_publisher(url: str, publisher: str) -> None:
    assert urls.publisher(url) == publisher


def test_an_address_loses_its_session_and_escapes_what_a_table_forbids() -> None:
    assert urls.usable(" https://x.fr/a;jsessionid=BE67?q=1") == "https://x.fr/a?q=1"
    assert urls.usable('https://x.fr/a b"<c>|d') == "https://x.fr/a%20b%22%3Cc%3E%7Cd"


def test_a_shared_hosting_domain_belongs_to_nobody() -> None:
    assert urls.site("https://trouver.datasud.fr/x") == "datasud.fr"
    assert urls.site("https://anglet.opendatasoft.com") == ""


@pytest.mark.parametrize(
    ("old", "techno"),
    [
        ("ArcGis", "arcgis-hub"),
        ("ArcGIS", "arcgis-hub"),
        ("Hop'n Data", "hopn-data"),
        ("TYPO3 In Cite", "typo3"),
        ("Isogéo", "isogeo"),
    ],
)
def test_spellings_of_a_software_are_one(old: str, techno: str) -> None:
    assert vocabulary.TECHNOS[vocabulary.key(old)] == techno


def test_a_region_code_keeps_its_insee_part() -> None:
    assert [vocabulary.region_code(c) for c in ("PDL-52", "GP-01", "NC")] == ["52", "01", "988"]
