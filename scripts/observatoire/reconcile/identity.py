"""Who is each publisher? The chain of evidence, best first, over a whole harvest.

Certain evidence is applied, doubtful evidence is asked, the rest is counted. A publisher without a
dataset is never asked about: the register lists who publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from observatoire.reconcile import certain, questions, scope
from observatoire.reconcile.bodies import Bodies
from observatoire.reconcile.fuzzy import Neighbours
from observatoire.reconcile.verdicts import Aside, Publisher, Verdict
from observatoire.reconcile.vocabulary import state


def identify(
    publishers: Iterable[Publisher], bodies: Bodies
) -> Iterator[tuple[Publisher, Verdict]]:
    """A verdict for each publisher, in the given order; none depends on the others."""
    near = Neighbours(bodies.all)
    for p in publishers:
        yield p, _first(p, bodies) or _ask(p, bodies, near)


def _first(p: Publisher, bodies: Bodies) -> Verdict | None:
    return next((v for evidence in certain.CHAIN if (v := evidence(p, bodies))), None)


def _ask(p: Publisher, bodies: Bodies, near: Neighbours) -> Verdict:
    if p.nb_jeux == 0:
        return Aside(scope.NO_DATASET)
    found = questions.suspicious(p, bodies)
    if found is None and state(p.label) and not bodies.named(p.label):
        found = Aside(scope.OF_STATE)
    found = found or questions.same_label(p, bodies)
    if found is None and scope.named_here(p, bodies):
        region = bodies.known.region(p.plateforme)
        found = questions.same_name(p, bodies, region)
        found = found or questions.near_name(p, bodies, region, near)
    return found or questions.other_name(p, bodies) or scope.outsider(p, bodies)
