"""Words of the command line: what is said of those that are wrong."""

from __future__ import annotations

import pytest

from observatoire import arguments

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
