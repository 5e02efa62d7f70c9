"""data.json: every dataset of the document, or none at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from portal_bench import BREST, RENNES, WHOLE, harvest

from observatoire.demo import faces
from observatoire.demo.accounts import Account, Dataset
from observatoire.demo.contacts import MAILBOX, PERSON
from observatoire.demo.datajson import DataJson
from observatoire.demo.faces import Fault
from observatoire.model import SourceError
from observatoire.sources import datajson, discover


def test_the_connector_is_found_by_its_technology() -> None:
    assert discover()["data-json"].SOURCE.technos == ("data-json",)


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("path", ["", "/data.json", "/opendata/catalogue.json"])
def test_a_catalogue_gives_each_figure(path: str, plain: bool) -> None:
    face = DataJson([RENNES], path or "/data.json", plain)
    assert harvest(datajson, face, path=path) == [WHOLE]


def test_no_person_is_kept() -> None:
    kept = str(harvest(datajson, DataJson([RENNES, BREST])))
    assert PERSON not in kept
    assert MAILBOX not in kept


def test_datasets_without_publisher_are_the_holder_s_or_nobody_s() -> None:
    nobody = Account("x", "x", "", datasets=(Dataset(),))
    face = DataJson([nobody, BREST])
    assert [r["identifiant"] for r in harvest(datajson, face)] == ["Brest Métropole"]
    own = harvest(datajson, face, gouvernance="dedie", nom="Brest")
    assert {r["identifiant"]: r["nb_jeux"] for r in own} == {"Brest": "1", "Brest Métropole": "2"}


PASSING = [faces.busy("1", times=2), faces.down(times=3), faces.cut(times=2)]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_changes_nothing(fault: Fault) -> None:
    assert harvest(datajson, DataJson([RENNES]), fault) == [WHOLE]


def body(text: bytes) -> Fault:
    return Fault(lambda _, answer: replace(answer, body=text))


FATAL = [
    (faces.status(500), "le serveur est en panne"),
    (faces.status(404), "portail déménagé"),
    (faces.status(403), "portail privé"),
    (faces.html(), "page web au lieu de données"),
    (faces.truncated(), "JSON lisible"),
    (faces.redirect("http://169.254.169.254/"), "n'est pas publique"),
    (faces.busy(), "quota d'appels atteint"),
    (body(b"[]"), "pas la forme d'un catalogue"),
    (body(b'{"dataset": {"a": 1}}'), "pas la forme d'un catalogue"),
]


@pytest.mark.parametrize(("fault", "cause"), FATAL)
def test_a_portal_that_stays_broken_gives_no_row(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(datajson, DataJson([RENNES]), fault)


def test_a_dataset_of_any_shape_is_read() -> None:
    odd = b'null, 3, {"publisher": true}, {"publisher": {"name": "Albi"}, "keyword": 2}'
    text = b'{"dataset": [' + odd + b"]}"
    [row] = harvest(datajson, DataJson([]), body(text))
    assert (row["identifiant"], row["nb_jeux"]) == ("Albi", "1")
