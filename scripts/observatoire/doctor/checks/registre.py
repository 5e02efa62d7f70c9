"""Whether the register passes its own checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from observatoire.doctor.model import Advice, Place, good
from observatoire.french import counted
from observatoire.validate import engine

TITLE = "Registre"
ONLINE = False


def look(place: Place) -> Iterator[Advice]:
    """Errors block, advice does not."""
    report = engine.run(place.register, date.fromisoformat(place.today))
    read = counted(report.rows, "ligne")
    if report.errors:
        said = f"{counted(report.errors, 'erreur')} dans {read} : rien ne peut être publié."
        yield Advice("manque", said, "observatoire validate")
    else:
        yield good(f"{read} sans erreur, {counted(report.advice, 'conseil')}.")
