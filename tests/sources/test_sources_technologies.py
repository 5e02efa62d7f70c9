"""What holds for every technology: right sums, all or nothing under faults, hostile content."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_bench import SCHEMA, TODAY, assert_fit, read

from observatoire.demo import faces, line_faults, list_faults
from observatoire.demo.accounts import Account, Dataset
from observatoire.demo.arcgis import ArcgisHub
from observatoire.demo.ckan import Ckan
from observatoire.demo.data4citizen import Data4Citizen
from observatoire.demo.datafair import DataFair
from observatoire.demo.dkan import Dkan
from observatoire.demo.faces import Answer, Face, Fault
from observatoire.demo.opendatasoft import Opendatasoft
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import Row, SourceError
from observatoire.sources import discover
from observatoire.sources.kit.text import tidy


@dataclass(frozen=True)
class Technology:
    """A technology: its face, and what of it a harvest can tell."""

    face: Callable[[Sequence[Account]], Face]
    by_slug: bool = False
    sees_copies: bool = True
    counts: bool = False


TECHNOLOGIES = {
    "opendatasoft": Technology(Opendatasoft, counts=True),
    "ckan": Technology(lambda a: Ckan(a, rows_max=2), by_slug=True),
    "dkan": Technology(Dkan),
    "data4citizen": Technology(Data4Citizen, by_slug=True),
    "data-fair": Technology(lambda a: DataFair(a, owners=False), sees_copies=False),
    "arcgis-hub": Technology(ArcgisHub, sees_copies=False),
}


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    portal = Portal(Ckan([]))
    with Simulator(portal):
        yield portal


def harvest(portal: Portal, id: str, accounts: Sequence[Account], *faults: Fault) -> list[Row]:
    portal.face, portal.faults, portal.asked = TECHNOLOGIES[id].face(accounts), faults, []
    return list(asyncio.run(read(discover()[id], portal)))


DATASETS = st.builds(
    Dataset,
    licence=st.sampled_from(["lov2", "odc-odbl", "notspecified"]),
    formats=st.lists(st.sampled_from(["csv", "pdf", "xlsx", "shp"]), min_size=1, unique=True).map(
        tuple
    ),
    updated=st.dates(TODAY.replace(year=2019), TODAY).map(str),
    reuses=st.integers(0, 3),
    downloads=st.integers(0, 9**6),
    schema=st.sampled_from(["", "scdl/deliberations"]),
    archived=st.sampled_from(["", "2022-01-01T00:00:00"]),
    harvested=st.sampled_from(["", "data.exemple.fr"]),
)


def expected(technology: Technology, account: Account) -> Row | None:
    """The figures that a harvest must give for an account, straight from its content."""
    seen = [
        d
        for d in account.datasets
        if not d.archived and not (d.harvested and technology.sees_copies)
    ]
    if not seen:
        return None
    schemas = sum(bool(d.schema) for d in seen)
    return {
        "identifiant": account.slug if technology.by_slug else account.name,
        "nom": account.name,
        "nb_jeux": str(len(seen)),
        "nb_licence_ouverte": str(sum(d.licence != "notspecified" for d in seen)),
        "nb_format_ouvert": str(sum(bool({"csv", "shp"} & set(d.formats)) for d in seen)),
        "nb_schema": str(schemas or ""),
        "nb_recents": str(sum(d.updated >= "2021-12-31" for d in seen)),
        "nb_reutilisations": str(sum(d.reuses for d in seen)) if technology.counts else "",
        "nb_telechargements": str(sum(d.downloads for d in seen)) if technology.counts else "",
        "derniere_mise_a_jour": max(d.updated for d in seen),
        "statut": "publie",
    }


@pytest.mark.parametrize("id", TECHNOLOGIES)
@given(st.lists(st.lists(DATASETS, max_size=4), max_size=4))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_figures_are_those_of_the_content(
    portal: Portal, id: str, contents: list[list[Dataset]]
) -> None:
    # Files that a portal makes lines of are served openly; Data Fair and Hubs keep one file only.
    accounts = [
        Account(f"o-{i}", f"commune-{i}", f"Commune {i}", datasets=d)
        for i, d in enumerate(contents)
    ]
    wanted = [row for row in (expected(TECHNOLOGIES[id], a) for a in accounts) if row]
    if not any(not d.archived for a in accounts for d in a.datasets) and id == "arcgis-hub":
        with pytest.raises(SourceError, match="aucun jeu"):
            harvest(portal, id, accounts, faces.status(500, "/feed/"))
        return
    rows = harvest(portal, id, accounts)
    assert [{k: r[k] for k in wanted[0]} for r in rows] == wanted if wanted else rows == []


GOOD = [
    Account(f"o-{i}", f"commune-{i}", f"Commune {i}", datasets=(Dataset(),) * 60) for i in range(4)
]

FAULTS: dict[str, Callable[[], Fault]] = {
    "error 500": lambda: faces.status(500),
    "error 503": lambda: faces.status(503),
    "error 404": lambda: faces.status(404),
    "error 410": lambda: faces.status(410),
    "private": lambda: faces.status(401),
    "refused": lambda: faces.status(403),
    "busy": faces.busy,
    "busy for a day": lambda: faces.busy("86400"),
    "a page for people": faces.html,
    "half of it": faces.truncated,
    "cut": faces.cut,
    "down": faces.down,
    "metadata address": lambda: faces.redirect("http://169.254.169.254/latest/meta-data/"),
    "not http": lambda: faces.redirect("file:///etc/passwd"),
    "endless redirection": line_faults.loop,
    "zip bomb": lambda: line_faults.bomb(2**27),
    "not UTF-8": line_faults.garbled,
    "growing": list_faults.growing,
    "emptied": list_faults.emptied,
    "nothing": lambda: Fault(lambda *_: Answer(200, b"")),
    "null": lambda: Fault(lambda *_: Answer(200, b"null")),
    "deep": lambda: Fault(lambda *_: Answer(200, b"[" * 200_000)),
    "a huge number": lambda: Fault(lambda *_: Answer(200, b"[{" + b"9" * 9_000 + b"}]")),
    "another shape": lambda: Fault(lambda *_: Answer(200, b'{"result": 3, "dataset": 3}')),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("id", TECHNOLOGIES)
def test_a_portal_at_fault_gives_all_or_one_sentence(portal: Portal, id: str, fault: str) -> None:
    if fault in {"growing", "emptied"} and id in {"opendatasoft", "dkan"}:
        # Their lists come at once and announce nothing.
        assert len(harvest(portal, id, GOOD, FAULTS[fault]())) == len(GOOD)
        return
    if fault in {"growing", "emptied"} and id == "arcgis-hub":
        # The feed, one document, answers in place of the search.
        rows = harvest(portal, id, GOOD, FAULTS[fault]())
        assert rows == harvest(portal, id, GOOD)
        return
    with pytest.raises(SourceError) as caught:
        harvest(portal, id, GOOD, FAULTS[fault]())
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 1_000
    assert len(portal.asked) <= 20


@pytest.mark.parametrize("id", TECHNOLOGIES)
def test_passing_faults_change_nothing(portal: Portal, id: str) -> None:
    whole = harvest(portal, id, GOOD)
    passing = faces.status(503, times=1), faces.busy("1", times=1), faces.down(times=1)
    assert harvest(portal, id, GOOD, *passing) == whole
    assert harvest(portal, id, GOOD, faces.mistyped("text/plain")) == whole


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '=HYPERLINK("http://a.fr";"x")',
            "@all /merge",
            "a|b",
            "../../etc/passwd",
            "\u202etxt.exe",
            "x" * 900,
            "?refine.publisher=B&x=y#z",
        ]
    ),
)


@pytest.mark.parametrize("id", TECHNOLOGIES)
@given(st.lists(HOSTILE, min_size=1, max_size=3))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_name_breaks_a_harvest(portal: Portal, id: str, names: list[str]) -> None:
    # JSON as Python writes it cannot hold a lone surrogate in UTF-8.
    plain = [n.encode("utf-8", "ignore").decode() for n in names]
    accounts = [Account(f"o-{i}", n, n, datasets=(Dataset(),)) for i, n in enumerate(plain)]
    found = harvest(portal, id, accounts)
    assert_fit(found, SCHEMA)
    assert found or not any(map(tidy, plain))
    for row in found:
        assert not set("".join(row.values())) & set("\n\r\t\0\u202e")
        assert row["url"].startswith("https://data.exemple.fr/")
        assert row["url"].isascii()
        assert " " not in row["url"]
