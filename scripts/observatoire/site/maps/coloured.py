"""A map whose territories have the colour of their rate and lead to their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.reference.lookup import Place
from observatoire.site.figures import Figure
from observatoire.site.maps import classes
from observatoire.site.maps.france import Drawing, Label
from observatoire.site.maps.outlines import Box

NOBODY = "aucune collectivité obligée connue"


@dataclass(frozen=True, slots=True)
class Spot:
    """A territory of the map: its page, its class, what is said when one points at it."""

    href: str
    path: str
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map of ``width`` × ``height``; ``legend`` are the classes and their words."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    labels: tuple[Label, ...]
    frames: tuple[Box, ...]
    legend: Sequence[tuple[str, str]]


def coloured(
    drawing: Drawing,
    places: Mapping[str, Place],
    rate: Callable[[str], Figure | None],
    here: str = "",
) -> Map:
    """The drawing of some départements with their rates; ``here`` is the one to show apart."""

    def spots() -> Iterator[Spot]:
        # The one that stands out is drawn last: its outline covers those of its neighbours.
        for part in sorted(drawing.parts, key=lambda p: p.code == here):
            figure = rate(part.code)
            look = classes.of(figure.value if figure else "")
            yield Spot(
                f"departements/{part.code}/index.html",
                part.path,
                f"{look} ici" if part.code == here else look,
                f"{places[part.code].nom} ({part.code}) : {told(figure)}",
            )

    shown = tuple(spots())
    unknown = any(spot.look.startswith(classes.UNKNOWN) for spot in shown)
    return Map(
        drawing.width,
        drawing.height,
        shown,
        drawing.labels,
        drawing.frames,
        classes.legend(unknown=unknown),
    )


def told(figure: Figure | None) -> str:
    """ "18,2 %, 2 sur 11"."""
    return f"{figure.text}, {figure.ratio}" if figure and figure.value else NOBODY
