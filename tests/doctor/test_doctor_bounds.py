"""What the examination says on the very day when a thing is over, and in which order it weighs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from observatoire.doctor import report
from observatoire.doctor.checks import dependances, jeton, pipelines_recents, verrous
from observatoire.doctor.model import Advice, Place
from observatoire.git import Repo
from observatoire.setup.model import MAINTAINER

TODAY = "2026-11-23"


def states(check: Any, **facts: Any) -> list[str]:
    """The states that a check gives of a place that has these facts."""
    days = Place(Path(), Repo(Path()), TODAY).days_since
    place = SimpleNamespace(today=TODAY, days_since=days, **facts)
    return [advice.state for advice in check.look(place)]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ((), 0),
        (("bon", "attention"), 0),
        (("bon", "manque"), 1),
        (("manque", "panne"), 2),
        (("panne",), 2),
    ],
)
def test_what_cannot_be_seen_weighs_more_than_what_is_to_be_corrected(
    found: tuple[Any, ...], status: int
) -> None:
    assert report.status([("code", "Titre", Advice(state, "dit")) for state in found]) == status


@pytest.mark.parametrize(("day", "state"), [("2026-11-23", "bon"), ("2026-11-22", "attention")])
def test_a_lock_holds_to_the_end_of_its_last_day(day: str, state: str) -> None:
    rows = [{"statut": "actif", "echeance": day}, {"statut": "leve", "echeance": "2020-01-01"}]
    table = SimpleNamespace(records=lambda: rows)
    assert states(verrous, register=SimpleNamespace(table=lambda _: table)) == [state]


@pytest.mark.parametrize(("days", "state"), [(180, "bon"), (181, "attention")])
def test_libraries_are_old_after_half_a_year(days: int, state: str) -> None:
    when = date.fromordinal(date.fromisoformat(TODAY).toordinal() - days).isoformat()
    log = [SimpleNamespace(date=f"{when}T10:00:00+01:00")]
    repo = SimpleNamespace(resolve=lambda _: "a" * 40, log=lambda *_, **__: log)
    assert states(dependances, repo=repo) == [state]


@pytest.mark.parametrize(
    ("expires", "last"), [("2026-12-23", "attention"), ("2026-12-24", "bon"), ("", "bon")]
)
def test_a_token_is_to_be_renewed_a_month_before_its_end(expires: str, last: str) -> None:
    me = SimpleNamespace(level=MAINTAINER, scopes=frozenset(), expires=expires)
    shop = SimpleNamespace(title="GitLab", page=lambda _: "")
    assert states(jeton, shop=shop, found=SimpleNamespace(me=me))[-1] == last


@pytest.mark.parametrize(
    ("ended", "state"),
    [
        ((True, False, False), "bon"),
        ((False, True, False), "attention"),
        ((False, False, False, True), "manque"),
    ],
)
def test_one_pipeline_that_fails_is_an_accident_and_three_are_a_breakdown(
    ended: tuple[bool, ...], state: str
) -> None:
    ran = [
        SimpleNamespace(ended=True, good=good, date=f"{TODAY}T02:00:00Z", place="")
        for good in ended
    ]
    shop = SimpleNamespace(page=lambda _: "", ran=lambda: ran)
    assert states(pipelines_recents, shop=shop) == [state]
