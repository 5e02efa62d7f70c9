"""Where the old files say that a body publishes."""

from __future__ import annotations

import pytest
from reprise_literals import ACCOUNT, ACIGNE, body, on_portal, past, portal, rebuilt, said

from observatoire.migrations.reprise_2022 import rules
from observatoire.model import Row

PAGE = "https://www.data.gouv.fr/fr/organizations"
DATASET = "https://www.data.gouv.fr/fr/datasets/bal-rangecourt/"


def _one(row: Row) -> tuple[Row, list[Row]]:
    edition = rebuilt([row]).present
    (publication,) = edition.publications
    return publication, list(edition.corrections)


def test_an_account_of_datagouv_is_a_publication_like_another() -> None:
    publication, journal = _one(body())
    assert publication == {
        "siren": ACIGNE,
        "plateforme": "data-gouv-fr",
        "identifiant": ACCOUNT,
        "url": f"https://www.data.gouv.fr/organizations/{ACCOUNT}/",
        "nb_jeux": "1",
        "origine": "reprise",
        "statut": "publie",
    }
    assert journal == []


def test_a_publication_on_a_portal_takes_the_label_of_its_address() -> None:
    publication, journal = _one(on_portal())
    assert publication["plateforme"] == "rennes-metropole"
    assert publication["identifiant"] == "Commune d'Acigné"
    assert publication["nb_jeux"] == "4"
    assert [c["champ"] for c in journal] == ["Nom"]


def test_the_label_of_the_address_is_surer_than_that_of_the_column() -> None:
    publication, journal = _one(on_portal(id_ods="Acigné "))
    assert publication["identifiant"] == "Commune d'Acigné"
    assert said(journal, "id-ods") == [
        ("Acigné␠", "Commune d'Acigné", "", "doute", rules.LABEL_OTHER)
    ]


def test_a_label_spelt_otherwise_is_that_of_the_address() -> None:
    publication, journal = _one(on_portal(id_ods="Commune+d'Acigné"))
    assert publication["identifiant"] == "Commune d'Acigné"
    assert said(journal, "id-ods")[0][1:] == (
        *("Commune d'Acigné", "", "corrige"),
        rules.LABEL_SPELT,
    )


def test_a_label_alone_is_kept() -> None:
    row = on_portal(id_ods="Acigné", url_ptf="https://data.rennesmetropole.fr/explore")
    publication, journal = _one(row)
    assert publication["identifiant"] == "Acigné"
    assert said(journal, "id-ods") == []


def test_several_accounts_in_one_cell_are_as_many_publications() -> None:
    edition = rebuilt([on_portal(id_ods="Ville + Commune d'Acigné*")]).present
    assert [(p["identifiant"], p["nb_jeux"]) for p in edition.publications] == [
        ("Commune d'Acigné", "4"),
        ("Ville", ""),
    ]
    cell, names = "Ville + Commune d'Acigné*", "Commune d'Acigné + Ville"
    assert said(edition.corrections, "id-ods") == [
        (cell, names, "", "corrige", rules.LABELS_SEVERAL)
    ]


def test_a_body_may_publish_in_both_places() -> None:
    row = on_portal(
        url_datagouv=f"{PAGE}/{ACCOUNT}",
        id_datagouv=ACCOUNT,
        nb_datagouv="2.0",
        merge="ptf+datagouv",
        ptf="Rennes Métropole, DataGouv",
    )
    edition = rebuilt([row]).present
    assert {(p["plateforme"], p["nb_jeux"]) for p in edition.publications} == {
        ("rennes-metropole", "4"),
        ("data-gouv-fr", "2"),
    }
    assert said(edition.corrections, "merge") == []


@pytest.mark.parametrize("merge", ["ptf", "ptf+datagouv", ""])
def test_a_merge_that_contradicts_the_addresses_is_dropped_with_a_line(merge: str) -> None:
    _, journal = _one(body(merge=merge))
    assert said(journal, "merge") == [
        (merge or "(vide)", "", "datagouv", "retire", rules.MERGE_WRONG)
    ]


def test_a_body_without_any_dataset_is_kept_empty_and_said() -> None:
    publication, journal = _one(body(nb_datagouv="0.0"))
    assert (publication["nb_jeux"], publication["statut"]) == ("0", "vide")
    assert [c["regle"] for c in journal] == [rules.ZERO]


def test_a_truncated_account_id_is_repaired_from_the_address() -> None:
    publication, journal = _one(body(id_datagouv=ACCOUNT[1:]))
    assert publication["identifiant"] == ACCOUNT
    assert said(journal, "id-datagouv") == [
        (ACCOUNT[1:], ACCOUNT, "", "corrige", rules.ACCOUNT_REPAIRED)
    ]


def test_an_account_id_that_contradicts_the_address_is_doubted() -> None:
    other = "56f3b0a6c751df13e653faef"
    publication, journal = _one(body(id_datagouv=other))
    assert publication["identifiant"] == ACCOUNT
    assert said(journal, "id-datagouv")[0][-2:] == ("doute", rules.ACCOUNT_OTHER)


def test_a_short_name_in_the_address_gives_way_to_the_id_and_stays_in_the_address() -> None:
    publication, journal = _one(body(url_datagouv=f"{PAGE}/ville-dacigne/#organization-datasets"))
    assert publication["identifiant"] == ACCOUNT
    assert publication["url"] == "https://www.data.gouv.fr/organizations/ville-dacigne/"
    assert journal == []


def test_a_short_name_alone_is_the_id() -> None:
    publication, _ = _one(body(url_datagouv=f"{PAGE}/ville-dacigne/", id_datagouv=""))
    assert publication["identifiant"] == "ville-dacigne"


def test_a_dataset_page_is_no_proof_that_the_body_publishes() -> None:
    publication, journal = _one(body(url_datagouv=DATASET, id_datagouv=""))
    assert (publication["identifiant"], publication["url"]) == ("", DATASET)
    assert said(journal, "url-datagouv") == [(DATASET, DATASET, "", "doute", rules.DATASET_PAGE)]


def test_an_address_out_of_datagouv_is_dropped_with_a_line() -> None:
    edition = rebuilt([on_portal(url_datagouv="http://data.visitprovence.com")]).present
    assert [p["plateforme"] for p in edition.publications] == ["rennes-metropole"]
    assert said(edition.corrections, "url-datagouv") == [
        ("http://data.visitprovence.com", "", "", "retire", rules.NOT_DATAGOUV)
    ]


def test_an_account_of_datagouv_among_the_local_portals_is_moved() -> None:
    row = on_portal(url_ptf=f"{PAGE}/ville-dacigne/", ptf="DataGouv", id_ods="Acigné")
    publication, journal = _one({**row, "Techno (from Plateformes)": "DataGouv"})
    assert (publication["plateforme"], publication["identifiant"]) == (
        "data-gouv-fr",
        "ville-dacigne",
    )
    assert said(journal, "url-ptf")[0][-1] == rules.DATAGOUV_ELSEWHERE
    assert said(journal, "id-ods") == [("Acigné", "", "", "retire", rules.PLATFORM_NOWHERE)]


def test_one_account_for_two_bodies_is_a_doubt_on_both() -> None:
    other = body(siren="212201628", nom="PAIMPOL", depcode="22")
    edition = rebuilt([body(), other]).present
    assert said(edition.corrections, "id-datagouv") == [
        (ACCOUNT, ACCOUNT, "aussi à 212201628 PAIMPOL", "doute", rules.ACCOUNT_SHARED),
        (ACCOUNT, ACCOUNT, f"aussi à {ACIGNE} ACIGNE", "doute", rules.ACCOUNT_SHARED),
    ]


def test_an_address_without_a_count_and_a_count_without_an_address_are_said() -> None:
    _, journal = _one(body(nb_datagouv=""))
    assert said(journal, "url-datagouv")[0][-1] == rules.URL_WITHOUT_COUNT
    edition = rebuilt([on_portal(url_ptf="")]).present
    assert edition.publications[0]["plateforme"] == "rennes-metropole"
    assert said(edition.corrections, "nb-ptf")[0][-1] == rules.COUNT_WITHOUT_URL


def test_an_unreadable_count_is_dropped_with_a_line() -> None:
    publication, journal = _one(body(nb_datagouv="quelques"))
    assert publication["nb_jeux"] == ""
    assert said(journal, "nb-datagouv") == [("quelques", "", "", "retire", rules.COUNT_UNREADABLE)]


def test_an_address_that_a_table_cannot_hold_is_escaped_with_a_line() -> None:
    publication, journal = _one(on_portal(url_ptf='https://data.rennesmetropole.fr/a "b"'))
    assert publication["url"] == "https://data.rennesmetropole.fr/a%20%22b%22"
    assert said(journal, "url-ptf")[0][-1] == rules.URL_CLEANED


def test_a_platform_that_is_not_named_is_known_by_its_host() -> None:
    publication, journal = _one(on_portal(ptf=""))
    assert publication["plateforme"] == "rennes-metropole"
    assert said(journal, "ptf") == [("", "rennes-metropole", "", "corrige", rules.PLATFORM_BY_HOST)]


def test_a_platform_unknown_by_name_and_host_is_that_of_the_export_in_doubt() -> None:
    now = on_portal(url_ptf="https://acigne.opendatasoft.com", ptf="")
    before = past(on_portal(), ptf="Data Rennes Métropole")
    edition = rebuilt([now], [before]).present
    assert edition.publications[0]["plateforme"] == "rennes-metropole"
    assert said(edition.corrections, "ptf") == [
        ("", "rennes-metropole", "", "doute", rules.PLATFORM_BY_PAST)
    ]


def test_a_site_that_nothing_explains_becomes_a_platform_to_complete() -> None:
    edition = rebuilt([on_portal(url_ptf="https://www.ville-acigne.fr/open", ptf="")]).present
    assert edition.publications[0]["plateforme"] == "acigne"
    minted = next(p for p in edition.plateformes if p["id"] == "acigne")
    assert (minted["nom"], minted["url"]) == ("ville-acigne.fr", "https://www.ville-acigne.fr")
    assert said(edition.corrections, "url-ptf")[0][-1] == rules.PLATFORM_MINTED


def test_a_publication_that_names_no_place_at_all_is_dropped_with_a_line() -> None:
    edition = rebuilt([body(nb_ptf="3.0")]).present
    assert [p["plateforme"] for p in edition.publications] == ["data-gouv-fr"]
    assert ("3.0", "", "", "retire", rules.PLATFORM_NOWHERE) in said(edition.corrections, "nb-ptf")


def test_a_second_platform_without_an_address_is_dropped_with_a_line() -> None:
    twins = [portal(), portal(Nom="Data BFC", url="https://ideo.fr", Techno="CKAN")]
    row = past(on_portal(), ptf="Data BFC,Data Rennes Métropole")
    edition = rebuilt([], [row], portals=twins).past
    assert [p["plateforme"] for p in edition.publications] == ["rennes-metropole"]
    assert said(edition.corrections, "ptf") == [
        ("Data BFC", "", "", "retire", rules.PLATFORM_SECOND)
    ]


def test_a_software_that_contradicts_the_platform_is_dropped_with_a_line() -> None:
    row = {**body(), "Techno (from Plateformes)": "DataGouv, CKAN, CKAN"}
    _, journal = _one(row)
    assert said(journal, "Techno (from Plateformes)") == [
        ("CKAN", "", "udata", "retire", rules.TECHNO_DERIVED)
    ]
