"""Which chart tells the figures of a breakdown; None where there is nothing to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from observatoire import french
from observatoire.indicators import brackets, vocabulary
from observatoire.indicators.model import PERCENT, Dimension, Evidence
from observatoire.indicators.obligation import THRESHOLD
from observatoire.site.charts import bars, codes, columns, scale, stacked
from observatoire.site.charts.bars import Bar, Cut
from observatoire.site.charts.marks import Drawing

RANKED = ("regions", "technos", "plateformes", vocabulary.ITSELF)
"""Vocabularies without an order of their own: the greatest value comes first."""

HISTOGRAMS = ("volume",)
"""Dimensions that count bodies by bracket of a number."""

MOST = 24
"""Bars beyond which a chart shows the greatest only."""

SMALL = 25
"""Under that share everywhere, a scale up to 100 % would show nothing."""

TWO = 2
LEGAL = f"La loi oblige à partir de {french.number(THRESHOLD)} habitants"


ONE = {"jeux de données": "jeu de données"}
"""Units whose singular is not theirs without an s."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a breakdown: its code and its name, its value as the table holds it.

    ``proof`` says what it rests on: "578 sur 4 642".
    """

    code: str
    name: str
    value: str
    unit: str
    part: int
    of: int
    proof: Evidence = french.ratio

    @property
    def number(self) -> float | None:
        """The value; None where nothing is known."""
        return float(self.value) if self.value else None

    @property
    def text(self) -> str:
        """The value in words."""
        return french.measure(self.value, self.unit)

    @property
    def counts(self) -> str:
        """The unit that follows the value, "1 organisation"; "" for a share or an unknown."""
        if self.unit == PERCENT or not self.value:
            return ""
        singular = ONE.get(self.unit, self.unit.removesuffix("s"))
        return self.unit if abs(float(self.value)) >= french.PLURAL else singular

    @property
    def ratio(self) -> str:
        """What a share is made of: "578 sur 4 642"; "" for a count, that it would repeat."""
        return french.ratio(self.part, self.of) if self.unit == PERCENT and self.of else ""

    @property
    def evidence(self) -> str:
        """What the value is made of, whatever its unit; "" where nothing was counted."""
        return self.proof(self.part, self.of) if self.of else ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chart, and one sentence that tells what it shows."""

    drawing: Drawing
    desc: str


def chart(dimension: Dimension, figures: Sequence[Figure]) -> Chosen | None:
    """The chart of one breakdown."""
    known = [f for f in figures if f.number is not None]
    if len(known) < TWO or not any(f.number for f in known):
        return None
    if dimension.mots == "departements":
        return _codes(known)
    if dimension.nom in HISTOGRAMS:
        return Chosen(columns.draw([_bar(f) for f in known]), "Colonnes, une par tranche.")
    if partition(known):
        return Chosen(_parts(known), "Une barre de 100 % découpée en parts.")
    return _bars(dimension, known)


def partition(figures: Sequence[Figure]) -> bool:
    """Whether figures are the parts of one whole, few enough to be told apart."""
    of = {f.of for f in figures}
    whole = len(of) == 1 and sum(f.part for f in figures) == figures[0].of > 0
    return whole and TWO <= len(figures) <= stacked.MOST


def _parts(figures: Sequence[Figure]) -> Drawing:
    parts = tuple(stacked.Part(f.part, _share(f.part, f.of)) for f in figures)
    return stacked.draw([f.name for f in figures], [stacked.Whole("", parts)])


def parts_by(names: Sequence[str], rows: Sequence[Sequence[Figure]]) -> Chosen:
    """One bar per place, each cut in the same parts; ``rows`` hold the parts of one place."""
    wholes = [
        stacked.Whole(
            row[0].name,
            tuple(stacked.Part(f.part, _share(f.part, f.of)) for f in row),
            french.number(row[0].of),
        )
        for row in sorted(rows, key=lambda row: (-row[0].of, row[0].name))
        if row[0].of
    ]
    desc = "Une barre de 100 % par territoire ; à droite, le total."
    return Chosen(stacked.draw(names, wholes), desc)


def _share(part: int, of: int) -> str:
    return f"{french.number(round(100 * part / of))}{french.THIN}% ({french.number(part)})"


def _codes(figures: Sequence[Figure]) -> Chosen:
    unit = f"{figures[0].unit} (un numéro par département)"
    places = [codes.Place(f.code, f.number or 0, f"{f.name} : {f.text}") for f in figures]
    desc = "Le numéro de chaque département est posé au-dessus de sa valeur."
    return Chosen(codes.draw(places, unit), desc)


def _bars(dimension: Dimension, figures: Sequence[Figure]) -> Chosen:
    ranked = dimension.mots in RANKED if isinstance(dimension.mots, str) else False
    if ranked:
        figures = sorted(figures, key=lambda f: (-(f.number or 0), f.name))
    shown = figures[:MOST]
    cut = _cut(shown) if dimension.nom == "population_communes" else None
    high = max(f.number or 0 for f in shown)
    limit = 0.0
    if figures[0].unit == PERCENT:
        limit = 100.0 if high >= SMALL else scale.top([high])
    desc = f"Barres horizontales, de {shown[0].text} ({shown[0].name})"
    desc += f" à {shown[-1].text} ({shown[-1].name})."
    if len(shown) < len(figures):
        desc += f" Les {MOST} premières valeurs sur {french.number(len(figures))}."
    return Chosen(bars.draw([_bar(f) for f in shown], limit, cut), desc)


def _cut(figures: Sequence[Figure]) -> Cut | None:
    legal = brackets.holding(THRESHOLD)
    ranks = [rank for rank, f in enumerate(figures) if f.code == legal]
    return Cut(ranks[0], LEGAL) if ranks else None


def _bar(figure: Figure) -> Bar:
    name = figure.name.removesuffix(" habitants").removesuffix(" jeux")
    return Bar(name, figure.number, figure.text, figure.ratio)
