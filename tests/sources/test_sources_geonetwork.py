"""GeoNetwork: each version gives the same figures of the portal's own records, or none at all."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from portal_bench import BREST, OWN, RENNES, WHOLE, harvest, read

from observatoire.demo import faces
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.contacts import MAILBOX, PERSON, PHONE
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.geonetwork import GeoNetwork
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import discover, geonetwork
from observatoire.sources.geonetwork import elastic, lucene, place
from observatoire.sources.kit.census import Census

VERSIONS = ("4.4.5", "4.2.2", "3.12.4")


def test_the_connector_is_found_by_its_technologies() -> None:
    assert discover()["geonetwork"].SOURCE.technos == ("geonetwork", "geosource", "prodige")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", ["", "/geonetwork", "/geonetwork/srv/fre/catalog.search"])
def test_each_version_gives_each_figure_of_its_own_records(version: str, path: str) -> None:
    assert harvest(geonetwork, GeoNetwork([RENNES], version), path=path) == [OWN]


def test_an_older_version_gives_all_that_it_holds_by_csw() -> None:
    [row] = harvest(geonetwork, GeoNetwork([RENNES], version="", folder="/geosource"))
    assert row == WHOLE


@pytest.mark.parametrize("field", elastic.ORGANISATIONS)
@pytest.mark.parametrize("guarded", [True, False])
def test_organisations_are_found_in_whichever_field_names_them(field: str, guarded: bool) -> None:
    face = GeoNetwork([RENNES], field=field, guarded=guarded)
    assert harvest(geonetwork, face) == [OWN]


@pytest.mark.parametrize("version", VERSIONS)
def test_no_person_is_kept_and_services_do_not_count(version: str) -> None:
    face = GeoNetwork([RENNES, BREST], version, services=7)
    rows = harvest(geonetwork, face)
    assert {r["identifiant"]: r["nb_jeux"] for r in rows} == {
        "Brest Métropole": "2",
        "Ville de Rennes": "3",
    }
    assert not any(word in str(rows) for word in (PERSON, MAILBOX, PHONE))


@pytest.mark.parametrize("version", VERSIONS)
def test_datasets_without_organisation_are_the_holder_s_or_nobody_s(version: str) -> None:
    nobody = Account("x", "x", "", datasets=(Dataset(), Dataset()))
    face = GeoNetwork([nobody, BREST], version)
    assert [r["identifiant"] for r in harvest(geonetwork, face)] == ["Brest Métropole"]
    own = harvest(geonetwork, face, gouvernance="dedie", nom="Brest")
    assert {r["identifiant"]: r["nb_jeux"] for r in own} == {"Brest": "2", "Brest Métropole": "2"}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("field", elastic.ORGANISATIONS[-1:])
def test_the_holder_s_portal_counts_by_organisation_too(version: str, field: str) -> None:
    face = GeoNetwork([BREST], version, field=field)
    rows = harvest(geonetwork, face, gouvernance="dedie", nom="Brest")
    assert [r["identifiant"] for r in rows] == ["Brest Métropole"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("number", [0, 1, 2, 250])
def test_any_number_of_records_is_read(version: str, number: int) -> None:
    face = GeoNetwork([account("Albi", nb_jeux=number)], version, services=0)
    rows = harvest(geonetwork, face)
    assert [r["nb_jeux"] for r in rows] == ([str(number)] if number else [])


def test_what_no_dataset_says_is_unknown() -> None:
    silent = Account("a", "a", "Albi", datasets=(Dataset(formats=(), updated=""),))
    for version in VERSIONS:
        [row] = harvest(geonetwork, GeoNetwork([silent], version))
        assert (row["nb_format_ouvert"], row["nb_recents"], row["nb_schema"]) == ("", "", "")


PASSING = [faces.busy("1", times=2), faces.down(times=3), faces.cut(times=2)]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("fault", range(len(PASSING)))
def test_a_fault_that_passes_changes_nothing(version: str, fault: int) -> None:
    once = replace(PASSING[fault])
    assert harvest(geonetwork, GeoNetwork([RENNES], version), once) == [OWN]


def changed(**cells: Any) -> Fault:
    """The counts, with some of what surrounds them changed."""

    def spoil(_: Ask, answer: Answer) -> Answer:
        page = json.loads(answer.body)
        if "aggregations" not in page:
            return answer
        return replace(answer, body=json.dumps(page | cells).encode())

    return Fault(spoil)


FATAL = [
    ("4.4.5", faces.status(500), "le serveur est en panne"),
    ("4.4.5", faces.status(403), "portail privé"),
    ("4.4.5", faces.status(400, "_search"), "refuse la requête"),
    ("4.4.5", faces.status(403, "_search"), "portail privé"),
    ("4.4.5", faces.html("_search"), "page web au lieu de données"),
    ("4.4.5", faces.truncated("_search"), "JSON lisible"),
    ("4.4.5", faces.redirect("http://169.254.169.254/"), "n'est pas publique"),
    ("4.4.5", faces.redirect("/geonetwork/x", "_search"), "code 302"),
    ("4.4.5", faces.busy(), "quota d'appels atteint"),
    ("4.4.5", faces.down(), "interrompue en route"),
    ("4.4.5", changed(timed_out=True), "n'a pas tout compté"),
    ("4.4.5", changed(_shards={"failed": 1}), "n'a pas tout compté"),
    ("4.4.5", changed(aggregations={"org": {"buckets": [], "sum_other_doc_count": 4}}),
     "n'a pas tout compté"),
    ("4.4.5", changed(aggregations=[]), "pas la forme d'un comptage"),
    ("4.4.5", changed(hits={"total": 3}), "pas la forme d'un comptage"),
    ("3.12.4", faces.status(500, "/q"), "le serveur est en panne"),
    ("3.12.4", faces.truncated("/q"), "JSON lisible"),
    ("3.12.4", faces.html("/q"), "page web au lieu de données"),
    ("3.12.4", faces.mistyped("application/xml", "/q"), "ne donne pas son index"),
    ("3.12.4", Fault(lambda _, a: replace(a, body=b'{"summary": []}'), "/q"), "d'un index"),
    ("", faces.status(500), "le serveur est en panne"),
    ("", faces.html(), "page web au lieu de données"),
    ("", faces.status(404), "portail déménagé"),
]  # fmt: skip


@pytest.mark.parametrize(("version", "fault", "cause"), FATAL)
def test_a_portal_that_stays_broken_gives_no_row(version: str, fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause) as caught:
        harvest(geonetwork, GeoNetwork([RENNES], version), fault, path="/geonetwork")
    assert "\n" not in str(caught.value)


def test_a_portal_that_refuses_a_question_is_not_asked_it_again_in_other_words() -> None:
    portal = Portal(GeoNetwork([RENNES]), faults=[faces.status(403, "_search")])
    with Simulator(portal), pytest.raises(SourceError):
        asyncio.run(read(geonetwork, portal))
    assert len([a for a in portal.asked if a.method == "POST"]) == 1


def test_an_index_is_asked_for_what_the_portal_publishes_itself() -> None:
    portal = Portal(GeoNetwork([RENNES], "3.12.4"))
    with Simulator(portal):
        assert list(asyncio.run(read(geonetwork, portal))) == [OWN]
    asked = portal.asked[-1].query
    assert (asked["_isHarvested"], asked["_isTemplate"]) == ("n", "n")


@pytest.mark.parametrize("mark", ["y", "true"])
def test_a_copy_that_an_index_gives_all_the_same_does_not_count(mark: str) -> None:
    records = [
        {"geonet:info": {"uuid": id_, "isHarvested": copy}, "orgName": "Albi"}
        for id_, copy in (("a", "n"), ("b", mark))
    ]
    body = json.dumps({"summary": {"@count": "2"}, "metadata": records}).encode()
    given = Fault(lambda *_: Answer(200, body), "/q")
    [row] = harvest(geonetwork, GeoNetwork([], "3.12.4"), given)
    assert row["nb_jeux"] == "1"


def same_page() -> Fault:
    first: list[Answer] = []

    def spoil(_: Ask, answer: Answer) -> Answer:
        first.append(answer)
        return first[0]

    return Fault(spoil, "/q")


def test_pages_that_repeat_themselves_give_no_row() -> None:
    face = GeoNetwork([account("Albi", nb_jeux=250)], "3.12.4")
    with pytest.raises(SourceError, match="la même page revient"):
        harvest(geonetwork, face, same_page())


def test_the_question_asks_for_own_datasets_only() -> None:
    asked = elastic.question("org", Census(date(2026, 11, 23)))
    assert asked["query"]["bool"]["filter"][:2] == [
        {"term": {"isTemplate": "n"}},
        {"term": {"isHarvested": "false"}},
    ]
    assert "service" not in json.dumps(asked["query"])
    assert asked["size"] == 0
    # Without it, the index stops counting at ten thousand, or does not count at all.
    assert asked["track_total_hits"] is True


def test_the_question_goes_where_the_description_was_found() -> None:
    moved = faces.redirect("/geonetwork/srv/api/site", place.DESCRIPTION, times=1)
    assert harvest(geonetwork, GeoNetwork([RENNES]), moved) == [OWN]


@pytest.mark.parametrize(
    ("base", "first", "number"),
    [
        ("https://a.fr", "https://a.fr", 4),
        ("https://a.fr/geonetwork", "https://a.fr/geonetwork", 1),
        ("https://a.fr/geonetwork/srv/fre/catalog.search#/home", "https://a.fr/geonetwork", 1),
        ("https://a.fr/srv/fre/catalog.search?x=1", "https://a.fr", 4),
    ],
)
def test_the_application_is_looked_for_where_it_usually_stands(
    base: str, first: str, number: int
) -> None:
    assert place.folders(base)[0] == first
    assert len(place.folders(base)) == number


@pytest.mark.parametrize(
    ("item", "organisations"),
    [
        ({"responsibleParty": "r|resource|Albi|logo|a@b.fr|Camille"}, ("Albi",)),
        ({"responsibleParty": ["r|resource|Albi|", "r|metadata|Agen|"]}, ("Albi",)),
        ({"responsibleParty": "r|metadata|Agen|", "orgName": ["Albi", "Agen"]}, ("Albi", "Agen")),
        ({"responsibleParty": "Camille", "orgName": "Albi"}, ("Albi",)),
        ({"responsibleParty": 3, "orgName": {"a": 1}}, ()),
    ],
)
def test_the_organisations_of_the_resource_are_read(
    item: dict[str, object], organisations: tuple[str, ...]
) -> None:
    assert tuple(lucene._organisations(item)) == organisations
