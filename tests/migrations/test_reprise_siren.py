"""Keys of the old files: unclean, doubled, of somebody else."""

from __future__ import annotations

import pytest
from reprise_literals import ACCOUNT, ACIGNE, body, on_portal, past, rebuilt, said

from observatoire.migrations.reprise_2022 import rules


def _one(row, **others):
    return rebuilt([row], **others).present


@pytest.mark.parametrize("cell", [f"{ACIGNE} ", f"\u200e{ACIGNE}"])
def test_a_blank_or_invisible_mark_in_a_key_is_removed_and_said(cell: str) -> None:
    edition = _one(body(siren=cell))
    assert [o["siren"] for o in edition.organisations] == [ACIGNE]
    shown = f"{ACIGNE}␠" if cell.endswith(" ") else f"[U+200E]{ACIGNE}"
    assert said(edition.corrections, "siren") == [
        (shown, ACIGNE, "", "corrige", rules.SIREN_CLEANED)
    ]


def test_a_right_line_needs_no_verification_and_no_line_in_the_journal() -> None:
    edition = _one(body())
    assert edition.organisations[0]["statut"] == "actif"
    assert edition.corrections == []


@pytest.mark.parametrize(
    ("row", "rule", "suggestion"),
    [
        (
            body(
                siren="200026334",
                nom="CHARTRES METROPOLE",
                type="CA",
                depcode="28",
                regcode="CVL-24",
            ),
            rules.SIREN_UNKNOWN,
            "200033181 CA Chartres Métropole (CA, 28)",
        ),
        (
            body(siren="214400400", nom="CHEMERE", depcode="44", regcode="PDL-52"),
            rules.SIREN_UNKNOWN,
            "200058121 Chaumes-en-Retz (COM, 44)",
        ),
        (
            body(siren="216001446", nom="CHELLES", depcode="77", regcode="IDF-11"),
            rules.SIREN_OTHER_PLACE,
            "217701085 Chelles (COM, 77)",
        ),
        (
            body(siren="212201628", nom="SAINT BRIEUC", depcode="22"),
            rules.SIREN_OTHER_NAME,
            "212201628 Paimpol (COM, 22)",
        ),
        (
            body(
                siren="242500361",
                nom="CA DU GRAND BESANCON",
                type="CA",
                depcode="25",
                regcode="BFC-27",
            ),
            rules.SIREN_OTHER_TYPE,
            "type CU",
        ),
        (body(siren="213509995", nom="ANCIENVILLE"), rules.SIREN_CEASED, ""),
    ],
)
def test_a_siren_of_somebody_else_is_doubted_and_never_replaced(row, rule, suggestion) -> None:
    edition = _one(row)
    assert edition.organisations[0]["siren"] == row["siren"]
    assert edition.organisations[0]["statut"] == "a_verifier"
    assert (row["siren"], row["siren"], suggestion, "doute", rule) in said(
        edition.corrections, "siren"
    )


def test_a_siren_with_a_wrong_check_digit_is_doubted() -> None:
    edition = _one(body(siren="213500011", type="AGCT"))
    assert said(edition.corrections, "siren") == [
        ("213500011", "213500011", "", "doute", rules.SIREN_INVALID)
    ]


def test_predecessor_and_successor_both_listed_are_said() -> None:
    old = body(
        siren="200026334", nom="CHARTRES METROPOLE", type="CA", depcode="28", regcode="CVL-24"
    )
    new = {
        **old,
        "siren": "200033181",
        "id-datagouv": "",
        "url-datagouv": "https://www.data.gouv.fr/fr/organizations/chartres/",
    }
    lines = said(rebuilt([old, new]).present.corrections, "siren")
    assert [x[-1] for x in lines] == [rules.SIREN_UNKNOWN, rules.SIREN_SUCCESSION]


def test_an_associated_body_is_not_looked_up() -> None:
    edition = _one(body(siren="187609110", nom="GIP SEINE AVAL", type="AGCT"))
    assert edition.organisations[0]["statut"] == "actif"


def test_of_two_lines_with_one_siren_the_official_name_keeps_it() -> None:
    usual = {"siren": "216400119", "depcode": "64", "regcode": "NAQ-75"}
    edition = rebuilt([body(nom="AINCILE", **usual), body(nom="AINCILLE", **usual)]).present
    assert [o["nom"] for o in edition.organisations] == ["AINCILLE"]
    assert len(edition.publications) == 1
    assert said(edition.corrections, "siren") == [
        ("216400119", "", "", "retire", rules.SIREN_TWICE)
    ]
    assert said(edition.corrections, "nom") == [
        ("AINCILE", "", "AINCILLE", "retire", rules.LINE_MERGED)
    ]


def test_a_second_account_of_one_siren_is_kept_as_its_publication() -> None:
    other = "5c0f9f618b4c41745fb43104"
    twin = body(
        nom="LES BUS D'ACIGNE",
        id_datagouv=other,
        url_datagouv=f"https://www.data.gouv.fr/fr/organizations/{other}/",
        nb_datagouv="7.0",
    )
    edition = rebuilt([twin, body()]).present
    assert [o["nom"] for o in edition.organisations] == ["ACIGNE"]
    assert {(p["identifiant"], p["nb_jeux"]) for p in edition.publications} == {
        (ACCOUNT, "1"),
        (other, "7"),
    }


def test_a_typing_error_in_a_type_is_corrected() -> None:
    edition = _one(body(type="OAGT"))
    assert edition.organisations[0]["type"] == "OACT"
    assert said(edition.corrections, "type") == [("OAGT", "OACT", "", "corrige", rules.TYPE_TYPO)]


def test_a_misspelt_name_is_kept_as_published_and_said() -> None:
    edition = _one(body(nom="ACIGNEE"))
    assert edition.organisations[0]["nom"] == "ACIGNEE"
    assert said(edition.corrections, "nom") == [
        ("ACIGNEE", "ACIGNEE", "Acigné", "doute", rules.NAME_MISSPELT)
    ]


def test_a_body_of_the_edition_takes_its_programme_from_the_export() -> None:
    edition = rebuilt([body()], [past(body(), ACV="OUI")])
    assert [o["programmes"] for o in edition.present.organisations] == ["Action cœur de ville"]
    assert [o["programmes"] for o in edition.past.organisations] == ["Action cœur de ville"]


def test_an_editors_flag_is_dropped_with_a_line() -> None:
    edition = rebuilt([body()], [past(body(), **{"A vériifier": "checked"})]).past
    assert said(edition.corrections, "A vériifier") == [("checked", "", "", "retire", rules.FLAG)]


def test_a_theme_out_of_the_table_is_dropped_with_a_line() -> None:
    edition = _one(on_portal(Thématiques="Transport, Culture, Sorcellerie"))
    assert edition.organisations[0]["thematiques"] == "Transport|Culture"
    assert said(edition.corrections, "Thématiques") == [
        ("Sorcellerie", "", "", "retire", rules.THEME_UNKNOWN)
    ]
