"""The page of an organisation says what the tables say, with where it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_register import edited
from small_site import METROPOLE, RENNES, content, organisation
from whole import Seen, linked, text, words

from observatoire.indicators.obligation import is_obliged
from observatoire.indicators.records import Organisation, Publication
from observatoire.indicators.snapshot import Past
from observatoire.reference.records import Body
from observatoire.register import Register
from observatoire.site.content import Content
from observatoire.site.pages import organisations
from observatoire.site.places.law import law
from observatoire.site.places.volume import amounts


def test_every_organisation_has_its_page_and_nobody_else(version: Content) -> None:
    paths = {p.path for p in organisations.pages(version)}
    sirens = version.table("organisations.csv").column("siren")

    assert paths == {f"organisations/{siren}/index.html" for siren in sirens}


def test_an_organisation_says_what_it_is_and_how_much_it_publishes(rennes: Seen) -> None:
    said = text(rennes)

    assert "Rennes" in said
    assert "Commune, 225\u202f081 habitants" in words(rennes.all("main")[0])
    assert "30 à 34 jeux de données sur 2 plateformes" in said
    assert "Publie des données ouvertes" in said
    assert "Comptée parmi les obligées" in said
    assert "3 octobre 2022" in said
    assert "Ille-et-Vilaine (35)" in said


def test_a_publication_leads_to_the_portal_and_is_the_greatest_first(rennes: Seen) -> None:
    names = [words(e) for e in rennes.all("h3")][:2]

    assert names == ["Rennes Métropole", "data.gouv.fr"]
    assert linked(rennes, "data.gouv.fr") == "https://www.data.gouv.fr/organizations/rennes/"


def test_a_body_that_publishes_nothing_says_so(version: Content) -> None:
    said = text(organisation(version, "210100012"))

    assert "Aucun jeu de données connu" in said
    assert "Ce compte est vide" in said
    assert "la loi n’oblige pas cette commune" in said


def test_a_change_since_the_last_state_is_dated_by_the_version_that_shows_it() -> None:
    moved = edited("publications", ",30,,2022", ",12,,2022")
    said = text(organisation(content(**moved), RENNES))

    assert "Depuisdans cette version12 à 16" in said
    assert "aujourd’hui" not in said


def test_two_accounts_on_one_portal_are_one_platform() -> None:
    known = [Publication("1", "portail", "a", 30), Publication("1", "portail", "b", 4)]
    (found,) = amounts([*known, Publication("1", "data-gouv-fr", "c", 12)]).values()

    assert (found.low, found.high, found.platforms) == (30, 46, 2)


BESIDE = """\
213502388,rennes-metropole,Rennes la ville,,12,,,manuel,publie
213502388,rennes-metropole,Ville de Rennes,"""


def test_accounts_of_one_portal_are_told_apart_by_their_names() -> None:
    lines = edited("publications", "213502388,rennes-metropole,Ville de Rennes,", BESIDE)
    said = text(organisation(content(**lines), RENNES))

    assert "Rennes Métropole, compte « Ville de Rennes »" in said
    assert "Rennes Métropole, compte « Rennes la ville »" in said
    assert "data.gouv.fr, compte" not in said


@pytest.mark.parametrize(
    ("nom", "told"), [("Archives", "Archives"), ("Ville de Rennes", "637f49997fec449b313a8811")]
)
def test_an_account_is_called_as_its_portal_does_unless_another_has_that_name(
    nom: str, told: str
) -> None:
    other = "data-gouv-fr,637f49997fec449b313a8811,"
    before = "213502388,data-gouv-fr,534fff80a3a7292c64a77e41,"
    lines = edited("publications", before, f"213502388,{other},1,,,moisson,publie\n{before}")
    harvest = f"{HARVEST}{other}{nom},,,1,,,,,,,,,,,,publie\n"
    version = content(moissons__datagouv=harvest, moissons__journal=JOURNAL, **lines)

    assert f"data.gouv.fr, compte « {told} »" in text(organisation(version, RENNES))


def test_an_associated_body_is_not_counted_among_the_obliged(version: Content) -> None:
    said = text(organisation(version, "219300597"))

    assert "Acteur associé : il n’entre pas" in said
    assert "ne connaît aucune publication" in said
    assert "120 000 habitants desservis" in said


@pytest.mark.parametrize(
    ("kind", "people", "said"),
    [
        ("COM", 3_499, "Moins de 3\u202f500 habitants : la loi n'oblige pas"),
        ("COM", 3_500, "Commune d'au moins 3\u202f500 habitants : comptée comme obligée"),
        ("COM", None, "Population inconnue : cette commune n'est pas comptée"),
        ("CC", 900, "Communauté : comptée comme obligée, quelle que soit sa population"),
    ],
)
def test_why_the_law_obliges_is_said_as_the_rate_counts(
    kind: str, people: int | None, said: str
) -> None:
    one = Organisation("1", "A", kind, "35", "53", ouverte=True)
    body = Body("1", "A", kind, "1", "35", "53", people)

    assert law(one, body, {"CC": "Communauté"}).startswith(said)
    assert is_obliged(body) is ("comptée comme obligée" in said)


def test_each_value_has_the_sentences_of_explain(rennes: Seen) -> None:
    said = text(rennes)

    assert "Ligne tenue à jour par la moisson." in said
    assert "Référence 2022 : Rennes, commune, département 35. Présent dans l’édition 2022." in said


HARVEST = """\
plateforme,identifiant,nom,siren_declare,siren_trouve,nb_jeux,nb_licence_ouverte,nb_format_ouvert,\
nb_schema,nb_recents,nb_reutilisations,nb_telechargements,qualite,derniere_mise_a_jour,url,\
categorie,absent_depuis,statut
data-gouv-fr,534fff80a3a7292c64a77e41,Ville de Rennes,213502388,,4,3,4,,1,,,,2022-10-03,,,,publie
"""
JOURNAL = """\
source,plateforme,derniere_reussite,lignes,empreinte
datagouv,data-gouv-fr,2026-11-20,1,abc
"""
LOCK = """\
table,cle,champ,motif,auteur,echeance,statut
organisations,213502388,nom,Nom d'usage,Une personne,,actif
"""
MATCHES = """\
plateforme,identifiant,siren,methode,score,decision
data-gouv-fr,534fff80a3a7292c64a77e41,213502388,siren,1,automatique
"""


def test_a_harvest_gives_quality_date_and_how_the_account_was_recognised() -> None:
    harvested = content(
        moissons__datagouv=HARVEST, moissons__journal=JOURNAL, rapprochements__datagouv=MATCHES
    )
    said = text(organisation(harvested, RENNES))

    assert "3 sur 4 sous licence ouverte" in said
    assert "1 sur 4 mis à jour dans l’année" in said
    assert "20 novembre 2026" in said
    assert "Rapproché sans question : le SIREN déclaré et le nom concordent." in said
    assert "appelle ce compte « Ville de Rennes », qui déclare le SIREN 213502388" in said
    assert "Nombre de jeux de donnéesdata.gouv.fr le dit (moisson du 20 novembre 2026)." in said


def test_the_proofs_are_those_of_the_command_explain() -> None:
    from observatoire.explain.evidence import Evidence
    from observatoire.explain.origins import Origins
    from observatoire.site.places.proofs import Proofs, sentence

    harvested = content(
        moissons__datagouv=HARVEST,
        moissons__journal=JOURNAL,
        rapprochements__datagouv=MATCHES,
        verrous=LOCK,
    )
    register = Register(harvested.files)
    slow = Origins(Evidence(register, register, harvested.date))
    fast = Proofs(register, harvested.date, harvested.atlas.reference)
    for table in ("organisations", "publications"):
        for key, row in register.keyed(table).items():
            assert fast.of_line(table, key, row) == [
                sentence(s) for s in slow.of_line(table, key, row)
            ]
            for champ in row:
                assert fast.of_cell(table, key, row, champ) == [
                    sentence(s) for s in slow.of_cell(table, key, row, champ)
                ]
    rennes = register.keyed("organisations")[(RENNES,)]
    told = fast.of_cell("organisations", (RENNES,), rennes, "nom")
    assert any(s.startswith("Verrouillé par Une personne") for s in told)


def past(**changed: str) -> Past:
    return Past("v0.9.0", "2024-05-01", Register(content(**changed).files))


def steps(version: Content, siren: str) -> list[tuple[str, str, str]]:
    (found,) = [s for s in organisations.sheets(version).all() if s.siren == siren]
    return [*found.steps]


def test_history_has_the_editions_and_the_versions_that_changed_something() -> None:
    before = past(**edited("publications", ",30,,2022", ",12,,2022"))
    version = replace(content(), past=lambda chosen: [before, before][chosen])

    assert steps(version, RENNES) == [
        ("Édition 2022", "2022-12-31", "30 à 34"),
        ("Version v0.9.0", "2024-05-01", "12 à 16"),
        ("Depuis", "", "30 à 34"),
    ]
    assert steps(version, METROPOLE) == [("Édition 2022", "2022-12-31", "57")]


def test_who_published_and_does_no_more_says_it() -> None:
    closed = content(
        **edited("publications", ",57,3,2022-11-20,moisson,publie", ",0,,,moisson,vide")
    )

    assert steps(closed, METROPOLE) == [("Édition 2022", "2022-12-31", "57"), ("Depuis", "", "")]


def test_a_count_that_nobody_knows_is_no_zero() -> None:
    unknown = content(**edited("publications", ",57,3,2022-11-20", ",,3,2022-11-20"))
    said = text(organisation(unknown, METROPOLE))

    assert "nombre inconnu de jeux de données sur 1 plateforme" in said
