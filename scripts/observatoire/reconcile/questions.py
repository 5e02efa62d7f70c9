"""Evidence that needs a person's eye: a candidate, a score and the reason, or nothing.

A name alone never matches by itself: twenty communes are called Saint-Aubin, and an office de
tourisme bears its commune's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from observatoire.french import counted
from observatoire.plan import Possible
from observatoire.reconcile.bodies import Bodies, Candidate, announced
from observatoire.reconcile.fuzzy import Neighbours
from observatoire.reconcile.known import fold
from observatoire.reconcile.scope import OF_STATE
from observatoire.reconcile.verdicts import Aside, Publisher, Question, Verdict
from observatoire.reconcile.vocabulary import COLLECTIVITES, compatible, state, territory

NEAR, NEAR_HERE = 0.85, 0.75
"""Similarity under which a name suggests nobody: in the country, and in a known département, where
there are few to mistake (of 3,000 disturbed names, 97 % found and 0.3 % mistaken at 0.75)."""

MARGIN = 0.04
"""Bodies that are nearly as near are named too."""

LISTED = 8
"""Bodies that a question may list, each with its box."""


def suspicious(p: Publisher, bodies: Bodies) -> Verdict | None:
    """The SIREN is known and the name does not fit: who is right?"""
    siren = bodies.known.current(p.siren)
    names = bodies.names(siren)
    if not names:
        return None
    if state(p.label):
        return Aside(f"{OF_STATE} qui déclare le SIREN d'un autre organisme")
    named = bodies.named(p.label)
    if len(named) == 1 and named[0].siren != siren:
        found = [(named[0], "son nom"), (names[0], "le SIREN qu'il déclare")]
        return several(
            0.6, "son nom et son SIREN ne désignent pas le même organisme", found, bodies
        )
    return _doubted(p, siren, "SIREN déclaré", bodies)


def other_name(p: Publisher, bodies: Bodies) -> Question | None:
    """The platform found a SIREN for an account whose name says nothing of it."""
    siren = bodies.known.current(p.found)
    if not bodies.names(siren):
        return None
    return _doubted(p, siren, "SIREN que la plateforme lui a trouvé", bodies)


def _doubted(p: Publisher, siren: str, said: str, bodies: Bodies) -> Question:
    score = round(0.2 + 0.5 * bodies.agreement(p.label, siren).score, 2)
    return Question(siren, bodies.names(siren)[0].nom, score, f"{said}, mais le nom diffère")


def same_label(p: Publisher, bodies: Bodies) -> Question | None:
    """The label is that of one body's account on this platform: another account, or a new id.

    A question, for two communes may share the label. Besides, an answer that rested on the lines
    which this very run adds would change at the next run.
    """
    sirens = bodies.known.active(bodies.known.labels.get((p.plateforme, fold(p.label)), ()))
    names = bodies.names(sirens[0]) if len(sirens) == 1 else []
    if not names:
        return None
    why = f"même nom sur cette plateforme qu'un compte de {described(names[0])}"
    return Question(sirens[0], names[0].nom, 0.95, why)


def same_name(p: Publisher, bodies: Bodies, region: str) -> Question | None:
    """One or several bodies have exactly this name."""
    found = bodies.named(p.label, region)
    if not found or _elsewhere(p.label, found, bodies):
        return None
    if len(found) > 1:
        ours = bodies.known.organisations
        found.sort(key=lambda c: c.siren not in ours)
        score = round(1 / len(found), 2)
        named = [(c, "même nom") for c in found]
        return several(score, "plusieurs organismes portent ce nom", named, bodies)
    if not bodies.agreement(p.label, found[0].siren).certain:
        why = "même nom, avec d'autres mots entre parenthèses"
        return Question(found[0].siren, found[0].nom, 0.6, why)
    where = region or territory(p.label) == found[0].departement
    score = 0.97 if where else 0.93 if announced(p.label) else 0.88
    why = "même nom, seul de ce nom dans son territoire" if where else "même nom, seul de ce nom"
    return Question(found[0].siren, found[0].nom, score, why)


def _elsewhere(label: str, found: Sequence[Candidate], bodies: Bodies) -> bool:
    """Whether the label states a département and these bodies are in others: mere namesakes."""
    place = territory(label)
    stated = bool(place and bodies.reference.region_of(place))
    return stated and all(c.departement not in {place, ""} for c in found)


def near_name(p: Publisher, bodies: Bodies, region: str, near: Neighbours) -> Question | None:
    """The nearest name, in the département that the label states; without any, in the territory.

    Bodies of exactly that name elsewhere are named too, before it.
    """
    place = territory(p.label)
    stated = bool(bodies.reference.region_of(place))

    def fits(c: Candidate) -> bool:
        return compatible(p.label, c.type)

    if stated:
        found = [f for f in near.nearest_in(p.label, NEAR_HERE, place) if fits(f[0])]
    else:
        found = near.nearest(p.label, NEAR, region, fits)
    if not found:
        return None
    candidate, score = found[0]
    likely = round(0.95 * score, 2)
    rivals = [c for c, s in found[1:] if s > score - MARGIN and c.siren != candidate.siren]
    # A portal may serve more than its région, or the register be wrong about it.
    same = bodies.named(p.label) if region and not stated else []
    away = [(c, "même nom, hors de la région du portail") for c in same]
    if not rivals and not away:
        return Question(
            candidate.siren, candidate.nom, likely, f"nom proche de {described(candidate)}"
        )
    near_ones = [(c, "nom proche") for c in (candidate, *rivals)]
    room = max(0, LISTED - len(near_ones))
    named = away[:room] + near_ones + away[room:]
    return several(likely, "plusieurs organismes portent un nom proche", named, bodies)


def several(
    score: float, why: str, found: Sequence[tuple[Candidate, str]], bodies: Bodies
) -> Question:
    """A question about several bodies, likeliest first, each with the reason to think of it."""
    reasons: dict[str, tuple[Candidate, str]] = {}
    for candidate, reason in found:
        reasons.setdefault(candidate.siren, (candidate, reason))
    listed = tuple(_possible(c, reason, bodies) for c, reason in reasons.values())
    if len(listed) == 1:
        return Question(listed[0].siren, listed[0].nom, score, why)
    late = len(listed) - LISTED
    more = f", dont {late} hors de cette liste" if late > 0 else ""
    return Question("", "", score, why + more, listed[:LISTED])


def _possible(c: Candidate, reason: str, bodies: Bodies) -> Possible:
    """A body with what helps to tell it from its namesakes."""
    body = bodies.reference.bodies.get(c.siren)
    facts = [reason]
    if body and body.population:
        facts.append(counted(body.population, "habitant"))
    if c.siren in bodies.known.organisations:
        facts.append("déjà au registre")
    if c.type in COLLECTIVITES and not body:
        facts.append("absent de la référence")
    return Possible(c.siren, c.nom, c.type, c.departement, ", ".join(facts))


def described(c: Candidate) -> str:
    """A body in a few words: « Acigné (COM, 35, 213500010) »."""
    return f"« {c.nom} » ({', '.join(filter(None, (c.type, c.departement, c.siren)))})"
