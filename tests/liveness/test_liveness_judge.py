"""A platform is inactive after enough failures over enough days; nothing else moves a date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from liveness_sights import DAY, MUTE, NO, OK, RULES

from observatoire.liveness import ALIVE, SILENT, Sight, judge
from observatoire.liveness.judge import failing
from observatoire.model import Row


def after(*looks: tuple[int, Sight], before: Row | None = None) -> Row:
    """The line after looks, each some days after the first day."""
    for days, seen in looks:
        before = judge(before, seen, "p", DAY + timedelta(days=days), RULES)
    assert before is not None
    return {name: cell for name, cell in before.items() if cell}


ALIVE_ROW = {
    "plateforme": "p",
    "depuis": "2026-11-23",
    "derniere_reponse": "2026-11-23",
    "etat": "active",
}


def test_a_platform_that_answers_is_active_since_its_first_look() -> None:
    assert after((0, OK)) == ALIVE_ROW
    assert after((0, OK), (1, OK), (29, OK)) == ALIVE_ROW


def test_the_date_of_the_last_answer_moves_once_a_month() -> None:
    row = after((0, OK), (30, OK), (40, OK))
    assert (row["depuis"], row["derniere_reponse"]) == ("2026-11-23", "2026-12-23")


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([(1, MUTE)], "active"),
        ([(1, MUTE), (2, MUTE), (3, MUTE)], "active"),
        ([(1, MUTE), (16, MUTE)], "active"),
        ([(1, MUTE), (1, MUTE), (1, MUTE), (16, MUTE)], "active"),
        ([(1, MUTE), (8, MUTE), (15, MUTE)], "inactive"),
        ([(1, MUTE), (2, MUTE), (3, MUTE), (15, MUTE)], "inactive"),
        ([(1, MUTE), (8, OK), (15, MUTE)], "active"),
        ([(1, NO), (8, NO), (15, NO)], "incertaine"),
        ([(1, MUTE), (8, NO), (15, MUTE)], "active"),
        ([(1, MUTE), (8, MUTE), (15, MUTE), (16, OK)], "active"),
        ([(1, MUTE), (8, MUTE), (15, MUTE), (16, NO), (17, NO)], "inactive"),
    ],
)
def test_the_state_after_some_looks(looks: list[tuple[int, Sight]], state: str) -> None:
    assert after((0, OK), *looks)["etat"] == state


def test_an_inactive_platform_has_its_dates_and_its_cause() -> None:
    looks = [(1, MUTE), (8, Sight(SILENT, "autre cause")), (15, MUTE), (200, MUTE)]
    assert after((0, OK), *looks) == {
        "plateforme": "p",
        "depuis": "2026-12-08",
        "derniere_reponse": "2026-11-23",
        "constat": "muette",
        "premier_echec": "2026-11-24",
        "dernier_echec": "2026-12-08",
        "echecs": "3",
        "cause": "en panne",
        "etat": "inactive",
    }


def test_a_platform_that_never_answered_is_uncertain_then_inactive() -> None:
    assert after((0, MUTE))["etat"] == "incertaine"
    row = after((0, MUTE), (7, MUTE), (14, MUTE))
    assert (row["etat"], row["depuis"]) == ("inactive", "2026-12-07")
    assert "derniere_reponse" not in row


def test_a_redirection_is_remembered_while_the_site_is_silent() -> None:
    moved = Sight(ALIVE, "", "https://new.fr")
    assert after((0, moved))["redirection"] == "https://new.fr"
    assert after((0, moved), (1, MUTE))["redirection"] == "https://new.fr"
    assert "redirection" not in after((0, moved), (1, OK))


sights = st.sampled_from([OK, MUTE, NO])
histories = st.lists(st.tuples(st.integers(0, 60), sights), max_size=12).map(
    lambda looks: sorted(looks, key=lambda look: look[0])
)


@given(histories, sights, st.integers(0, 60))
@settings(max_examples=100)
def test_the_same_look_again_the_same_day_changes_nothing(
    history: list[tuple[int, Sight]], seen: Sight, gap: int
) -> None:
    day = (history[-1][0] if history else 0) + gap
    once = after(*history, (day, seen))
    assert after((day, seen), before=once) == once


@given(histories, sights)
@settings(max_examples=100)
def test_a_platform_that_stays_as_it_is_is_no_daily_news(
    history: list[tuple[int, Sight]], seen: Sight
) -> None:
    start = (history[-1][0] if history else 0) + 1
    row = after(*history, (start, seen))
    versions = {tuple(sorted(row.items()))}
    for day in range(start + 1, start + 29):
        row = after((day, seen), before=row)
        versions.add(tuple(sorted(row.items())))
    # At most: counted to three, then decided; or one new month.
    assert len(versions) <= 4


@given(histories)
@settings(max_examples=100)
def test_a_platform_is_inactive_by_silence_only(history: list[tuple[int, Sight]]) -> None:
    if history and after(*history)["etat"] == "inactive":
        silent = [day for day, seen in history if seen == MUTE]
        assert len(set(silent)) >= 3
        assert silent[-1] - silent[0] >= 14


def known(number: int, **cells: str) -> Row:
    return {"plateforme": f"p{number}", "etat": "active", "constat": "", **cells}


@pytest.mark.parametrize(
    ("silent", "platforms", "ours"),
    [(6, 10, True), (5, 10, False), (9, 9, False), (0, 50, False), (50, 50, True)],
)
def test_half_of_the_platforms_silent_at_once_is_our_own_network(
    silent: int, platforms: int, ours: bool
) -> None:
    seen = {f"p{i}": MUTE if i < silent else OK for i in range(platforms)}
    assert failing(seen, [known(i) for i in range(platforms)]) == ours


def test_platforms_that_were_silent_already_do_not_count() -> None:
    seen = {f"p{i}": MUTE for i in range(50)} | {f"q{i}": OK for i in range(20)}
    well = [known(0, plateforme=f"q{i}") for i in range(20)]
    assert not failing(seen, [*well, *(known(i, constat="muette") for i in range(50))])
    assert not failing(seen, [*well, *(known(i, etat="inactive") for i in range(50))])


def test_at_the_first_look_all_platforms_count() -> None:
    assert failing({f"p{i}": MUTE for i in range(50)}, [])
    assert not failing({f"p{i}": MUTE if i < 20 else OK for i in range(50)}, [])
