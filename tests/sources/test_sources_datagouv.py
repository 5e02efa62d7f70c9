"""data.gouv.fr: the same figures by the catalogue and by the API, or none at all."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatoire.demo import faces, replay
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import Row, SourceError
from observatoire.sources import base_of, datagouv, discover
from observatoire.sources.datagouv.facts import hundredths
from observatoire.web import Clock, Web

TODAY = date(2022, 12, 31)
CATALOGUE = "/datasets/r/"
FILE = "/resources/"

RENNES = Account(
    "534fff8ba3a7292c64a77f2c",
    "rennes-metropole",
    "Rennes Métropole",
    "24350013900189",
    ("local-authority", "certified"),
    (
        Dataset(updated="2022-11-02", reuses=3, downloads=40, quality=0.89, schema="etalab/x"),
        Dataset(updated="2022-12-30", licence="fr-lo", formats=("pdf", "xlsx"), quality=0.11),
        Dataset(updated="2021-12-31", licence="odc-odbl", formats=("shp", "pdf"), quality=0.5),
        Dataset(updated="2021-12-30", licence="notspecified", formats=(), quality=0.5),
        Dataset(updated="2022-12-31", archived="2022-12-31T05:00:00", reuses=9, downloads=9),
    ),
)


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    portal = Portal(DataGouv([]))
    with Simulator(portal):
        yield portal


def harvest(
    portal: Portal,
    accounts: Sequence[Account],
    *faults: Fault,
    today: date = TODAY,
    site: str = "https://www.data.gouv.fr/",
) -> list[Row]:
    portal.face, portal.faults, portal.asked = DataGouv(accounts), faults, []

    async def sleep(_: float) -> None:
        pass

    async def work() -> list[Row]:
        platform = {
            "id": "data-gouv-fr",
            "url": site,
            "url_api": portal.url,
        }
        async with Web(allowed=[portal.url], clock=Clock(sleep=sleep)) as web:
            return [row async for row in datagouv.harvest(platform, web, today)]

    return asyncio.run(work())


EXPECTED = {
    "plateforme": "data-gouv-fr",
    "identifiant": "534fff8ba3a7292c64a77f2c",
    "nom": "Rennes Métropole",
    "siren_declare": "243500139",
    "siren_trouve": "",
    "nb_jeux": "4",
    "nb_licence_ouverte": "3",
    "nb_format_ouvert": "2",
    "nb_schema": "1",
    "nb_recents": "4",
    "nb_reutilisations": "3",
    "nb_telechargements": "40",
    "qualite": "0.5",
    "derniere_mise_a_jour": "2022-12-31",
    "url": "https://www.data.gouv.fr/organizations/rennes-metropole/",
    "categorie": "certified|local-authority",
    "statut": "publie",
}
"""The dataset without a file has no data date: that of its metadata stands in for it."""


def test_the_catalogue_gives_each_figure(portal: Portal) -> None:
    assert harvest(portal, [RENNES]) == [EXPECTED]
    assert all("/api/1/organizations" not in ask.path for ask in portal.asked)


def test_the_api_gives_the_same_when_the_catalogue_is_missing(portal: Portal) -> None:
    assert harvest(portal, [RENNES], faces.status(404, CATALOGUE)) == [EXPECTED]
    assert portal.asked[-1].headers["x-fields"].startswith("data{id,organization{id}")


@pytest.mark.parametrize("fault", [None, faces.status(404, CATALOGUE)])
def test_a_local_authority_that_declares_nothing_has_the_siren_that_the_platform_found(
    portal: Portal, fault: Fault | None
) -> None:
    silent = replace(RENNES, siret="", found="24350013900189")
    [row] = harvest(portal, [silent], *filter(None, [fault]))
    assert (row["siren_declare"], row["siren_trouve"]) == ("", "243500139")


@pytest.mark.parametrize("found", ["nan", "12345678900012"])
def test_what_the_platform_found_is_kept_when_it_is_a_siret(portal: Portal, found: str) -> None:
    [row] = harvest(portal, [replace(RENNES, siret="", found=found)])
    assert row["siren_trouve"] == ""


def test_a_list_that_fails_behind_the_catalogue_gives_no_row(portal: Portal) -> None:
    silent = replace(RENNES, siret="", found="24350013900189")
    with pytest.raises(SourceError, match=r"^ni le catalogue ni l'API ne répondent : "):
        harvest(portal, [silent], faces.status(500, "/api/1/organizations/"))


def test_another_udata_is_asked_by_its_api_alone(portal: Portal) -> None:
    site = "https://data.lehavreseinemetropole.fr"
    [row] = harvest(portal, [RENNES], site=site)
    assert row == {**EXPECTED, "url": f"{site}/organizations/rennes-metropole/"}
    assert not any(CATALOGUE in ask.path for ask in portal.asked)
    with pytest.raises(SourceError, match=r"^l'API ne répond pas : "):
        harvest(portal, [RENNES], faces.status(500), site=site)


DATASETS = st.builds(
    Dataset,
    licence=st.sampled_from(["lov2", "cc-by", "notspecified"]),
    formats=st.lists(st.sampled_from(["csv", "pdf", "shp"]), unique=True).map(tuple),
    updated=st.dates(date(2019, 1, 1), TODAY).map(str),
    quality=st.integers(0, 9).map(lambda n: n / 9),
    reuses=st.integers(0, 3),
    downloads=st.integers(0, 9**6),
    schema=st.sampled_from(["", "scdl/deliberations"]),
    archived=st.sampled_from(["", "2022-01-01T00:00:00"]),
    harvested=st.sampled_from(["", "data.exemple.fr"]),
)


@given(st.lists(st.lists(DATASETS, max_size=4), max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_ways_always_agree(portal: Portal, contents: list[list[Dataset]]) -> None:
    accounts = [
        Account(f"{i:024x}", f"c-{i}", f"Compte {i}", datasets=d) for i, d in enumerate(contents)
    ]
    by_catalogue = harvest(portal, accounts)
    assert by_catalogue == harvest(portal, accounts, faces.status(404, CATALOGUE))
    publishing = [a for a in accounts if any(not d.archived for d in a.datasets)]
    assert [r["identifiant"] for r in by_catalogue] == [a.id for a in publishing]


@given(st.lists(st.lists(DATASETS, max_size=4), max_size=4))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_harvest_simulated_again_gives_the_same_harvest(
    portal: Portal, contents: list[list[Dataset]]
) -> None:
    badges = ("public-service", "local-authority")
    accounts = [
        Account(f"{i:024x}", f"c-{i}", f"Compte {i}", "24350013900189", badges, d)
        for i, d in enumerate(contents)
    ]
    rows = harvest(portal, accounts)
    assert len(rows) == len(contents)
    assert harvest(portal, replay.accounts(rows)) == rows


@pytest.mark.parametrize("faults", [(), (faces.status(404, CATALOGUE),)])
def test_lists_longer_than_a_page_are_read_to_the_end(
    portal: Portal, faults: tuple[Fault, ...]
) -> None:
    rows = harvest(portal, [account(f"Commune {i}", nb_jeux=2) for i in range(450)], *faults)
    assert len(rows) == 450
    assert {r["nb_jeux"] for r in rows} == {"2"}


def test_an_empty_account_counts_when_a_public_body_holds_it(portal: Portal) -> None:
    accounts = [
        Account("a" * 24, "a", "Commune de A", badges=("local-authority",)),
        Account("b" * 24, "b", "Régie B", badges=("public-service", "certified")),
        Account("c" * 24, "c", "Association C", badges=("association",)),
        Account("d" * 24, "d", "Personne"),
    ]
    rows = harvest(portal, accounts)
    assert [(r["nom"], r["statut"], r["nb_jeux"]) for r in rows] == [
        ("Commune de A", "vide", "0"),
        ("Régie B", "vide", "0"),
    ]


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


def test_a_mean_is_rounded_to_the_nearest_hundredth(portal: Portal) -> None:
    rated = tuple(replace(RENNES.datasets[0], quality=q) for q in (0.78, 0.78, 0.77))
    [row] = harvest(portal, [replace(RENNES, datasets=rated)])
    assert row["qualite"] == "0.78"


@pytest.mark.parametrize(
    ("score", "value"),
    [("0.78", 78), (0.7777, 78), (1, 100), ("", None), ("nan", None), (True, None), (7, None)],
)
def test_a_quality_score_is_between_nothing_and_all(score: object, value: int | None) -> None:
    assert hundredths(score) == value


def test_a_connector_is_found_by_its_module() -> None:
    assert discover()["datagouv"].SOURCE.technos == ("udata",)
    assert "kit" not in discover()


def test_a_platform_without_address_says_what_to_fill() -> None:
    assert base_of({"id": "p", "url": "https://a.fr/", "url_api": ""}) == "https://a.fr"
    assert base_of({"id": "p", "url": "https://a.fr", "url_api": "https://b.fr/"}) == "https://b.fr"
    with pytest.raises(SourceError, match="complétez « url » ou « url_api »"):
        base_of({"id": "p", "url": "", "url_api": ""})
