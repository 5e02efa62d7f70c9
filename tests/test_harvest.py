"""What enters the register after a harvest: complete, plausible, and only what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.files import Memory, Overlay
from observatoire.harvest import Harvest, Outcome, implausible, merge
from observatoire.model import Row
from observatoire.register import Register

DAY = date(2026, 11, 23)
ROWS, LOG = "data/moissons/datagouv.csv", "data/moissons/journal.csv"


def empty(root: Path) -> Memory:
    names = ("moissons", "journal")
    return Memory({f"schemas/{n}.json": (root / f"schemas/{n}.json").read_bytes() for n in names})


@pytest.fixture
def schemas(root: Path) -> Memory:
    return empty(root)


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
        ((20, 20), (9, 20), 0, "9 publicateurs au lieu de 20 : chute"),
        ((19, 19), (1, 1), 0, ""),
        ((4, 40), (4, 400), 0, ""),
        ((4, 40), (4, 401), 0, "401 jeux de données au lieu de 40 : hausse"),
        ((1, 1), (1, 19), 0, ""),
        ((1, 1), (1, 20), 0, "20 jeux de données au lieu de 1 : hausse"),
        ((0, 0), (900, 900), 0, ""),
    ],
)
def test_volumes_that_cannot_be_true_are_refused(
    before: tuple[int, int] | None, now: tuple[int, int], floor: int, verdict: str
) -> None:
    found = implausible(before, now, floor)
    assert found.startswith(verdict) if verdict else found == ""


def test_the_register_under_a_branch_is_read_like_another(schemas: Memory) -> None:
    files = Overlay(schemas, merge(Register(schemas), [good("p", row("p", "a"))], DAY).changes)
    assert merge(Register(files), [good("p", row("p", "a"))], DAY).changes == {}
    assert replace(bad("p"), error="x").volume == (0, 0)


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
    files = empty(Path(__file__).parents[1])
    for day, found in enumerate([*history, last]):
        today = DAY + timedelta(days=day)
        files = after(files, merge(Register(files), said(found), today, trusted=["p1", "p2"]))
    assert merge(Register(files), said(last), today, trusted=["p1", "p2"]).changes == {}
    lines = text(files, ROWS).splitlines() if ROWS in files else []
    assert len(lines) == len(set(lines))
