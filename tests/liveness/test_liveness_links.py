"""A link is dead after enough failures, and leaves the list once it answers or nobody has it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from liveness_sights import DAY, MUTE, NO, OK, RULES

from observatoire.liveness import Sight, dead_links
from observatoire.liveness.links import links
from observatoire.model import Row

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
