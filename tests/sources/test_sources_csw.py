"""CSW catalogues: all their records, in the best vocabulary they speak, or none at all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from portal_bench import BREST, RENNES, WHOLE, harvest

from observatoire.demo import faces
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.contacts import MAILBOX, PERSON, PHONE
from observatoire.demo.csw import CswPortal
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.model import SourceError
from observatoire.sources import csw, discover
from observatoire.sources.kit import csw as kit


def test_the_connector_is_found_by_its_technologies() -> None:
    assert "csw" in discover()["csw"].SOURCE.technos
    assert "geoportal-server" in discover()["csw"].SOURCE.technos


@pytest.mark.parametrize("knows_iso", [True, False])
@pytest.mark.parametrize("announces", [True, False])
@pytest.mark.parametrize("most", [1, 2, 100])
def test_a_catalogue_gives_each_figure(knows_iso: bool, announces: bool, most: int) -> None:
    face = CswPortal([RENNES], most=most, services=3, iso=knows_iso, announces=announces)
    assert harvest(csw, face, path="/csw") == [WHOLE]


@pytest.mark.parametrize("number", [1, 4, 5])
@pytest.mark.parametrize("announces", [True, False])
def test_the_last_record_counts_even_alone_on_its_page(number: int, announces: bool) -> None:
    face = CswPortal([account("A", nb_jeux=number)], most=2, services=0, announces=announces)
    [row] = harvest(csw, face, path="/csw")
    assert row["nb_jeux"] == str(number)


@pytest.mark.parametrize("place", ["/csw", "/geonetwork/srv/fre/csw", "/geoportal/csw"])
def test_without_its_path_the_usual_places_are_tried(place: str) -> None:
    assert harvest(csw, CswPortal([RENNES], path=place)) == [WHOLE]


def test_no_person_is_kept() -> None:
    nobody = Account("x", "x", "", datasets=(Dataset(),))
    for knows_iso in (True, False):
        kept = str(harvest(csw, CswPortal([RENNES, nobody], iso=knows_iso), path="/csw"))
        assert not any(word in kept for word in (PERSON, MAILBOX, PHONE))


def test_services_and_nobody_s_datasets_count_for_none() -> None:
    nobody = Account("x", "x", "", datasets=(Dataset(),))
    face = CswPortal([nobody, BREST], services=5)
    assert [r["identifiant"] for r in harvest(csw, face, path="/csw")] == ["Brest Métropole"]
    own = harvest(csw, face, path="/csw", gouvernance="dedie", nom="Brest")
    assert {r["identifiant"]: r["nb_jeux"] for r in own} == {"Brest": "1", "Brest Métropole": "2"}


PASSING = [faces.busy("1", times=2), faces.down(times=3), faces.cut(times=2)]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_changes_nothing(fault: Fault) -> None:
    assert harvest(csw, CswPortal([RENNES], most=2), fault, path="/csw") == [WHOLE]


def sub(pattern: str, by: str) -> Fault:
    """Every page says something else in one place."""
    return Fault(lambda _, a: replace(a, body=re.sub(pattern.encode(), by.encode(), a.body)))


def same_page() -> Fault:
    first: list[Answer] = []

    def spoil(ask: Ask, answer: Answer) -> Answer:
        if ask.query.get("resultType") == "results":
            first.append(answer)
            return first[0]
        return answer

    return Fault(spoil)


FATAL = [
    (faces.status(500), "le serveur est en panne"),
    (faces.status(404), "portail déménagé"),
    (faces.status(401), "portail privé"),
    (faces.status(400), "refuse la requête"),
    (faces.html(), "une page web au lieu de données"),
    (faces.down(), "interrompue en route"),
    (faces.truncated(), "XML lisible"),
    (faces.redirect("http://169.254.169.254/"), "n'est pas publique"),
    (faces.busy(), "quota d'appels atteint"),
    (same_page(), "ne s'enchaînent pas"),
    (sub('nextRecord="[0-9]+"', 'nextRecord="1"'), "ne s'enchaînent pas"),
    (sub("<gmd:MD_Metadata>.*</gmd:MD_Metadata>", ""), "annonce 21 fiches, 0 sont venues"),
    (sub("SearchResults", "Results"), "pas la forme d'une réponse CSW"),
    (sub("<csw:GetRecordsResponse", '<!DOCTYPE a [<!ENTITY b "c">]><csw:GetRecordsResponse'),
     "XML lisible"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "cause"), FATAL)
def test_a_portal_that_stays_broken_gives_no_row(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause) as caught:
        harvest(csw, CswPortal([account("A", nb_jeux=20)], most=2), fault, path="/csw")
    assert "\n" not in str(caught.value)


def test_a_catalogue_that_refuses_every_question_says_why() -> None:
    refusal = CswPortal([]).answer(Ask("", "/csw"))
    with pytest.raises(SourceError, match=r"refuse la question \(« MissingParameterValue »\)"):
        harvest(csw, CswPortal([RENNES]), Fault(lambda *_: refusal), path="/csw")


def test_pages_without_end_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "MOST_PAGES", 3)
    with pytest.raises(SourceError, match="n'en finissent pas"):
        harvest(csw, CswPortal([account("A", nb_jeux=20)], most=2), path="/csw")
