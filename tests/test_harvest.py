"""What enters the register after a harvest: complete, plausible, and only what changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.files import Folder, Memory, Overlay
from observatoire.harvest import (
    Harvest,
    Outcome,
    Target,
    asking,
    collect,
    implausible,
    merge,
    targets,
    twins,
)
from observatoire.model import Breakdown, Row, SourceError
from observatoire.register import Register
from observatoire.sources import Connector, Header
from observatoire.web import Web

DAY = date(2026, 11, 23)
ROWS, LOG = "data/moissons/datagouv.csv", "data/moissons/journal.csv"


@pytest.fixture
def schemas(root: Path) -> Memory:
    names = ("moissons", "journal")
    return Memory({f"schemas/{n}.json": (root / f"schemas/{n}.json").read_bytes() for n in names})


def row(platform: str, id_: str, datasets: int = 1) -> Row:
    return {
        "plateforme": platform,
        "identifiant": id_,
        "nb_jeux": str(datasets),
        "statut": "publie",
    }


def good(platform: str, *rows: Row, floor: int = 0) -> Outcome:
    return Outcome("datagouv", platform, rows, floor=floor)


def bad(platform: str) -> Outcome:
    return Outcome("datagouv", platform, error="en panne.")


def after(files: Memory, result: Harvest) -> Memory:
    return Memory({**files, **{p: c for p, c in result.changes.items() if c is not None}})


def text(files: Memory, path: str) -> str:
    return files[path].decode()


def test_rows_are_written_sorted_with_their_journal(schemas: Memory) -> None:
    result = merge(Register(schemas), [good("p2", row("p2", "a")), good("p1", row("p1", "b"))], DAY)
    files = after(schemas, result)
    assert [line.split(",")[:2] for line in text(files, ROWS).splitlines()[1:]] == [
        ["p1", "b"],
        ["p2", "a"],
    ]
    assert text(files, LOG).splitlines()[1].startswith("datagouv,p1,2026-11-23,1,")


def test_the_same_harvest_changes_no_byte_for_a_week(schemas: Memory) -> None:
    outcomes = [good("p", row("p", "a"))]
    files = after(schemas, merge(Register(schemas), outcomes, DAY))
    assert merge(Register(files), outcomes, DAY).changes == {}
    assert merge(Register(files), outcomes, date(2026, 11, 30)).changes == {}


def test_after_a_week_the_journal_alone_tells_that_the_portal_still_answers(
    schemas: Memory,
) -> None:
    outcomes = [good("p", row("p", "a"))]
    files = after(schemas, merge(Register(schemas), outcomes, DAY))
    result = merge(Register(files), outcomes, date(2026, 12, 1))
    assert list(result.changes) == [LOG]
    assert ",2026-12-01," in text(after(files, result), LOG)


def test_a_change_dates_the_journal_at_once(schemas: Memory) -> None:
    files = after(schemas, merge(Register(schemas), [good("p", row("p", "a"))], DAY))
    result = merge(Register(files), [good("p", row("p", "a", 2))], date(2026, 11, 24))
    assert sorted(result.changes) == [ROWS, LOG]
    assert ",2026-11-24," in text(after(files, result), LOG)


def test_a_failed_platform_keeps_its_lines_and_its_date(schemas: Memory) -> None:
    both = [good("p1", row("p1", "a")), good("p2", row("p2", "b"))]
    files = after(schemas, merge(Register(schemas), both, DAY))
    result = merge(Register(files), [bad("p1"), good("p2", row("p2", "c"))], date(2026, 11, 24))
    now = after(files, result)
    for path in (ROWS, LOG):
        kept = [line for line in text(files, path).splitlines() if "p1" in line]
        assert kept == [line for line in text(now, path).splitlines() if "p1" in line]
    assert "p2,b,,,,1,,,,,,,,,,,2026-11-24,publie" in text(now, ROWS)
    assert [o.plateforme for o in result.failures] == ["p1"]


def test_when_all_fail_nothing_is_written(schemas: Memory) -> None:
    assert merge(Register(schemas), [bad("p1"), bad("p2")], DAY).changes == {}


def test_platforms_that_were_not_asked_keep_their_lines(schemas: Memory) -> None:
    both = [good("p1", row("p1", "a")), good("p2", row("p2", "b"))]
    files = after(schemas, merge(Register(schemas), both, DAY))
    now = after(files, merge(Register(files), [good("p2", row("p2", "c"))], DAY))
    assert "p1,a" in text(now, ROWS)


def test_a_sudden_fall_is_refused_until_a_person_confirms(schemas: Memory) -> None:
    many = good("p", *(row("p", str(i)) for i in range(40)))
    files = after(schemas, merge(Register(schemas), [many], DAY))
    few = good("p", *(row("p", str(i)) for i in range(19)))
    refused = merge(Register(files), [few], DAY)
    assert refused.changes == {}
    assert refused.failures[0].error == (
        "19 publicateurs au lieu de 40 : chute trop forte pour être vraie ;"
        " si cela dure, proposé en brouillon le 7 décembre 2026 ; si c'est exact : --confirmer p"
    )
    assert ROWS in merge(Register(files), [few], DAY, trusted=["p"]).changes


def test_a_fall_that_lasts_two_weeks_is_for_a_person_to_judge(schemas: Memory) -> None:
    many = good("p", row("p", "a", 800))
    files = after(schemas, merge(Register(schemas), [many], DAY))
    few = good("p", row("p", "a", 3))
    for days in (1, 13):
        assert merge(Register(files), [few], DAY + timedelta(days=days)).changes == {}
    late = merge(Register(files), [few], DAY + timedelta(days=14))
    assert not late.failures
    assert ",3," in str(late.changes[ROWS])


def test_no_publisher_at_all_is_no_answer_however_long(schemas: Memory) -> None:
    files = after(schemas, merge(Register(schemas), [good("p", row("p", "a", 800))], DAY))
    none = merge(Register(files), [good("p", floor=1)], DAY + timedelta(days=400))
    assert "0 publicateur seulement" in none.failures[0].error


@pytest.mark.parametrize(("claimed", "floor"), [("", 1), ("19", 1), ("3000", 150), ("many", 1)])
def test_a_portal_must_have_a_part_of_what_it_claims(claimed: str, floor: int) -> None:
    target = Target(Fake(), {"id": "p", "nb_structures_declare": claimed})
    assert asking.least(target) == floor


def test_lines_that_are_only_remembered_do_not_count(schemas: Memory) -> None:
    gone = [{**row("p", str(i)), "absent_depuis": "2026-01-01"} for i in range(100)]
    known = merge(Register(schemas), [good("p", *gone, row("p", "x"))], DAY)
    result = merge(Register(after(schemas, known)), [good("p", row("p", "x", 2))], DAY)
    assert not result.failures
    assert result.outcomes[0].before == (1, 1)


@pytest.mark.parametrize(
    ("before", "now", "floor", "verdict"),
    [
        (None, (0, 0), 0, ""),
        (None, (4, 9), 5, "4 publicateurs seulement, il en faut au moins 5"),
        ((10, 100), (4, 9), 5, "4 publicateurs seulement, il en faut au moins 5"),
        ((40, 400), (20, 200), 0, ""),
        ((40, 400), (19, 400), 0, "19 publicateurs au lieu de 40 : chute"),
        ((40, 400), (40, 199), 0, "199 jeux de données au lieu de 400 : chute"),
        ((19, 19), (1, 1), 0, ""),
        ((4, 40), (4, 401), 0, "401 jeux de données au lieu de 40 : hausse"),
        ((1, 1), (1, 15), 0, ""),
        ((0, 0), (900, 900), 0, ""),
    ],
)
def test_volumes_that_cannot_be_true_are_refused(
    before: tuple[int, int] | None, now: tuple[int, int], floor: int, verdict: str
) -> None:
    found = implausible(before, now, floor)
    assert found.startswith(verdict) if verdict else found == ""


HEADER = Header("faux", "Faux", "lov2", "", ("x",), (), floor=1)


@dataclass(frozen=True)
class Fake:
    """A connector that gives rows, or fails."""

    rows: tuple[Row, ...] = ()
    error: str = ""
    SOURCE: Header = HEADER

    async def harvest(self, platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
        assert platform
        assert isinstance(web, Web)
        assert today == DAY
        for r in self.rows:
            yield r
        if self.error:
            raise SourceError(self.error)


def gather(root: Path, *connectors: Connector) -> tuple[list[Outcome], list[str]]:
    ticks: list[str] = []

    async def work() -> list[Outcome]:
        schema = Register(Memory(schemas_of(root))).schema("moissons/faux")
        chosen = [Target(c, {"id": f"p{i}"}) for i, c in enumerate(connectors)]
        async with Web() as web:
            return await collect(chosen, web, schema, DAY, ticks.append)

    return asyncio.run(work()), ticks


def schemas_of(root: Path) -> dict[str, bytes]:
    return {"schemas/moissons.json": (root / "schemas/moissons.json").read_bytes()}


def test_each_platform_answers_for_itself(root: Path) -> None:
    outcomes, ticks = gather(
        root, Fake((row("p0", "a"),)), Fake((row("p1", "a"),), "plus de réponse.")
    )
    assert [(o.plateforme, len(o.rows), o.error) for o in outcomes] == [
        ("p0", 1, ""),
        ("p1", 0, "plus de réponse."),
    ]
    assert outcomes[0].floor == 1
    assert ticks == ["faux", "faux"]


def test_rows_that_the_schema_refuses_are_a_failure_of_the_platform(root: Path) -> None:
    outcomes, _ = gather(root, Fake((row("p0", "a"), row("p0", "a"))))
    assert outcomes[0].error == "le publicateur « a » est annoncé deux fois."


def test_a_bug_in_a_connector_is_loud(root: Path) -> None:
    with pytest.raises(ExceptionGroup):
        gather(root, Fake(({"colonne": "inconnue"},)))


PLATFORMS = [
    {"id": "dg", "techno": "udata", "statut": "active", "url": "https://a.fr", "url_api": ""},
    {"id": "old", "techno": "udata", "statut": "inactive", "url": "https://b.fr", "url_api": ""},
    {"id": "spip", "techno": "spip", "statut": "active", "url": "https://c.fr", "url_api": ""},
]


def test_platforms_go_to_the_connector_of_their_technology() -> None:
    assert [t.platform["id"] for t in targets(PLATFORMS)] == ["dg"]
    assert [t.platform["id"] for t in targets(PLATFORMS, only=["old"])] == ["old"]
    assert targets(PLATFORMS, only=["spip"]) == []
    assert targets(PLATFORMS, sources=["autre"]) == []


def test_an_address_can_be_replaced() -> None:
    [target] = targets(PLATFORMS, bases={"dg": "http://127.0.0.1:1"})
    assert target.platform["url_api"] == "http://127.0.0.1:1"
    assert target.platform["url"] == "https://a.fr"


def test_the_register_under_a_branch_is_read_like_another(schemas: Memory) -> None:
    files = Overlay(schemas, merge(Register(schemas), [good("p", row("p", "a"))], DAY).changes)
    assert merge(Register(files), [good("p", row("p", "a"))], DAY).changes == {}
    assert replace(bad("p"), error="x").volume == (0, 0)


@dataclass(frozen=True)
class Endless:
    """A connector whose portal never ends: it waits, or it always has one more publisher."""

    waits: bool
    SOURCE: Header = HEADER

    async def harvest(self, platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
        assert platform
        assert isinstance(web, Web)
        assert today == DAY
        for number in count():
            if self.waits:
                await asyncio.sleep(3_600)
            yield row("p0", str(number))


def test_a_platform_that_never_ends_is_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LONGEST", 0.02)
    monkeypatch.setattr(asking, "MOST_ROWS", 50)
    outcomes, ticks = gather(root, Endless(True), Endless(False), Fake((row("p2", "a"),)))
    assert [o.error for o in outcomes] == [
        "la moisson dure plus de 0 minutes.",
        "la plateforme annonce plus de 50 publicateurs.",
        "",
    ]
    assert len(ticks) == 3


@dataclass(frozen=True)
class Full:
    """A connector that meets a full disk."""

    SOURCE: Header = HEADER

    async def harvest(self, platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
        raise Breakdown(f"disque plein ({platform['id']}, {today}, {type(web).__name__}).")
        yield {}


def test_a_full_disk_stops_all_with_one_sentence(root: Path) -> None:
    with pytest.raises(Breakdown, match="disque plein"):
        gather(root, Endless(True), Full())


publishers = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 50), max_size=8)
answers = st.lists(
    st.tuples(st.sampled_from(("p1", "p2")), st.one_of(st.none(), publishers)), max_size=5
)


def said(found: list[tuple[str, dict[str, int] | None]]) -> list[Outcome]:
    return [
        bad(platform)
        if rows is None
        else good(platform, *(row(platform, k, n) for k, n in rows.items()))
        for platform, rows in dict(found).items()
    ]


@given(st.lists(answers, max_size=4), answers)
@settings(max_examples=60, deadline=None)
def test_the_same_harvest_twice_changes_no_byte(
    history: list[list[tuple[str, dict[str, int] | None]]],
    last: list[tuple[str, dict[str, int] | None]],
) -> None:
    root = Path(__file__).parents[1]
    files = Memory(
        {**schemas_of(root), "schemas/journal.json": (root / "schemas/journal.json").read_bytes()}
    )
    for day, found in enumerate([*history, last]):
        today = DAY + timedelta(days=day)
        files = after(files, merge(Register(files), said(found), today, trusted=["p1", "p2"]))
    assert merge(Register(files), said(last), today, trusted=["p1", "p2"]).changes == {}
    lines = text(files, ROWS).splitlines() if ROWS in files else []
    assert len(lines) == len(set(lines))


LINES = [
    {"id": "b", "techno": "ckan", "url": "https://www.data.fr/", "statut": "active"},
    {"id": "a", "techno": "ckan", "url": "http://DATA.fr#", "statut": "active"},
    {"id": "c", "techno": "ckan", "url": "https://data.fr/ckan", "statut": "active"},
    {"id": "d", "techno": "opendatasoft", "url": "https://data.fr", "statut": "active"},
    {"id": "e", "techno": "ckan", "url": "", "statut": "active"},
    {"id": "f", "techno": "ckan", "url": "", "statut": "active"},
]


def test_a_portal_that_stands_twice_in_the_register_is_harvested_once() -> None:
    assert twins(targets(LINES)) == {"b": "a"}
    assert twins(targets(reversed(LINES))) == {"b": "a"}
    national = [{**line, "perimetre": "national"} if line["id"] == "b" else line for line in LINES]
    assert twins(targets(national)) == {"a": "b"}
    assert twins(targets(LINES, bases={"a": "http://127.0.0.1:1"})) == {}


def test_the_register_harvests_each_portal_once(root: Path) -> None:
    platforms = Register(Folder(root)).table("plateformes").records()
    assert twins(targets(platforms)) == {"sncf-transilien": "sncf"}
