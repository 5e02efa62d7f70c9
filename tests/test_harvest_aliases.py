"""A portal that the register has under two names counts once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from observatoire.files import Memory
from observatoire.harvest import Outcome, aliases, merge
from observatoire.model import Row
from observatoire.register import Register

DAY = date(2026, 11, 23)


def portal(platform: str, number: int = 9, **cells: str) -> Outcome:
    """A platform with two publishers; their order and their pages are its own."""
    rows: list[Row] = [
        {
            "plateforme": platform,
            "identifiant": name,
            "nb_jeux": str(count),
            "url": f"https://{platform}.fr/explore/?refine.publisher={name}",
            "statut": "publie",
            **cells,
        }
        for name, count in (("Issy", number), ("Vanves", 1))
    ]
    return Outcome("opendatasoft", platform, tuple(reversed(rows) if platform > "m" else rows))


def errors(*outcomes: Outcome, trusted: tuple[str, ...] = ()) -> dict[str, str]:
    return {o.plateforme: o.error for o in aliases.told(outcomes, trusted) if o.error}


def test_two_platforms_that_say_the_same_are_one_portal() -> None:
    found = errors(portal("issy"), portal("data-issy"), portal("seine-ouest"))
    assert list(found) == ["issy", "seine-ouest"]
    assert found["issy"] == (
        "mêmes comptes que « data-issy », au chiffre près : sans doute un seul portail sous deux"
        " noms ; mettez l'une des deux lignes de data/plateformes.csv en « inactive » ; si ce sont"
        " bien deux portails : --confirmer issy"
    )


@pytest.mark.parametrize(
    "other",
    [
        portal("issy", 8),
        portal("issy", derniere_mise_a_jour="2026-11-01"),
        portal("issy", nb_schema="1"),
    ],
)
def test_one_figure_apart_is_another_portal(other: Outcome) -> None:
    assert errors(portal("data-issy"), other) == {}


def test_so_few_datasets_may_well_be_alike() -> None:
    assert errors(portal("data-issy", 3), portal("issy", 3)) == {}
    assert list(errors(portal("data-issy", 4), portal("issy", 4))) == ["issy"]


def test_an_empty_cell_says_no_more_than_none() -> None:
    assert list(errors(portal("data-issy"), portal("issy", nom="", siren_declare=""))) == ["issy"]


def test_a_person_who_has_checked_is_believed() -> None:
    assert errors(portal("data-issy"), portal("issy"), trusted=("issy",)) == {}


def test_two_portals_that_fail_are_not_one() -> None:
    down = [Outcome("opendatasoft", name, error="en panne.") for name in ("a", "b")]
    assert aliases.told(down) == down


def test_the_second_name_keeps_its_last_lines(root: Path) -> None:
    names = ("moissons", "journal")
    files = Memory({f"schemas/{n}.json": (root / f"schemas/{n}.json").read_bytes() for n in names})
    result = merge(Register(files), [portal("issy"), portal("data-issy")], DAY)
    assert [o.plateforme for o in result.failures] == ["issy"]
    written = result.changes["data/moissons/opendatasoft.csv"] or b""
    assert written.count(b"\ndata-issy,") == 2
    assert b"\nissy," not in written
