"""Lines of the explorer for tests, in a small country."""

from __future__ import annotations

from observatoire.reference.lookup import Place, Reference
from observatoire.site.explorer import NOTHING, Line

TYPES = {"REG": "Région", "DEP": "Département", "COM": "Commune"}


def line(
    siren: str,
    nom: str,
    *,
    type: str = "COM",
    departement: str = "35",
    region: str = "53",
    population: int = NOTHING,
    portails: int = NOTHING,
    datagouv: int = NOTHING,
    technos: str = "",
    themes: str = "",
    publishes: bool = True,
) -> Line:
    """An obliged organisation that has a page."""
    return Line(
        siren,
        nom,
        type,
        departement,
        region,
        population,
        portails,
        datagouv,
        technos,
        themes,
        publishes,
        obliged=True,
        page=True,
    )


def reference() -> Reference:
    """Three départements of two régions."""
    places = [
        Place("35", "Ille-et-Vilaine", "53", "", "metro"),
        Place("42", "Loire", "84", "", "metro"),
        Place("69", "Rhône", "84", "", "metro"),
    ]
    regions = [
        Place("53", "Bretagne", "53", "", "metro"),
        Place("84", "Auvergne-Rhône-Alpes", "84", "", "metro"),
    ]
    return Reference(
        "2026",
        [],
        departements={p.code: p for p in places},
        regions={p.code: p for p in regions},
    )
