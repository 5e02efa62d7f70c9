"""The directory of bodies: a thirtieth a day, kept as it was, never a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lookup_bench import TODAY, after, refresh, register, rows

from observatoire.demo import faces
from observatoire.demo.annuaire import Annuaire
from observatoire.demo.contacts import PERSON
from observatoire.demo.faces import Fault
from observatoire.lookups import discover, entreprises
from observatoire.model import SourceError

ALBI, AGEN = "218100048", "214700015"
KNOWN = register(f"{ALBI},Albi,COM,81,,,,,,,actif", f"{AGEN},Agen,COM,47,,,,,,,actif")
TABLE = "reference/entreprises"


def test_it_is_found_by_discovery() -> None:
    assert list(discover()) == ["entreprises", "geocodage", "schemas", "transport"]


def test_a_body_is_kept_without_its_people() -> None:
    outcome, portal = refresh(entreprises, KNOWN, Annuaire({ALBI: {}, AGEN: {}}))
    albi = rows(after(KNOWN, outcome), TABLE)[1]
    assert albi == {
        "siren": ALBI,
        "nom": "COMMUNE D'EXEMPLE",
        "sigle": "",
        "nature_juridique": "7210",
        "niveau": "commune",
        "code_collectivite": "81004",
        "date_creation": "1983-03-01",
        "date_fermeture": "",
        "tranche_effectif": "21",
        "annee_effectif": "2023",
        "adresse": "1 PLACE DE LA MAIRIE 81000 ALBI",
        "code_postal": "81000",
        "commune": "81004",
        "latitude": "43.928",
        "longitude": "-2.146",
        "constate_le": "2026-11-23",
        "etat": "active",
    }
    assert PERSON.encode() not in b"".join(c for c in outcome.changes.values() if c)
    assert [a.query["q"] for a in portal.asked] == [AGEN, ALBI]
    assert {a.query["per_page"] for a in portal.asked} == {"1"}


def test_the_same_answers_later_change_no_byte() -> None:
    face = Annuaire({ALBI: {}, AGEN: {"nom_complet": " AGEN  «la belle» "}})
    first, _ = refresh(entreprises, KNOWN, face)
    known = after(KNOWN, first)
    later = TODAY + timedelta(days=90)
    again, portal = refresh(entreprises, known, face, today=later, everything=True)
    assert (again.changes, len(portal.asked)) == ({}, 2)


def test_the_questions_are_spread_over_time() -> None:
    waits: list[float] = []
    refresh(entreprises, KNOWN, Annuaire({ALBI: {}, AGEN: {}}), waits=waits)
    assert waits == [entreprises.PAUSE] * 2
    assert 2 / sum(waits) < 7  # questions a second, that the service allows


def test_what_changes_is_dated_and_told() -> None:
    first, _ = refresh(entreprises, KNOWN, Annuaire({ALBI: {}, AGEN: {}}))
    closed = {"etat_administratif": "C", "date_fermeture": "2026-12-31"}
    later = date(2027, 1, 1)
    outcome, _ = refresh(
        entreprises,
        after(KNOWN, first),
        Annuaire({ALBI: closed}),
        today=later,
        everything=True,
    )
    assert rows(after(KNOWN, outcome), TABLE, "siren", "etat", "constate_le") == [
        {"siren": AGEN, "etat": "introuvable", "constate_le": "2027-01-01"},
        {"siren": ALBI, "etat": "cessee", "constate_le": "2027-01-01"},
    ]
    assert f"{ALBI} (COMMUNE D'EXEMPLE) a cessé le 31 décembre 2026." in outcome.said
    assert f"{AGEN} n'est pas dans l'annuaire : vérifiez ce numéro." in outcome.said


SIRENS = st.lists(st.integers(0, 10**9 - 1).map(lambda n: f"{n:09}"), unique=True, max_size=40)


@given(SIRENS, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_known_body_comes_up_once_in_thirty_days(sirens: list[str], start: date) -> None:
    bodies = [{"siren": s, "statut": "actif"} for s in sirens]
    days = [start + timedelta(days=i) for i in range(30)]
    asked = [s for day in days for s in entreprises.due(bodies, sirens, day)]
    assert sorted(asked) == sorted(sirens)


@given(SIRENS, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_body_that_nobody_asked_for_is_due_at_once(sirens: list[str], day: date) -> None:
    bodies = [{"siren": s, "statut": "actif"} for s in sirens]
    assert entreprises.due(bodies, [], day) == sorted(sirens)
    gone = [{"siren": s, "statut": "cesse"} for s in sirens]
    assert entreprises.due(gone, [], day) == []
    assert entreprises.due(gone, [], day, everything=True) == sorted(sirens)


def row(**result: Any) -> dict[str, str]:
    answer = {"results": [{"siren": ALBI, **result}], "total_results": 1}
    return dict(entreprises.row_of(answer, ALBI, "u"))


def test_a_person_s_business_keeps_only_its_state() -> None:
    found = row(
        nature_juridique="1000",
        etat_administratif="A",
        nom_complet=PERSON,
        siege={"adresse": "3 rue chez soi"},
    )
    assert found == {"siren": ALBI, "etat": "active", "nature_juridique": "1000"}


def test_masked_values_are_empty() -> None:
    found = row(nom_complet="[NON-DIFFUSIBLE]", siege={"adresse": "[NON-DIFFUSIBLE]"})
    assert (found["nom"], found["adresse"]) == ("", "")


@pytest.mark.parametrize(
    ("level", "kept"),
    [
        ("Commune", "commune"),
        ("commune", "commune"),
        ("EPCI", "epci"),
        ("Métropole de Lyon", "epci"),
        ("Département d'outre-mer", "departement"),
        ("Collectivité Européenne d'Alsace", "departement"),
        ("Région", "region"),
        ("particulier", ""),
    ],
)
def test_a_level_in_words_or_in_one_word_is_known(level: str, kept: str) -> None:
    place = {"niveau": level, "code": "85D", "code_insee": None}
    found = row(complements={"collectivite_territoriale": place})
    assert (found["niveau"], found["code_collectivite"]) == (kept, "85D")


@pytest.mark.parametrize("answer", [[], None, {}, {"results": []}, {"total_results": "1"}])
def test_an_answer_of_another_shape_is_refused(answer: object) -> None:
    with pytest.raises(SourceError, match="pas la forme d'une recherche"):
        entreprises.row_of(answer, ALBI, "u")


def test_another_body_than_the_one_asked_for_is_not_believed() -> None:
    answer = {"results": [{"siren": AGEN, "nom_complet": "AGEN"}], "total_results": 1}
    assert entreprises.row_of(answer, ALBI, "u") == {"siren": ALBI, "etat": "introuvable"}


def test_a_fault_that_passes_changes_nothing() -> None:
    whole, _ = refresh(entreprises, KNOWN, Annuaire({ALBI: {}, AGEN: {}}))
    for fault in (faces.busy("1", times=2), faces.cut(times=2), faces.status(503, times=1)):
        assert refresh(entreprises, KNOWN, Annuaire({ALBI: {}, AGEN: {}}), fault)[0] == whole


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (faces.status(500), "en panne"),
        (faces.html(), "page web"),
        (faces.busy(), "trop de requêtes"),
        (faces.truncated(), "JSON lisible"),
    ],
)
def test_a_service_that_is_down_teaches_nothing(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        refresh(entreprises, KNOWN, Annuaire({ALBI: {}}), fault)


def test_work_cut_short_keeps_what_was_learnt() -> None:
    seen: list[str] = []

    def spoil(ask: faces.Ask, answer: faces.Answer) -> faces.Answer:
        seen.append(ask.query["q"])
        return answer if len(seen) == 1 else faces.Answer(500)

    outcome, _ = refresh(entreprises, KNOWN, Annuaire({ALBI: {}, AGEN: {}}), Fault(spoil))
    assert [r["siren"] for r in rows(after(KNOWN, outcome), TABLE)] == [AGEN]
    assert "en panne" in outcome.error
    assert outcome.said[0] == "1 organisme demandé sur 2 à voir aujourd'hui."
