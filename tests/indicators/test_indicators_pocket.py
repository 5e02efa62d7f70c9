"""Each indicator on a register of twelve bodies, every figure worked out by hand."""

from __future__ import annotations

import pocket
import pytest
from pocket import at, states

from observatoire import french, indicators
from observatoire.indicators.model import PERCENT, Measure, Snapshot
from observatoire.indicators.zones import zone_of
from observatoire.reference.records import Body

EDITION, NOW = states()


def measured(id: str, snapshot: Snapshot = NOW) -> list[Measure]:
    (indicator,) = indicators.choose([id])
    return list(indicator.measure(snapshot))


FIGURES = {
    "I1": {
        ("ensemble", "ensemble"): (8, 11, "8"),
        ("groupe", "collectivites"): (7, 9, "7"),
        ("groupe", "associes"): (1, 2, "1"),
        ("type", "COM"): (3, 5, "3"),
        ("type", "DSPT"): (0, 1, "0"),
        ("type", "CC"): (0, 0, "0"),
    },
    "I2": {
        ("ouverts", "ensemble"): (8, 11, "8"),
        # Rennes and Amanlis stay; Saint-Brieuc and the operator leave; six come.
        ("entrees", "ensemble"): (6, 8, "6"),
        ("sorties", "ensemble"): (2, 4, "2"),
        ("solde", "ensemble"): (8, 4, "4"),
        ("entrees_type", "COM"): (1, 3, "1"),
        ("sorties_type", "COM"): (1, 3, "1"),
        ("solde_type", "COM"): (3, 3, "0"),
        ("solde_groupe", "associes"): (1, 1, "0"),
        ("entrees_region", "11"): (2, 2, "2"),
        ("sorties_departement", "22"): (1, 1, "1"),
        ("ouverts_departement", "35"): (5, 6, "5"),
    },
    "I3": {
        # Obliged: 7 communes, 4 EPCI, 1 EPT, 4 départements, 3 régions.
        ("ensemble", "ensemble"): (6, 19, "31.6"),
        ("zone", "metropole"): (6, 16, "37.5"),
        ("zone", "outre-mer"): (0, 3, "0"),
        ("region", "53"): (4, 10, "40"),
        ("region", "11"): (2, 6, "33.3"),
        ("departement", "35"): (2, 5, "40"),
        ("departement", "22"): (1, 4, "25"),
    },
    "I4": {
        ("type", "COM"): (2, 7, "28.6"),
        ("type", "MET"): (1, 2, "50"),
        ("type", "EPT"): (1, 1, "100"),
        ("type", "CU"): (0, 0, ""),
        ("population_communes", "0001000-0003499"): (1, 1, "100"),
        ("population_communes", "0005000-0009999"): (0, 1, "0"),
        ("population_communes", "0100000-0249999"): (1, 3, "33.3"),
        ("population_epci", "0100000-0249999"): (1, 2, "50"),
    },
    "I5": {
        # Rennes, Acigné (its métropole), Amanlis, Issy, Boulogne (its EPT).
        ("formule", "union_communes"): (416_300, 636_300, "65.4"),
        # And Saint-Brieuc and Plérin, whose département publishes.
        ("formule", "union_avec_departements"): (474_300, 636_300, "74.5"),
        # Rennes + Amanlis + Issy, and Rennes Métropole again.
        ("formule", "somme_historique"): (516_300, 636_300, "81.1"),
        ("niveau", "communes"): (289_700, 636_300, "45.5"),
        ("niveau", "epci"): (226_600, 636_300, "35.6"),
        ("niveau", "ept"): (188_000, 636_300, "29.5"),
        ("niveau", "departements"): (58_000, 636_300, "9.1"),
        ("niveau", "regions"): (295_300, 636_300, "46.4"),
        ("zone", "outre-mer"): (0, 153_000, "0"),
        ("region", "11"): (188_000, 188_000, "100"),
        ("departement", "35"): (228_300, 237_300, "96.2"),
        ("population_communes", "0005000-0009999"): (6_600, 15_600, "42.3"),
    },
    "I6": {
        ("famille", "communes"): (3, 8, "37.5"),
        ("famille", "supra_communal"): (4, 8, "50"),
        ("famille", "associes"): (1, 8, "12.5"),
        ("communes_region", "11"): (1, 2, "50"),
        ("supra_communal_region", "53"): (3, 6, "50"),
    },
    "I7": {
        ("ensemble", "ensemble"): (5, 5, "5"),
        ("perimetre", "territorial"): (4, 5, "4"),
        ("type", "geoportail"): (1, 4, "1"),
        ("techno", "opendatasoft"): (2, 4, "2"),
        ("techno", "inconnu"): (1, 4, "1"),
        ("gouvernance", "partage"): (1, 4, "1"),
        ("statut", "inactive"): (1, 4, "1"),
        ("region", "53"): (2, 4, "2"),
    },
    "I8": {
        ("usage", "datagouv"): (4, 8, "50"),
        ("usage", "datagouv_seul"): (2, 8, "25"),
        ("usage", "datagouv_et_autre"): (2, 8, "25"),
        ("usage", "autre_seul"): (4, 8, "50"),
        ("techno", "udata"): (4, 8, "4"),
        ("techno", "opendatasoft"): (4, 8, "4"),
        ("techno", "ckan"): (2, 8, "2"),
        ("techno_associes", "udata"): (1, 1, "1"),
        ("datagouv_type", "COM"): (3, 3, "100"),
        ("datagouv_region", "11"): (1, 2, "50"),
    },
    "I9": {
        ("borne", "basse"): (30 + 57 + 2 + 40 + 10 + 8 + 100, 7, "247"),
        ("borne", "haute"): (42 + 57 + 2 + 40 + 20 + 8 + 100, 7, "269"),
        ("basse_type", "COM"): (42, 3, "42"),
        ("haute_type", "COM"): (64, 3, "64"),
        ("haute_region", "11"): (60, 2, "60"),
        ("techno", "opendatasoft"): (137, 4, "137"),
        ("techno", "udata"): (124, 4, "124"),
        ("volume", "0000001-0000005"): (1, 7, "1"),
        ("volume", "0000006-0000010"): (2, 7, "2"),
        ("volume", "0000501-"): (0, 7, "0"),
    },
    "I10": {
        ("theme", "Culture"): (2, 2, "2"),
        ("theme", "Transport"): (1, 2, "1"),
        ("theme", "Social"): (0, 2, "0"),
        ("theme_associes", "Culture"): (1, 1, "1"),
    },
    "I11": {
        # Rennes on data.gouv.fr (the Rennes portal does not say) and Amanlis.
        ("ensemble", "ensemble"): (3, 14, "21.4"),
        ("acteurs", "ensemble"): (1, 2, "50"),
        ("type", "COM"): (3, 14, "21.4"),
        ("techno", "udata"): (3, 14, "21.4"),
    },
    "I12": {
        ("region", "53"): (6, 8, "6"),
        ("region", "11"): (2, 8, "2"),
        ("region", "04"): (0, 8, "0"),
        ("departement", "92"): (2, 8, "2"),
    },
    "I13": {
        ("ensemble", "ensemble"): (9, 4, "9"),
        ("acteurs", "ensemble"): (2, 3, "66.7"),
        ("pages", "ensemble"): (1, 4, "25"),
        ("plateforme", "rennes-metropole"): (7, 2, "7"),
        ("type", "COM"): (6, 3, "6"),
        ("organisation", "213502388"): (6, 2, "6"),
        ("organisation", "243500139"): (3, 1, "3"),
    },
    "I14": {
        ("service", "demandes"): (1, 4, "25"),
        ("service", "reutilisations"): (1, 4, "25"),
        ("service", "au_moins_un"): (2, 4, "50"),
        ("service", "contact"): (0, 0, ""),
        ("service", "accompagnement"): (0, 0, ""),
        ("demandes_techno", "ckan"): (1, 1, "100"),
        ("demandes_region", "53"): (1, 2, "50"),
    },
    "I15": {
        ("gouvernance", "cooperation"): (3, 4, "75"),
        ("gouvernance", "territoriale"): (2, 4, "50"),
        ("gouvernance", "seul_ou_a_deux"): (2, 4, "50"),
        ("gouvernance", "dedie"): (1, 4, "25"),
        ("grappes", "ensemble"): (1, 4, "25"),
        ("grappe", "rennes-metropole"): (1, 1, "1"),
        ("structures", "annoncees"): (6, 3, "6"),
        ("structures", "comptees"): (4, 3, "4"),
        ("annoncees_gouvernance", "mutualise"): (3, 1, "3"),
        ("comptees_gouvernance", "mutualise"): (2, 1, "2"),
        ("comptees_plateforme", "morte"): (0, 1, "0"),
    },
    "I16": {
        # Rennes 30 of 30 on its portal, Amanlis 2 of 2; Issy's licences are not told.
        ("critere", "licence_ouverte"): (32, 32, "100"),
        ("critere", "format_ouvert"): (41, 42, "97.6"),
        ("critere", "recent"): (20, 42, "47.6"),
        ("critere", "description"): (0, 0, ""),
        # Amanlis, 2 datasets worth 0.9; Issy, 10 worth 0.62.
        ("critere", "note"): (8, 12, "66.7"),
        ("note_techno", "udata"): (8, 12, "66.7"),
        ("licence_ouverte_techno", "udata"): (13, 14, "92.9"),
        ("format_ouvert_region", "11"): (10, 10, "100"),
        ("recent_type", "COM"): (20, 42, "47.6"),
    },
    "I17": {
        ("ensemble", "ensemble"): (4, 10, "40"),
        ("age", "000-007"): (4, 10, "40"),
        ("age", "032-092"): (2, 10, "20"),
        ("age", "jamais"): (4, 10, "40"),
        ("origine", "moisson"): (2, 10, "20"),
        ("origine", "reprise"): (7, 10, "70"),
        ("plateforme", "data-gouv-fr"): (1, 4, "3"),
        ("plateforme", "rennes-metropole"): (1, 2, "53"),
    },
}
CASES = [
    pytest.param(id, place, expected, id=f"{id}-{'-'.join(place)}")
    for id, places in FIGURES.items()
    for place, expected in places.items()
]


@pytest.mark.parametrize(("id", "place", "expected"), CASES)
def test_a_figure_is_the_one_worked_out_by_hand(
    id: str, place: tuple[str, str], expected: tuple[int, int, str]
) -> None:
    assert at(measured(id), *place) == expected


def test_every_indicator_has_figures_worked_out_by_hand() -> None:
    assert list(FIGURES) == [i.HEADER.id for i in indicators.discover()]


def test_a_dimension_that_is_measured_is_declared_with_its_words() -> None:
    for indicator in indicators.discover():
        declared = {d.nom for d in indicator.HEADER.dimensions}
        for snapshot in (EDITION, NOW):
            assert {m.dimension for m in indicator.measure(snapshot)} <= declared, indicator.HEADER


def test_a_figure_that_is_no_part_of_its_denominator_says_what_it_rests_on() -> None:
    for indicator in indicators.discover():
        plain = {d.nom for d in indicator.HEADER.dimensions if d.preuve is french.ratio}
        for measure in indicator.measure(NOW):
            part = measure.numerateur <= measure.denominateur
            if measure.valeur and measure.dimension in plain:
                assert part, measure
                assert measure.unite == PERCENT or measure.valeur == str(measure.numerateur)


@pytest.mark.parametrize(
    ("id", "dimension", "part", "of", "said"),
    [
        ("I2", "solde", 12, 8, "12 contre 8 avant"),
        ("I2", "entrees", 6, 8, "6 sur 8"),
        ("I9", "borne", 300, 1, "chez 1 acteur"),
        ("I13", "ensemble", 9, 4, "sur 4 comptes"),
        ("I15", "structures", 30, 7, "sur 7 plateformes"),
        ("I15", "comptees_plateforme", 3, 2, "pour 2 organismes annoncés"),
        ("I17", "plateforme", 3, 4, "publications lues : 3 sur 4"),
        ("I3", "ensemble", 3, 4, "3 sur 4"),
    ],
)
def test_what_a_figure_rests_on_reads_as_words(
    id: str, dimension: str, part: int, of: int, said: str
) -> None:
    (indicator,) = indicators.choose([id])

    assert indicator.HEADER.dimension(dimension).preuve(part, of) == said


def test_no_place_is_measured_twice() -> None:
    for indicator in indicators.discover():
        for snapshot in (EDITION, NOW):
            places = [(m.dimension, m.modalite) for m in indicator.measure(snapshot)]
            assert len(places) == len(set(places)), indicator.HEADER.id


def test_parts_of_a_whole_add_up() -> None:
    wholes = {
        "I6": ("famille", 8),
        "I9": ("volume", 7),
        "I12": ("departement", 8),
        "I17": ("age", 10),
    }
    for id, (dimension, whole) in wholes.items():
        parts = [m.numerateur for m in measured(id) if m.dimension == dimension]
        assert sum(parts) == whole, id


def test_the_net_is_entries_less_exits_everywhere() -> None:
    found = {(m.dimension, m.modalite): int(m.valeur) for m in measured("I2")}
    nets = {place: value for place, value in found.items() if place[0].startswith("solde")}

    assert nets
    for (dimension, code), net in nets.items():
        rest = dimension.removeprefix("solde")
        assert net == found[f"entrees{rest}", code] - found[f"sorties{rest}", code]


def test_an_exit_that_is_a_replacement_is_said() -> None:
    (exits,) = [m for m in measured("I2") if m.dimension == "sorties"]

    assert exits.remarque == "Dont organismes remplacés par un organisme ouvert : 1"


def test_the_first_state_has_no_entries() -> None:
    assert {m.dimension.partition("_")[0] for m in measured("I2", EDITION)} == {"ouverts"}


def test_scopes_give_their_days_in_words() -> None:
    scopes = {m.dimension: m.portee for m in measured("I2")}

    assert scopes["ouverts"].startswith("acteurs ouverts au 23 novembre 2026, ")
    assert "de 2022 (31 décembre 2022) à actuel (23 novembre 2026)" in scopes["solde"]


def test_marks_are_rounded_once_however_small_the_accounts() -> None:
    head, *_ = pocket.TABLES["moissons/datagouv"].splitlines()
    lines = (
        "data-gouv-fr,d-amanlis,Amanlis,,,1,1,1,0,0,0,,0.44,,,,,publie",
        "data-gouv-fr,d-issy,Issy,,,1,,1,,0,,,0.44,,,,,publie",
    )
    _, now = states(moissons__datagouv="\n".join((head, *lines, "")))
    marks = measured("I16", now)

    assert at(marks, "critere", "note") == (1, 2, "44")
    assert at(marks, "note_region", "11") == (0, 1, "44")


def test_figures_by_place_come_in_the_order_of_their_codes() -> None:
    journal = pocket.TABLES["moissons/journal"] + "zz,armor,2026-10-01,2,0123456789abcdef\n"
    _, now = states(moissons__journal=journal)
    for indicator in indicators.discover():
        codes: dict[str, list[str]] = {}
        for measure in indicator.measure(now):
            codes.setdefault(measure.dimension, []).append(measure.modalite)
        for dimension, found in codes.items():
            if dimension.endswith(("region", "departement", "techno", "plateforme")):
                assert found == sorted(found), (indicator.HEADER.id, dimension)


def test_a_scope_names_the_kind_of_its_territory() -> None:
    scopes = {(m.dimension, m.modalite): m.portee for m in measured("I3")}

    assert scopes["region", "53"].endswith(", région Bretagne")
    assert scopes["departement", "22"].endswith(", département Côtes-d'Armor")


def test_what_is_whole_has_no_remark() -> None:
    for id in ("I11", "I13", "I16"):
        assert not any(m.remarque for m in measured(id) if m.denominateur), id
    dedicated = pocket.TABLES["plateformes"].replace("geoportail,dedie,", "geoportail,,")
    notes = [
        {m.remarque for m in measured("I15", snapshot) if m.modalite == "cooperation"}
        for snapshot in (NOW, states(plateformes=dedicated)[1])
    ]

    assert notes == [{""}, {"Plateformes territoriales de gouvernance inconnue : 1"}]


def test_a_region_is_in_no_departement_and_a_size_unknown_in_no_bracket() -> None:
    epci = pocket.TABLES["reference/2022/epci"].replace("CC,35,1,1700,53", "CC,35,1,,53")
    _, now = states(reference__2022__epci=epci)
    sizes = [m for m in measured("I4", now) if m.dimension == "population_epci"]

    assert all(m.modalite for m in measured("I3"))
    assert sum(m.denominateur for m in sizes) == 3


def test_platforms_whose_kind_is_unknown_are_counted_aside() -> None:
    unknown = pocket.TABLES["plateformes"].replace("portail,partenarial,ckan", "portail,,ckan")
    found = measured("I14", states(plateformes=unknown)[1])

    assert at(found, "demandes_gouvernance", "inconnu") == (1, 1, "100")


def test_a_body_whose_place_is_unknown_is_not_taken_overseas() -> None:
    body = Body("1", "A", "COM", "1", "99", "", 4_000)

    assert zone_of(body, NOW.reference) == "metropole"


def test_datasets_of_a_body_in_no_known_departement_are_counted_aside() -> None:
    lost = pocket.TABLES["organisations"].replace("Mégalis,AGCT,35", "Mégalis,AGCT,")
    (found,) = [
        m
        for m in measured("I9", states(organisations=lost)[1])
        if (m.dimension, m.modalite) == ("basse_region", "inconnu")
    ]

    assert (found.valeur, found.portee[-15:]) == ("100", "région inconnue")


def test_an_edition_without_harvest_has_no_invented_zero() -> None:
    for id, dimension in (("I11", "ensemble"), ("I16", "critere"), ("I13", "ensemble")):
        found = [m for m in measured(id, EDITION) if m.dimension == dimension]
        assert found
        for m in found:
            assert (m.numerateur, m.denominateur, m.valeur) == (0, 0, "")
            assert m.remarque


def test_open_collectivites_that_are_not_obliged_are_said() -> None:
    (first, *_) = measured("I3")

    assert first.remarque.startswith("Collectivités ouvertes hors de ce compte : 1 (")


def test_unknown_numbers_of_datasets_are_said() -> None:
    (first, *_) = measured("I9")

    assert first.remarque == "Acteurs ouverts sans aucun nombre de jeux connu : 1"


def test_an_organisation_without_siren_covers_no_commune() -> None:
    rows = "siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques"
    _, now = states(
        organisations=f"{rows},programmes,statut\n,Sans,COM,35,,,,,,,actif\n",
        publications="siren,plateforme,identifiant,url,nb_jeux,nb_reutilisations,"
        "derniere_mise_a_jour,origine,statut\n,data-gouv-fr,x,,5,,,manuel,publie\n",
    )

    assert at(measured("I5", now), "formule", "union_communes") == (0, 636_300, "0")
