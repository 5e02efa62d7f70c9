"""Whether the cells that people froze still need to be."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.french import counted

TITLE = "Verrous"
ONLINE = False


def look(place: Place) -> Iterator[Advice]:
    """Locks past their date are dead lines; those without a date last for ever."""
    rows = [r for r in place.register.table("verrous").records() if r["statut"] == "actif"]
    over = [r for r in rows if r["echeance"] and r["echeance"] < place.today]
    endless = sum(not r["echeance"] for r in rows)
    if over:
        said = f"{counted(len(over), 'verrou')} dont l'échéance est passée : plus aucun effet."
        do = "relisez data/verrous.csv : repoussez l'échéance, ou écrivez « leve » dans statut"
        yield Advice("attention", said, do)
    else:
        more = f", dont {endless} sans échéance" if endless else ""
        yield good(f"{counted(len(rows), 'cellule')} sous verrou{more}.")
