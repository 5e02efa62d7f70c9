"""The département of a line, from the line, the reference and the address."""

from __future__ import annotations

import re

from observatoire.migrations.reprise_2022 import forms, rules
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.migrations.reprise_2022.vocabulary import region_code
from observatoire.reference.lookup import Body, Reference

CODE = re.compile(r"[0-9]{2}|2[AB]|9[78][0-9]")


def departement(pen: Pen, champ: str, cell: str, official: str, postal: str) -> str:
    """The code to keep; ``official`` is the reference's (or ""), ``postal`` the address's."""
    codes = forms.values(cell)
    if not codes:
        if official:
            pen.corrects(champ, cell, official, rules.DEPARTEMENT_MISSING)
        elif postal:
            pen.doubts(champ, cell, postal, rules.DEPARTEMENT_POSTAL)
        return official or postal
    if len(codes) > 1:
        seat = official or (postal if postal in codes else codes[0])
        pen.corrects(champ, cell, seat, rules.DEPARTEMENT_SEVERAL)
        return seat
    code = codes[0]
    if official and official != code:
        pen.corrects(champ, cell, official, rules.DEPARTEMENT_WRONG)
        return official
    if not CODE.fullmatch(code):
        pen.drops(champ, cell, rules.DEPARTEMENT_UNKNOWN)
        return ""
    return code


def check_region(pen: Pen, cell: str, departement: str, now: Reference) -> None:
    """A region code that contradicts the département is dropped with a line."""
    region = now.region_of(departement) if departement else ""
    if cell.strip() and region_code(cell) != region:
        pen.drops("regcode", cell, rules.REGION_WRONG, suggestion=region)


def population(pen: Pen, cell: str, body: Body | None, *, local: bool) -> str:
    """The population to store: only that of associated bodies; the reference knows the others."""
    if not cell.strip():
        return ""
    number = forms.integer(cell)
    if not number:
        pen.drops("pop-insee", cell, rules.COUNT_UNREADABLE)
        return ""
    if not local:
        return number
    if body is None or not body.population:
        pen.drops("pop-insee", cell, rules.POPULATION_UNKNOWN)
    elif number == body.code.lstrip("0") and body.type == "COM":
        pen.drops("pop-insee", cell, rules.POPULATION_IS_CODE, suggestion=str(body.population))
    elif not 1 / UNRELATED < int(number) / body.population < UNRELATED:
        pen.drops("pop-insee", cell, rules.POPULATION_FAR, suggestion=str(body.population))
    elif abs(int(number) - body.population) > CLOSE * body.population:
        pen.drops("pop-insee", cell, rules.POPULATION_OTHER, suggestion=str(body.population))
    return ""


CLOSE = 0.05
"""The edition's counts are three years older: most differ by less."""
UNRELATED = 1.5
"""A commune of the edition that grew most (Merville) grew by 19 % in those years."""
