"""A register with errors is not published: the same checks as for every contribution."""

from __future__ import annotations

from datetime import date

from observatoire import french
from observatoire.model import Finding, Malformed
from observatoire.register import Register
from observatoire.validate import engine

SHOWN = 10


def refuse_errors(register: Register, day: str) -> None:
    """Raise Malformed with the first errors of a register, as it stood that day (ISO)."""
    report = engine.run(register, date.fromisoformat(day))
    if not report.errors:
        return
    found = [f for tally in report.of("erreur") for f in tally.first]
    raise Malformed(
        *found[:SHOWN],
        Finding(
            "registre-faux",
            f"{french.counted(report.errors, 'erreur')} dans le registre : rien n'est publié."
            " Corrigez-les (« observatoire validate » les montre toutes), puis recommencez.",
        ),
    )
