"""A harvest told in French: a line per platform or per source, what it cost, what moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from observatoire.french import counted, gap, number, size
from observatoire.harvest.model import Outcome
from observatoire.harvest.parts import Share
from observatoire.web import Meter

HEADER = f"{'publicateurs':>12}  {'jeux':>9}  {'écart':>8}  {'requêtes':>8}  {'inchangées':>10}"

MANY = 40
"""Lines that a person reads; with more platforms, a line stands for a source."""

ADDRESS = re.compile(r"https?://[^\s)]+")
PLACED = re.compile(r"(https?://\S+) : ((?:(?!https?://).)+)\.")
"""An error as ``web`` words it: an address, then the cause."""

SHOWN = 100
"""Characters of an address that a line shows."""

NAMED = 10
"""Platforms that a sentence names."""


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line per platform under a header; of many platforms, a line per source."""
    few = len(outcomes) <= MANY
    title = "Plateforme" if few else "Source"
    lines = [(o.plateforme, _line(o)) for o in outcomes] if few else list(_by_source(outcomes))
    width = max([len(title), *(len(name) for name, _ in lines)])
    yield f"{title:<{width}}  {HEADER}"
    for name, line in lines:
        yield f"{name:<{width}}  {line}"


def cost(outcomes: Sequence[Outcome]) -> str:
    """What all of it cost."""
    total = summed(outcomes)
    return (
        f"{counted(len(outcomes), 'plateforme')}, {counted(total.requests, 'requête')}"
        f" dont {number(total.unchanged)} sans changement (304), {size(total.received)} reçus."
    )


def failures(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A line for each platform that failed: the cause first, then where, shortened."""
    for outcome in outcomes:
        if outcome.error:
            found = PLACED.fullmatch(outcome.error)
            said = f"{found[2]} ({found[1]})." if found else outcome.error
            yield f"{outcome.plateforme} : {ADDRESS.sub(_shortened, said)}"


def _shortened(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) <= SHOWN else f"{found[0][: SHOWN - 1]}…"


def moves(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The platforms that redirect to another site: their line of the register is out of date."""
    for outcome in outcomes:
        for asked, answered in sorted(outcome.cost.moved.items()):
            yield f"{outcome.plateforme} : {asked} redirige vers {answered}."


def missing(shares: Sequence[Share], platforms: Sequence[str]) -> str:
    """What parts that were never written cost: their platforms are as good as down."""
    numbers = " et ".join(str(share.number) for share in shares)
    which = f"la partie {numbers}" if len(shares) == 1 else f"les parties {numbers}"
    verb = "manque" if len(shares) == 1 else "manquent"
    rest = len(platforms) - NAMED
    more = f" et {counted(rest, 'autre')}" if rest > 0 else ""
    said = f" ({', '.join(platforms[:NAMED])}{more})" if platforms else ""
    return (
        f"{which} sur {shares[0].total} {verb} : {counted(len(platforms), 'plateforme')} en panne,"
        f" dernières lignes gardées{said}."
    )


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
    return _figures([outcome])


def _by_source(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    for source in dict.fromkeys(o.source for o in outcomes):
        mine = [o for o in outcomes if o.source == source]
        good = [o for o in mine if not o.error]
        failed = len(mine) - len(good)
        note = f"  {counted(failed, 'échec')}" if failed else ""
        yield f"{source} ({counted(len(mine), 'plateforme')})", f"{_figures(good)}{note}"


def _figures(outcomes: Sequence[Outcome]) -> str:
    publishers = sum(o.volume[0] for o in outcomes)
    datasets = sum(o.volume[1] for o in outcomes)
    before = sum(o.before[1] for o in outcomes if o.before)
    spent = summed(outcomes)
    asked = f"{number(spent.requests):>8}  {number(spent.unchanged):>10}"
    moved = gap(str(datasets - before), "")
    return f"{number(publishers):>12}  {number(datasets):>9}  {moved:>8}  {asked}"
