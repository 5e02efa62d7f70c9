"""A name where a code is expected: the code is given, unless several lines have that name."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.validate.context import Context
from observatoire.validate.named import keys

TODAY = date(2026, 11, 23)


def meant(table: str, field: str, cell: str) -> str:
    register = specimen.register()
    context = Context(register, register.names(), TODAY)
    sheet = context.sheet(table)
    assert sheet
    return keys(context, sheet, field)(cell)


@pytest.mark.parametrize("cell", ["Ain", "AIN", "01 - Ain", "Ain (01)", " ain "])
def test_the_name_of_a_departement_gives_its_code_alone_or_beside_it(cell: str) -> None:
    assert meant("organisations", "departement", cell) == "01"


@pytest.mark.parametrize("cell", ["Vallée", "", "35 - Ain", "Ai"])
def test_another_name_gives_nothing(cell: str) -> None:
    assert meant("organisations", "departement", cell) == ""


def test_the_name_of_a_body_or_of_a_platform_gives_its_key() -> None:
    assert meant("publications", "siren", "rennes metropole") == "243500139"
    assert meant("publications", "plateforme", "Rennes Métropole") == "rennes-metropole"


def test_a_name_that_several_bodies_have_gives_nothing() -> None:
    namesakes = specimen.TABLES["organisations"].replace(
        "L'Abergement-Clémenciat,", "Rennes Métropole,"
    )
    register = specimen.register(organisations=namesakes)
    context = Context(register, register.names(), TODAY)
    sheet = context.sheet("publications")
    assert sheet
    assert keys(context, sheet, "siren")("Rennes Métropole") == ""


def test_a_column_that_points_nowhere_has_no_names() -> None:
    assert meant("organisations", "adresse", "Ain") == ""
