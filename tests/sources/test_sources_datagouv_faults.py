"""data.gouv.fr when it fails: the API after the catalogue, all the rows or none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from datagouv_bench import CATALOGUE, EXPECTED, FILE, RENNES, harvest

from observatoire.demo import faces
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    portal = Portal(DataGouv([]))
    with Simulator(portal):
        yield portal


PASSING = [
    faces.busy("1", times=2),
    faces.down(times=3),
    faces.cut(FILE, times=2),
    faces.status(503, FILE, times=1),
]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_changes_nothing(portal: Portal, fault: Fault) -> None:
    assert harvest(portal, [RENNES], fault) == [EXPECTED]


LASTING = [
    faces.truncated(FILE),
    faces.html(FILE),
    faces.cut(FILE),
    faces.down(CATALOGUE),
    faces.status(500, CATALOGUE),
    faces.redirect("http://169.254.169.254/", CATALOGUE),
    faces.mistyped("text/html", FILE),
]


@pytest.mark.parametrize("fault", LASTING)
def test_a_catalogue_that_stays_broken_gives_way_to_the_api(portal: Portal, fault: Fault) -> None:
    assert harvest(portal, [RENNES], fault) == [EXPECTED]
    assert portal.asked[-1].path == "/api/1/datasets/"


def of_datasets(change: Callable[[list[bytes]], list[bytes]]) -> Fault:
    """The catalogue of datasets with its lines changed."""

    def spoil(_: faces.Ask, answer: faces.Answer) -> faces.Answer:
        if b"quality_score" not in answer.body[:2_000]:
            return answer
        # Descriptions hold line ends: only what starts with an id starts a dataset.
        lines = re.split(rb'\n(?="[0-9a-f]{24}")', answer.body.rstrip(b"\n"))
        return replace(answer, body=b"\n".join(change(lines)) + b"\n")

    return Fault(spoil, FILE)


def test_what_half_a_catalogue_said_is_not_counted_with_the_api(portal: Portal) -> None:
    assert harvest(portal, [RENNES], of_datasets(lambda lines: [*lines, b'"cut'])) == [EXPECTED]
    assert portal.asked[-1].path == "/api/1/datasets/"


def test_a_dataset_that_the_catalogue_has_twice_counts_once(portal: Portal) -> None:
    twice = of_datasets(lambda lines: [*lines, *lines[1:]])
    assert harvest(portal, [RENNES], twice) == [EXPECTED]


def test_a_dataset_that_says_nothing_of_archives_is_in_use(portal: Portal) -> None:
    def silent(lines: list[bytes]) -> list[bytes]:
        return [line.replace(b";False;", b";;") for line in lines]

    assert harvest(portal, [RENNES], of_datasets(silent)) == [EXPECTED]


FATAL = [
    (faces.status(500), "le serveur est en panne"),
    (faces.html(), "une page web au lieu de données"),
    (faces.down(), "interrompue en route"),
    (faces.redirect("http://169.254.169.254/"), "n'est pas publique"),
    (faces.busy(), "trop de requêtes"),
]


@pytest.mark.parametrize(("fault", "cause"), FATAL)
def test_a_portal_that_stays_broken_gives_no_row(portal: Portal, fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause) as caught:
        harvest(portal, [RENNES], fault)
    assert str(caught.value).startswith("ni le catalogue ni l'API ne répondent : ")
    assert "\n" not in str(caught.value)


API = [
    (faces.endless("organizations"), "ne s'enchaînent pas"),
    (faces.truncated("organizations"), "JSON lisible"),
    (faces.status(410, "/api/1/datasets/"), "supprimée"),
]


@pytest.mark.parametrize(("fault", "cause"), API)
def test_a_broken_list_gives_no_row(portal: Portal, fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(portal, [RENNES], fault, faces.status(404, CATALOGUE))


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"[]", "pas la forme"),
        (b"null", "pas la forme"),
        (b'{"data": [], "total": "x"}', "pas la forme"),
        (b'{"data": null}', "pas la forme"),
        (b'{"data": [], "total": 900, "next_page": null}', "900 éléments, 0 sont venus"),
        (b'{"data": [{"id": "a"}], "next_page": "http://autre.fr/"}', "ne s'enchaînent pas"),
        (b'{"data": [{"id": "a"}], "next_page": "http://["}', "ne s'enchaînent pas"),
    ],
)
def test_a_list_of_another_shape_gives_no_row(portal: Portal, body: bytes, cause: str) -> None:
    other = Fault(lambda *_: faces.Answer(200, body), "organizations")
    with pytest.raises(SourceError, match=cause):
        harvest(portal, [RENNES], other, faces.status(404, CATALOGUE))


def test_a_list_that_forgets_its_total_on_the_way_is_not_believed(portal: Portal) -> None:
    def spoil(ask: faces.Ask, _: faces.Answer) -> faces.Answer:
        if "page" in ask.query:
            return faces.Answer(200, b'{"data": [{"id": "b"}], "next_page": null}')
        following = f'"{ask.base}{ask.path}?page=2"'.encode()
        return faces.Answer(
            200, b'{"data": [{"id": "a"}], "total": 9, "next_page": %s}' % following
        )

    with pytest.raises(SourceError, match="annonce 9 éléments, 2 sont venus"):
        harvest(portal, [RENNES], Fault(spoil, "organizations"), faces.status(404, CATALOGUE))


def test_a_dataset_that_a_list_gives_archived_does_not_count(portal: Portal) -> None:
    def spoil(_: faces.Ask, answer: faces.Answer) -> faces.Answer:
        page = json.loads(answer.body)
        page["data"][0]["archived"] = "2022-12-31T05:00:00"
        return faces.Answer(200, json.dumps(page).encode())

    archived = Fault(spoil, "/api/1/datasets/")
    [row] = harvest(portal, [RENNES], archived, faces.status(404, CATALOGUE))
    assert row["nb_jeux"] == "3"
