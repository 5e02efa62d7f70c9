"""A platform is inactive after enough failures over enough days; nothing else moves a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.files import Memory
from observatoire.liveness import (
    ALIVE,
    REFUSES,
    SILENT,
    Looks,
    Rules,
    Sight,
    dead_links,
    judge,
    plan,
)
from observatoire.liveness.judge import failing
from observatoire.liveness.links import links
from observatoire.liveness.looks import PATH, read, write
from observatoire.liveness.plan import statuses
from observatoire.model import Row
from observatoire.plan import Edit
from observatoire.reconcile.vetoes import Vetoes
from observatoire.register import Register
from observatoire.table import from_records

DAY = date(2026, 11, 23)
RULES = Rules(failures=3, days=14)
OK, MUTE, NO = Sight(ALIVE), Sight(SILENT, "en panne"), Sight(REFUSES, "refusé")


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


URL = "https://a.fr/x"


def dead(*looks: tuple[int, Sight | None], number: int = 2) -> list[Row]:
    rows: list[Row] = []
    for days, seen in looks:
        sights = {URL: seen} if seen else {}
        rows = dead_links(rows, {URL: number}, sights, DAY + timedelta(days=days), RULES)
    return rows


def test_a_link_is_dead_after_enough_failures() -> None:
    [row] = dead((0, MUTE))
    assert row == {
        "url": URL,
        "publications": "2",
        "premier_echec": "2026-11-23",
        "dernier_echec": "2026-11-23",
        "echecs": "1",
        "cause": "en panne",
        "etat": "a_confirmer",
    }
    assert dead((0, MUTE), (0, MUTE)) == [row]
    [row] = dead((0, MUTE), (7, MUTE), (14, MUTE))
    assert (row["etat"], row["echecs"]) == ("mort", "3")


@pytest.mark.parametrize("seen", [NO, None])
def test_a_link_that_was_not_seen_stays_as_it_was(seen: Sight | None) -> None:
    assert dead((0, MUTE), (7, seen)) == dead((0, MUTE))
    assert dead((0, seen)) == []


def test_a_link_that_answers_leaves_the_list() -> None:
    assert dead((0, MUTE), (7, OK)) == []


def test_a_link_that_nobody_has_any_more_leaves_the_list() -> None:
    rows = dead((0, MUTE))
    assert dead_links(rows, {}, {}, DAY, RULES) == []


def test_only_the_links_of_published_lines_are_looked_at() -> None:
    rows = [
        {"url": "https://a.fr", "statut": "publie"},
        {"url": "https://a.fr", "statut": "publie"},
        {"url": "https://b.fr", "statut": "disparu"},
        {"url": "", "statut": "publie"},
    ]
    assert links(rows) == {"https://a.fr": 2}


def test_a_sure_state_is_offered_to_the_register_unless_a_person_said_no() -> None:
    platforms = [{"id": f"p{i}", "statut": "inconnue"} for i in range(5)]
    seen = ("active", "inactive", "incertaine", "active", "active")
    states = [
        {"plateforme": f"p{i}", "etat": e, "premier_echec": "2026-11-02", "cause": "en panne"}
        for i, e in enumerate(seen)
    ]
    vetoes = Vetoes(
        {("plateformes", "p3", "statut"): "gelé"},
        frozenset({("plateformes", "p4", "statut", "active")}),
    )
    found = statuses(platforms, states, vetoes)
    assert found == [
        Edit("plateformes", ("p0",), "statut", "inconnue", "active", "répond"),
        Edit(
            "plateformes",
            ("p1",),
            "statut",
            "inconnue",
            "inactive",
            "muette depuis le 2026-11-02 : en panne",
        ),
    ]
    assert statuses([{"id": "p0", "statut": "active"}], states, vetoes) == []


LOOKS = Looks(DAY, RULES, {"p": MUTE, "q": Sight(ALIVE, "", "https://q.fr")}, {"https://a.fr": NO})


def test_a_note_says_what_was_seen() -> None:
    assert read(Memory({PATH: write(LOOKS)})) == LOOKS
    without = replace(LOOKS, links=None)
    assert read(Memory({PATH: write(without)})) == without


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff",
        write(LOOKS).replace(b"2026-11-23", b"hier"),
        write(LOOKS).replace(b"muette", b"endormie"),
        write(LOOKS)[:-9],
    ],
)
def test_a_note_that_cannot_be_read_is_no_note(content: bytes) -> None:
    assert read(Memory({PATH: content})) is None
    assert read(Memory()) is None


def register(platforms: int) -> Register:
    """A register of as many platforms, all active."""
    names = ("plateformes", "verrous", "refus", "liens_morts")
    root = Path(__file__).parents[2]
    memory = Memory({f"schemas/{n}.json": (root / f"schemas/{n}.json").read_bytes() for n in names})
    lines = [
        {"id": f"p{i:03}", "nom": "P", "perimetre": "territorial", "statut": s}
        for i, s in zip(range(platforms), cycle(("inconnue", "active")), strict=False)
    ]
    columns = Register(memory).schema("plateformes").columns
    content = from_records(columns, lines)
    memory["data/plateformes.csv"] = Register(memory).bytes_of("plateformes", content)
    return Register(memory)


def seen(platforms: int, gone: int) -> dict[str, list[Row]]:
    """The last platforms are inactive, the others active."""
    return {
        "vivacite": [
            {
                "plateforme": f"p{i:03}",
                "etat": "inactive" if i >= platforms - gone else "active",
                "premier_echec": "2026-11-02",
                "cause": "en panne",
            }
            for i in range(platforms)
        ]
    }


def test_what_closes_a_portal_comes_first() -> None:
    found = plan(register(40), seen(40, 3), "2026-11-23")
    assert [e.after for e in found.edits][:4] == ["inactive"] * 3 + ["active"]
    assert found.anomalies == ()


def test_many_portals_that_close_at_once_are_an_anomaly() -> None:
    assert plan(register(90), seen(90, 9), "2026-11-23").anomalies == ()
    assert plan(register(90), seen(90, 12), "2026-11-23").anomalies == (
        "12 plateformes sur 90 deviennent inactives d'un coup : peut-être est-ce le robot"
        " qu'elles refusent.",
    )
