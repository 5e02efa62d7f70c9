"""Looking up départements and régions apart finds what the whole reference finds."""

from __future__ import annotations

import pytest
import specimen

from observatoire.reference import lookup
from observatoire.validate.identity import Directory

NAMES = ("Ille-et-Vilaine", "Bretagne", "Conseil départemental de l'Ain", "Ain", "Rennes", "Paris")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("departement", ["", "35", "01", "75", "99"])
@pytest.mark.parametrize("kind", ["DEP", "REG"])
def test_a_seat_is_the_body_that_the_whole_reference_names(
    name: str, departement: str, kind: str
) -> None:
    register = specimen.register()
    whole = lookup.load(register, register.vintages()[-1]).named(name, departement)
    expected = [body for body in whole if body.type == kind]
    assert Directory(register).meant(name, departement, kind) == expected
