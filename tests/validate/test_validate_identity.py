"""Looking up départements and régions apart finds what the whole reference finds."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.reference import lookup
from observatoire.validate import engine
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


def test_a_number_of_the_reference_that_is_none_is_told_and_nothing_breaks() -> None:
    tables = specimen.TABLES
    wrong = specimen.register(
        organisations=tables["organisations"].replace("219300662", "219300670"),
        reference__2026__communes=tables["reference/2026/communes"].replace("860", "86O"),
    )
    codes = {tally.code for tally in engine.run(wrong, date(2026, 11, 23)).tallies}
    assert "type-de-valeur" in codes
