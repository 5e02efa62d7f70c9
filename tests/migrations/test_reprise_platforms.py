"""The platform tables of October 2022 and the names of the published edition."""

from __future__ import annotations

import pytest
from reprise_literals import body, on_portal, past, portal, rebuilt, said

from observatoire.migrations.reprise_2022 import portals, rules
from observatoire.migrations.reprise_2022.assemble import Rebuilt
from observatoire.model import Row

RENNES = "https://data.rennesmetropole.fr"


def _found(rebuilt: Rebuilt, ident: str) -> Row:
    return next(p for p in rebuilt.present.plateformes if p["id"] == ident)


def _named(name: str, url: str, techno: str = "OpenDataSoft") -> Row:
    return {**on_portal(ptf=name, url_ptf=url), "Techno (from Plateformes)": techno}


def test_a_platform_takes_its_newer_name_and_one_id_in_both_editions() -> None:
    out = rebuilt([on_portal()], [past(on_portal(), ptf="Data Rennes Métropole ")])
    assert [p["nom"] for p in out.past.plateformes if p["id"] == "rennes-metropole"] == [
        "Data Rennes Métropole"
    ]
    assert _found(out, "rennes-metropole")["nom"] == "Rennes Métropole"
    assert said(out.present.corrections, "Nom") == [
        ("Data Rennes Métropole", "Rennes Métropole", "", "corrige", rules.RENAMED)
    ]


def test_a_row_of_the_platform_table_keeps_what_it_says() -> None:
    row = portal(thèmatique="Généraliste", **{"url-reuse": f"{RENNES}/reuse"})
    found = _found(rebuilt([on_portal()], portals=[row]), "rennes-metropole")
    assert dict(found) == {
        "id": "rennes-metropole",
        "nom": "Rennes Métropole",
        "url": RENNES,
        "type": "portail",
        "gouvernance": "mutualise",
        "techno": "opendatasoft",
        "porteur": "MET",
        "thematique": "Généraliste",
        "region": "53",
        "grappe": "",
        "url_reutilisations": f"{RENNES}/reuse",
        "url_demandes": "",
        "nb_structures_declare": "12",
        "perimetre": "territorial",
        "statut": "inconnue",
    }


def test_a_contact_is_dropped_and_the_journal_does_not_repeat_it() -> None:
    row = portal(contact="prenom.nom@rennes.fr", twitter="https://twitter.com/x")
    journal = rebuilt(portals=[row]).past.corrections
    assert said(journal, "contact") == [
        ("« (donnée de contact) »", "", "", "retire", rules.CONTACT)
    ]
    assert said(journal, "twitter") == said(journal, "contact")


def test_an_undated_count_of_reuses_is_dropped_with_a_line() -> None:
    journal = rebuilt(portals=[portal(**{"nb-reuse": "18"})]).past.corrections
    assert said(journal, "nb-reuse") == [("18", "", "", "retire", rules.REUSES)]


def test_a_word_out_of_a_closed_list_is_dropped_with_a_line() -> None:
    journal = rebuilt(portals=[portal(Type="Blog")]).past.corrections
    assert said(journal, "Type") == [("Blog", "", "", "retire", rules.VALUE_UNKNOWN)]


def test_a_name_that_stands_twice_is_one_platform() -> None:
    rows = [portal(url=f"{RENNES}/pages/home0/"), portal()]
    out = rebuilt(portals=rows)
    assert [p["url"] for p in out.past.plateformes if p["perimetre"] == "territorial"] == [RENNES]
    assert said(out.past.corrections, "url") == [
        (f"{RENNES}/pages/home0/", "", RENNES, "retire", rules.TWIN)
    ]


def test_datagouv_stands_once_and_takes_what_its_second_line_says() -> None:
    twin = portal(
        **{"nb-struct-hebergees": "3000", "url": "https://www.data.gouv.fr/fr/"},
        Nom="DataGouv",
        Regcode="",
        Techno="DataGouv",
        porteur="NAT",
    )
    out = rebuilt([body()], portals=[twin])
    hub = _found(out, "data-gouv-fr")
    assert (hub["techno"], hub["nb_structures_declare"], hub["perimetre"]) == (
        *("udata", "3000"),
        "national",
    )
    assert len(out.present.plateformes) == 1
    assert [c["champ"] for c in out.past.corrections] == ["Nom", "url", "porteur"]


def test_two_platforms_on_one_site_are_kept_and_said() -> None:
    rows = [portal(), portal(Nom="Data Star")]
    out = rebuilt(portals=rows)
    assert said(out.past.corrections, "url") == [
        (RENNES, RENNES, "star", "doute", rules.SAME_SITE),
        (RENNES, RENNES, "rennes-metropole", "doute", rules.SAME_SITE),
    ]


@pytest.mark.parametrize("cell", ["Bretagne", "https://data.bretagne.bzh"])
def test_a_cluster_given_by_name_or_address_becomes_an_id(cell: str) -> None:
    above = portal(Nom="Data Bretagne", url="https://data.bretagne.bzh")
    out = rebuilt(portals=[portal(grappe=cell), above])
    assert _found(out, "rennes-metropole")["grappe"] == "bretagne"
    assert said(out.past.corrections, "grappe") == [
        (cell, "bretagne", "", "corrige", rules.CLUSTER_NAMED)
    ]


@pytest.mark.parametrize(
    ("cell", "rule"), [("Nulle part", rules.CLUSTER_UNKNOWN), (RENNES, rules.CLUSTER_ITSELF)]
)
def test_a_cluster_that_means_nothing_is_dropped_with_a_line(cell: str, rule: str) -> None:
    out = rebuilt(portals=[portal(grappe=cell)])
    assert _found(out, "rennes-metropole")["grappe"] == ""
    assert said(out.past.corrections, "grappe") == [(cell, "", "", "retire", rule)]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("Chez Rennes", f"{RENNES}/explore"),
        ("Chez Rennes", "https://catalogue.rennesmetropole.fr/"),
        ("Open data Rennes Métropole", "https://rennes.opendatasoft.com"),
    ],
)
def test_a_new_name_joins_by_host_then_by_domain_then_by_words(name: str, url: str) -> None:
    out = rebuilt([_named(name, url)])
    (platform,) = [p for p in out.present.plateformes if p["perimetre"] == "territorial"]
    (before,) = [p for p in out.past.plateformes if p["perimetre"] == "territorial"]
    assert platform["id"] == before["id"] == out.present.publications[0]["plateforme"]
    assert (before["nom"], platform["nom"]) == ("Data Rennes Métropole", name)


def test_a_name_that_joins_nothing_is_a_platform_to_complete() -> None:
    row = _named("Vincennes", "https://data.vincennes.fr/explore")
    out = rebuilt([row], [past(on_portal(), ptf="Data Rennes Métropole")])
    minted = _found(out, "vincennes")
    assert (minted["url"], minted["techno"], minted["statut"]) == (
        "https://data.vincennes.fr",
        "opendatasoft",
        "inconnue",
    )
    assert minted["region"] == "53"
    assert said(out.present.corrections, "ptf") == [
        ("Vincennes", "Vincennes", "", "doute", rules.NOT_JOINED),
        ("Vincennes", "Vincennes", "Data Rennes Métropole", "doute", rules.CANDIDATE),
    ]
    assert _found(out, "rennes-metropole")["statut"] == "inconnue"


def test_the_software_of_the_edition_is_the_newer() -> None:
    out = rebuilt([_named("Rennes Métropole", f"{RENNES}/x", "DKAN")])
    assert _found(out, "rennes-metropole")["techno"] == "dkan"
    assert said(out.present.corrections, "Techno") == [
        ("opendatasoft", "dkan", "", "corrige", rules.TECHNO_NEWER)
    ]


def test_data4citizen_that_the_edition_calls_ckan_keeps_its_name() -> None:
    row = _named("Rennes Métropole", f"{RENNES}/x", "CKAN")
    out = rebuilt([row], portals=[portal(Techno="DATA4CITIZEN")])
    assert _found(out, "rennes-metropole")["techno"] == "data4citizen"
    assert said(out.present.corrections, "Techno")[0][-1] == rules.TECHNO_COARSER


def test_another_address_alone_is_a_doubt_and_with_another_software_a_move() -> None:
    same = rebuilt([_named("Rennes Métropole", "https://rennes.opendatasoft.com/x")])
    assert _found(same, "rennes-metropole")["url"] == RENNES
    assert said(same.present.corrections, "url") == [
        (RENNES, RENNES, "https://rennes.opendatasoft.com", "doute", rules.OTHER_HOST)
    ]
    moved = rebuilt([_named("Rennes Métropole", "https://rennes.ckan.io/x", "CKAN")])
    assert _found(moved, "rennes-metropole")["url"] == "https://rennes.ckan.io"
    assert said(moved.present.corrections, "url")[0][-1] == rules.MOVED


def test_a_region_that_no_publisher_has_is_a_doubt() -> None:
    out = rebuilt([on_portal()], portals=[portal(Regcode="NAQ-75")])
    assert _found(out, "rennes-metropole")["region"] == "75"
    assert said(out.present.corrections, "Regcode") == [
        ("75", "75", "53", "doute", rules.REGION_OF_PUBLISHERS)
    ]


def test_a_body_that_only_the_platform_lists_gets_a_line() -> None:
    row = past(on_portal(), ptf="Data Rennes Métropole")
    listed = portal(**{"Organisations 5": f"{row['siren']},200054807"})
    journal = rebuilt([], [row], portals=[listed]).past.corrections
    assert said(journal, "Organisations 5") == [("200054807", "", "", "retire", rules.HOSTED_LIST)]


def test_a_body_that_only_the_theme_lists_gets_a_line() -> None:
    row = past(on_portal(Thématiques="Culture"), ptf="Data Rennes Métropole")
    themes = [{"Name": "Culture", "Tags": "", "Organisations_Id": f"{row['siren']},200054807"}]
    journal = rebuilt([], [row], themes=themes).past.corrections
    assert said(journal, "Organisations_Id") == [("200054807", "", "", "retire", rules.THEME_LIST)]


def test_an_id_is_short_stable_and_given_once() -> None:
    labels = ["Data Sud", "la rochelle", "La Rochelle", "x"]
    names = ["Data Sud", "Opendata La Rochelle", "La Rochelle", "data.gouv.fr"]
    assert portals.mint(labels, names) == [
        "data-sud",
        "la-rochelle",
        "la-rochelle-2",
        "data-gouv-fr",
    ]


def test_themes_keep_their_tags() -> None:
    assert list(rebuilt().themes) == [
        {"nom": "Culture", "etiquettes": "Musées|Cinémas", "statut": "actif"},
        {"nom": "Transport", "etiquettes": "", "statut": "actif"},
    ]
