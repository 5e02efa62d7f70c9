"""data.gouv.fr: the same figures by the catalogue and by the API, or none at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from datagouv_bench import CATALOGUE, EXPECTED, RENNES, TODAY, harvest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatoire.demo import faces, replay
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import base_of, discover
from observatoire.sources.datagouv.facts import hundredths


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    portal = Portal(DataGouv([]))
    with Simulator(portal):
        yield portal


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
