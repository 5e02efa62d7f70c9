"""Indicators by what they tell, and the one figure that each of them is known by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from observatoire.indicators.model import WHOLE, Dimension, Header
from observatoire.site.charts.choice import Figure
from observatoire.site.measures.readings import Readings, Vintage

FAMILIES: Mapping[str, Sequence[str]] = {
    "Qui publie": ("I1", "I2", "I3", "I4", "I6"),
    "Pour qui et où": ("I5", "I12"),
    "Quoi, et sur quelles plateformes": ("I7", "I8", "I9", "I10"),
    "Avec quelle qualité": ("I11", "I16", "I17"),
    "Avec quel effet": ("I13", "I14", "I15"),
}
OTHERS = "Autres"

KNOWN_BY: Mapping[str, tuple[str, str]] = {"I4": ("type", "COM")}
"""Where an indicator's own first figure is not the telling one: for I4, communes."""

Code = tuple[str, str, str]
"""An indicator, a breakdown, a value of it."""

PLAIN: Mapping[Code, str] = {
    ("I1", "ensemble", WHOLE): "Organismes qui publient au moins un jeu de données",
    ("I2", "ouverts", WHOLE): "Organismes qui publient au moins un jeu de données",
    ("I3", "ensemble", WHOLE): "Collectivités obligées par la loi qui publient au moins un jeu de"
    " données",
    ("I4", "type", "COM"): "Communes d'au moins 3 500 habitants qui publient au moins un jeu de"
    " données",
    ("I5", "formule", "union_communes"): "Habitants d'un lieu où la commune ou son"
    " intercommunalité publie",
    ("I6", "famille", "communes"): "Communes, parmi les organismes qui publient",
    (
        "I8",
        "usage",
        "datagouv",
    ): "Organismes qui publient sur data.gouv.fr, seul ou avec un portail",
    ("I9", "borne", "basse"): "Au moins : la plus grande plateforme de chaque organisme",
    ("I11", "ensemble", WHOLE): "Jeux de données qui déclarent un schéma national",
    ("I14", "service", "demandes"): "Plateformes dont une page ou un forum permet de demander des"
    " données",
    ("I15", "gouvernance", "cooperation"): "Plateformes ouvertes à plusieurs (mutualisées,"
    " partenariales ou partagées)",
    ("I16", "critere", "licence_ouverte"): "Jeux de données sous licence ouverte",
    ("I17", "ensemble", WHOLE): "Publications lues par une moisson depuis 31 jours au plus",
}
"""What the figures that stand alone on a card count, in words that need no other title."""

GREATEST: Mapping[str, str] = {
    "I10": "Le thème le plus fréquent",
    "I12": "La région où le plus d'organismes publient",
}
"""What it is to be the greatest value of an indicator."""

SPLIT = "Par "
"""How the title of a plain breakdown begins: its values stand alone ("Communes")."""

MANY = 8
"""A breakdown with more values than that is known by its greatest one."""


@dataclass(frozen=True, slots=True)
class Key:
    """The figure that an indicator is known by, where it stands and when."""

    dimension: Dimension
    figure: Figure
    vintage: Vintage
    scope: str
    greatest: bool = False
    indicator: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """Its breakdown and its code."""
        return (self.dimension.nom, self.figure.code)

    @property
    def name(self) -> str:
        """What it counts, in words; a whole is the title of its breakdown."""
        if plain := PLAIN.get((self.indicator, *self.place)):
            return plain
        if self.figure.code == WHOLE:
            return self.dimension.titre
        if self.dimension.titre.startswith(SPLIT) and not self.greatest:
            return self.figure.name
        if self.greatest:
            title = f"{self.dimension.titre}, la plus grande valeur"
            return f"{GREATEST.get(self.indicator, title)} : {self.figure.name}"
        return f"{self.dimension.titre} : {self.figure.name}"


def grouped(headers: Iterable[Header]) -> list[tuple[str, list[Header]]]:
    """The headers by family, in the order of the indicators; none is lost."""
    every = list(headers)
    of = {name: family for family, names in FAMILIES.items() for name in names}
    out = [(f, [h for h in every if of.get(h.id, OTHERS) == f]) for f in (*FAMILIES, OTHERS)]
    return [(family, found) for family, found in out if found]


def key(header: Header, readings: Readings) -> Key | None:
    """The figure that an indicator is known by; None when nothing was measured."""
    dimension = _dimension(header)
    vintage = readings.latest(dimension.nom)
    if vintage is None:
        return None
    figures = readings.figures(dimension.nom, vintage)
    known = readings.at(*KNOWN_BY[header.id], vintage) if header.id in KNOWN_BY else None
    figure = known or _telling(figures)
    scope = readings.scope(dimension.nom, figure.code, vintage)
    greatest = known is None and len(figures) > MANY
    return Key(dimension, figure, vintage, scope, greatest, header.id)


def _dimension(header: Header) -> Dimension:
    if header.id in KNOWN_BY:
        return header.dimension(KNOWN_BY[header.id][0])
    heads = [d for d in header.dimensions if d.tete]
    return (heads or list(header.dimensions))[0]


def _telling(figures: Sequence[Figure]) -> Figure:
    if len(figures) <= MANY:
        return figures[0]
    return max(figures, key=lambda f: (f.number or 0, f.name))
