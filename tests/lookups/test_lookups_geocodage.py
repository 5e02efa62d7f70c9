"""Batch geocoding: a point only where the service is sure, and in the commune that is expected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lookup_bench import after, refresh, register, rows

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.geoplateforme import Found, Geoplateforme
from observatoire.lookups import geocodage
from observatoire.lookups.geocodage import Seat, commune_of, form, missing, places
from observatoire.model import SourceError
from observatoire.register import Register

ALBI, PARIS, DIJON, ANNECY = "218100048", "217500016", "212102313", "200063402"
COMMUNES = (
    f"74010,{ANNECY},Annecy,74,,,130000,84",
    f"75056,{PARIS},Paris,75,,,2100000,11",
    f"81004,{ALBI},Albi,81,,,50000,76",
)
TOWN = "16 rue de l'Hôtel de Ville 81000 Albi"


def known(*lines: str, **tables: str) -> Register:
    return register(*lines, communes=COMMUNES, **tables)


ONE = known(f"{ALBI},Albi,COM,81,{TOWN},,,,,,actif")
SURE: Found = ("43.9277552", "2.147899", "0.91", "81004")


def located(found: Found) -> list[tuple[str, str]]:
    outcome, _ = refresh(geocodage, ONE, Geoplateforme({TOWN: found}))
    return [(r["latitude"], r["longitude"]) for r in rows(after(ONE, outcome), "organisations")]


def test_a_sure_point_in_the_right_commune_is_kept() -> None:
    assert located(SURE) == [("43.927755", "2.147899")]


@pytest.mark.parametrize(
    "found",
    [
        ("43.9", "2.1", "0.59", "81004"),
        ("43.9", "2.1", "0.99", "81005"),
        ("43.9", "2.1", "nan", "81004"),
        ("43.9", "", "0.99", "81004"),
        ("91", "2.1", "0.99", "81004"),
        ("inf", "2.1", "0.99", "81004"),
        ("43.9", "2.1", "0.99", ""),
        ("=1+1", "2.1", "0.99", "81004"),
    ],
)
def test_any_other_point_is_left(found: Found) -> None:
    assert located(found) == [("", "")]


def test_what_stays_to_be_placed_is_told() -> None:
    outcome, _ = refresh(geocodage, ONE, Geoplateforme({}))
    assert outcome.changes == {}
    assert outcome.said == (
        "1 adresse envoyée, 0 située avec certitude.",
        f"{ALBI} : « {TOWN} » reste à situer.",
    )


def test_an_arrondissement_is_its_commune() -> None:
    assert commune_of("75116") == commune_of("75056") == "75056"
    assert commune_of("69383") == "69123"
    assert commune_of("13216") == "13055"
    assert commune_of("69380") == "69123"
    assert commune_of("13001") == "13001"
    seats = [Seat(PARIS, "a", "75056")]
    body = b"siren,latitude,longitude,result_score,result_citycode,result_status\n"
    body += f"{PARIS},48.85,2.35,0.9,75104,ok\n".encode()
    assert places(body, seats, "u") == {PARIS: ("48.85", "2.35")}


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"{ALBI},43.9,2.1,0.6,81004,ok", True),
        (f"{ALBI},43.9,2.1,0.9,81004,skipped", False),
        (f"{ALBI},43.9,2.1,0.9,81004,not-found", False),
        (f"{DIJON},47.3,5.0,0.9,,ok", False),
    ],
)
def test_a_line_is_sure_when_the_service_says_so_of_what_was_sent(line: str, kept: bool) -> None:
    head = "siren,latitude,longitude,result_score,result_citycode,result_status"
    found = places(f"{head}\n{line}\n".encode(), [Seat(ALBI, "a", "81004")], "u")
    assert bool(found) is kept


FORGES = "2 rue des Forges 21000 Dijon"
LOCK = "table,cle,champ,motif,auteur,echeance,statut\norganisations,{siren},{field},m,a,,actif\n"
ANNUAIRE = (
    "siren,nom,sigle,nature_juridique,niveau,code_collectivite,date_creation,date_fermeture,"
    "tranche_effectif,annee_effectif,adresse,code_postal,commune,latitude,longitude,constate_le,etat"
    f"\n{DIJON},X,,,,,,,,,{FORGES},21000,21231,,,,active\n"
)


@pytest.mark.parametrize(
    ("line", "seat"),
    [
        (f"{ALBI},Albi,COM,81,{TOWN},,,,,,actif", Seat(ALBI, TOWN, "81004")),
        (f"{ALBI},Albi,COM,81,{TOWN},43.9,2.1,,,,actif", None),
        (f"{ALBI},Albi,COM,81,{TOWN},43.9,,,,,actif", None),
        (f"{ALBI},Albi,COM,81,,,,,,,actif", None),
        (f"{ALBI},Albi,COM,81,{TOWN},,,,,,cesse", None),
        (f"{DIJON},Office,OACT,21,,,,,,,actif", Seat(DIJON, FORGES, "21231")),
        (f"{DIJON},Office,OACT,21,3 rue X,,,,,,actif", Seat(DIJON, "3 rue X", "21231")),
        ("130004658,Gip,OACT,33,3 rue X,,,,,,actif", None),
    ],
)  # fmt: skip
def test_who_is_to_be_placed(line: str, seat: Seat | None) -> None:
    found = missing(known(line, reference__entreprises=ANNUAIRE), "2026-11-23")
    assert found == ([seat] if seat else [])


@pytest.mark.parametrize("field", ["latitude", "longitude", "*"])
def test_a_cell_that_a_person_locked_is_left_empty(field: str) -> None:
    line = f"{ALBI},Albi,COM,81,{TOWN},,,,,,actif"
    locked = known(line, verrous=LOCK.format(siren=ALBI, field=field))
    assert missing(locked, "2026-11-23") == []
    other = known(line, verrous=LOCK.format(siren=ALBI, field="nom"))
    assert len(missing(other, "2026-11-23")) == 1


def test_nothing_is_asked_when_nothing_is_missing() -> None:
    outcome, portal = refresh(geocodage, known(), Geoplateforme({}))
    assert (portal.asked, outcome.said) == ([], ("Aucune adresse à situer.",))


@given(
    st.lists(
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1),
        min_size=1,
        max_size=5,
    )
)
def test_a_form_carries_any_address_whole(addresses: list[str]) -> None:
    seats = [Seat(f"{i:09}", a, "81004") for i, a in enumerate(addresses)]
    body, kind = form(seats)
    face = Geoplateforme(dict.fromkeys(addresses, SURE))
    answer = face.answer(Ask("", "/search/csv", {}, {"content-type": kind}, "POST", body))
    assert len(places(answer.body, seats, "u")) == len(seats)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"", "manque des colonnes"),
        (b"siren,latitude\n1,2\n", "manque des colonnes"),
        (b"\xff\xfe", "CSV lisible"),
        (b'siren,a\n"1,2\n', "CSV lisible"),
        (b"{}", "manque des colonnes"),
    ],
)
def test_an_answer_of_another_shape_is_refused(body: bytes, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        places(body, [Seat(ALBI, TOWN, "81004")], "u")


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (faces.status(500), "en panne"),
        (faces.html(), "page web"),
        (faces.busy(), "trop de requêtes"),
        (Fault(lambda *_: Answer(200, b"x\n", "text/csv")), "manque des colonnes"),
    ],
)
def test_a_service_that_is_down_places_nothing(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        refresh(geocodage, ONE, Geoplateforme({TOWN: SURE}), fault)
