"""A small France: four communes, an EPCI, two départements, two régions, one overseas."""

from __future__ import annotations

from observatoire.indicators.model import Measure, Organisation, Snapshot
from observatoire.reference.lookup import Commune, Groupement, Place, Reference

REFERENCE = Reference(
    vintage="2022",
    communes=[
        Commune("35001", "213500010", "Acigné", "35", "53", "243500139", "", 6600),
        Commune("35002", "213500028", "Amanlis", "35", "53", "", "", 1700),
        Commune("35003", "213500036", "Andouillé", "35", "53", "", "", 3500),
        Commune("35004", "", "Sans numéro", "35", "53", "", "", 9000),
        Commune("97411", "219740115", "Saint-Denis", "974", "04", "", "", 153810),
    ],
    groupements=[Groupement("243500139", "Rennes Métropole", "MET", "35", "53", 467859)],
    departements={
        "35": Place("35", "Ille-et-Vilaine", "53", "223500018", "metro", "", 1098325),
        "974": Place("974", "La Réunion", "04", "229740014", "drom", "", 871157),
    },
    regions={
        "53": Place("53", "Bretagne", "53", "233500016", "metro", "BRE", 3394567),
        "04": Place("04", "La Réunion", "04", "239740012", "drom", "REU", 871157),
    },
)


def organisation(
    siren: str, kind: str, departement: str = "35", *, ouverte: bool = True
) -> Organisation:
    """An organisation of the small France."""
    return Organisation(siren, siren, kind, departement, REFERENCE.region_of(departement), ouverte)


def snapshot(*organisations: Organisation) -> Snapshot:
    """The small France at the end of 2022, with these organisations."""
    return Snapshot("2022", "2022-12-31", "essai", organisations, REFERENCE)


def at(measures: list[Measure], dimension: str, modalite: str) -> tuple[int, int, str]:
    """Numerator, denominator and value of one figure, which must be there once."""
    (found,) = [m for m in measures if (m.dimension, m.modalite) == (dimension, modalite)]
    return found.numerateur, found.denominateur, found.valeur
