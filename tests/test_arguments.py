"""Words of the command line: what is said of those that are wrong."""

from __future__ import annotations

import io

import pytest

from observatoire import arguments
from observatoire.screen import Screen

NAMES = ["brest-metropole", "rennes-metropole", "rennes-sig", "rennes-trafic", "rennes-velos"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("brest", " ; vouliez-vous écrire « brest-metropole » ?"),
        (
            "rennes",
            " ; vouliez-vous écrire « rennes-metropole », « rennes-sig » ou « rennes-trafic » ?",
        ),
        ("renes-metropole", " ; vouliez-vous écrire « rennes-metropole » ?"),
        ("lyon", "."),
        ("", "."),
    ],
)
def test_an_unknown_name_is_told_with_those_that_were_perhaps_meant(name: str, hint: str) -> None:
    said = arguments.unknown("plateforme", name, NAMES)
    assert said == f"plateforme inconnue : « {name} »{hint}"


def test_each_name_that_is_not_known_is_told() -> None:
    out = io.StringIO()
    screen = Screen(io.StringIO(), out)
    assert arguments.known(screen, "plateforme", ["rennes-sig", "brest-metropole"], NAMES)
    assert out.getvalue() == ""
    assert not arguments.known(screen, "plateforme", ["zzz", "brest", "zzz"], NAMES)
    assert out.getvalue().splitlines() == [
        "plateforme inconnue : « brest » ; vouliez-vous écrire « brest-metropole » ?",
        "plateforme inconnue : « zzz ».",
    ]
