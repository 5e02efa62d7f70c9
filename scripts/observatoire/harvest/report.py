"""A harvest told in French: a line per platform, what it cost, what moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.french import counted, number, size
from observatoire.harvest.model import Outcome
from observatoire.web import Meter

HEADER = f"{'publicateurs':>12}  {'jeux':>9}  {'écart':>8}  {'requêtes':>8}  {'inchangées':>10}"


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line per platform, under a header."""
    width = max([len("Plateforme"), *(len(o.plateforme) for o in outcomes)])
    yield f"{'Plateforme':<{width}}  {HEADER}"
    for outcome in outcomes:
        yield f"{outcome.plateforme:<{width}}  {_line(outcome)}"


def cost(outcomes: Sequence[Outcome]) -> str:
    """What all of it cost."""
    total = summed(outcomes)
    return (
        f"{counted(len(outcomes), 'plateforme')}, {counted(total.requests, 'requête')}"
        f" dont {number(total.unchanged)} sans changement (304), {size(total.received)} reçus."
    )


def moves(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The platforms that redirect to another site: their line of the register is out of date."""
    for outcome in outcomes:
        for asked, answered in sorted(outcome.cost.moved.items()):
            yield f"{outcome.plateforme} : {asked} redirige vers {answered}."


def summed(outcomes: Sequence[Outcome]) -> Meter:
    """What some platforms cost together."""
    costs = [o.cost for o in outcomes]
    return Meter(
        sum(c.requests for c in costs),
        sum(c.unchanged for c in costs),
        sum(c.received for c in costs),
    )


def _line(outcome: Outcome) -> str:
    if outcome.error:
        return "en échec, dernières lignes gardées" if outcome.before else "en échec"
    publishers, datasets = outcome.volume
    change = datasets - outcome.before[1] if outcome.before else datasets
    asked = f"{outcome.cost.requests:>8}  {outcome.cost.unchanged:>10}"
    return f"{publishers:>12}  {datasets:>9}  {change:>+8}  {asked}"
