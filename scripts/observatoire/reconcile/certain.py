"""Evidence that needs no question, best first: an account is this body, and it is applied.

A person's decision comes first, then the register itself (an id in `publications` is a person's
word too: moving the line to another SIREN corrects the match), then what the bot decided earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from observatoire.model import Row
from observatoire.reconcile.bodies import Bodies
from observatoire.reconcile.known import fold
from observatoire.reconcile.links import handle
from observatoire.reconcile.questions import several
from observatoire.reconcile.verdicts import Aside, Match, Publisher, Verdict

Evidence = Callable[[Publisher, Bodies], Verdict | None]


def decided(p: Publisher, bodies: Bodies) -> Verdict | None:
    """A person accepted or refused; a refusal of one SIREN leaves room for a certain other one."""
    row = bodies.known.decisions.get(p.key)
    if row is None or row["decision"] == "automatique":
        return None
    if row["decision"] == "acceptee":
        # A yes to a question without a candidate does not say who it is: the question stays.
        if not row["siren"]:
            return None
        return Match(bodies.known.current(row["siren"]), "decision")
    others = (same_id(p, bodies), declared(p, bodies), found(p, bodies)) if row["siren"] else ()
    certain = (o for o in others if isinstance(o, Match) and o.siren != row["siren"])
    return next(certain, None) or Aside("écarté par une personne")


def same_id(p: Publisher, bodies: Bodies) -> Verdict | None:
    """The register has a line with this very id."""
    return _one(p, bodies, bodies.known.accounts.get(p.key, ()), "identifiant")


def earlier(p: Publisher, bodies: Bodies) -> Verdict | None:
    """What was certain at an earlier harvest, and recorded."""
    row = bodies.known.decisions.get(p.key)
    if row is None or row["decision"] != "automatique" or not row["siren"]:
        return None
    return Match(bodies.known.current(row["siren"]), row["methode"])


def same_link(p: Publisher, bodies: Bodies) -> Verdict | None:
    """The register has a line whose link, or slug, names this account."""
    for name in (handle(p.url), p.identifiant):
        if name:
            rows = bodies.known.handles.get((p.plateforme, name), ())
            found = _one(p, bodies, [r for r in rows if bodies.known.free(r)], "adresse")
            if found:
                return found
    return None


def declared(p: Publisher, bodies: Bodies) -> Match | None:
    """The account declares a SIREN, and its name agrees with that of the body."""
    return _agreed(p, p.siren, "siren", bodies)


def found(p: Publisher, bodies: Bodies) -> Match | None:
    """The platform found a SIREN for this account, and the name agrees with that of the body."""
    return _agreed(p, p.found, "siren_trouve", bodies)


def _agreed(p: Publisher, said: str, method: str, bodies: Bodies) -> Match | None:
    """The body of a SIREN that may be wrong: no other body may bear the account's name."""
    siren = bodies.known.current(said)
    if not siren or not bodies.agreement(p.label, siren).certain:
        return None
    namesakes = {c.siren for c in bodies.named(p.label)}
    return Match(siren, method) if siren in namesakes or not namesakes else None


def listed(p: Publisher, bodies: Bodies) -> Match | None:
    """The register says that a body publishes on this local platform, under this name or label.

    Its line must have no account that the platform still gives: the old register often knew that a
    body publishes somewhere, and not under which label, or knew the label and not the account. A
    namesake listed there forbids it, even one whose account is known: otherwise the answer would
    change once that one is settled.
    """
    if bodies.known.national(p.plateforme):
        return None
    known = bodies.known
    lines = known.on_platform(p.plateforme)
    sirens = known.active(r["siren"] for r in lines)
    labelled = known.labelled.get((p.plateforme, fold(p.label)), [])
    named = {s for s in sirens if bodies.agreement(p.label, s).certain}
    under = {known.current(r["siren"]) for r in labelled}.intersection(sirens)
    if len(named | under) != 1:
        return None
    (siren,) = named | under
    own = [r for r in (lines if named else labelled) if known.current(r["siren"]) == siren]
    return Match(siren, "plateforme") if any(map(known.free, own)) else None


CHAIN: tuple[Evidence, ...] = (decided, same_id, earlier, same_link, declared, found, listed)


def _one(p: Publisher, bodies: Bodies, rows: Iterable[Row], method: str) -> Verdict | None:
    """The body of these lines; of several, the one that bears the account's name, or a question.

    The old register sometimes gives an account of a CC to its communes as well.
    """
    sirens = bodies.known.active(r["siren"] for r in rows)
    if len(sirens) > 1:
        named = [s for s in sirens if bodies.agreement(p.label, s).certain]
        if len(named) == 1:
            return Match(named[0], method)
        listed = [b for s in sirens for b in bodies.names(s)[-1:]]
        said = "le registre donne ce compte à plusieurs organismes"
        return several(0.5, said, [(b, "une ligne du registre le dit") for b in listed], bodies)
    return Match(sirens[0], method) if sirens else None
