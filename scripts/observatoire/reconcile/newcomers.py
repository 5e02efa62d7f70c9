"""An account without a line: its line of `publications`, and that of its body if it is new."""

from __future__ import annotations

from observatoire.model import Row
from observatoire.plan import Addition
from observatoire.reconcile.bodies import Bodies
from observatoire.reconcile.cells import Draft
from observatoire.reconcile.merge import FIELDS
from observatoire.reconcile.rows import TABLE, key_of
from observatoire.reconcile.scope import NO_DATASET
from observatoire.reconcile.verdicts import METHODS, Match, Publisher
from observatoire.reconcile.vocabulary import associated_type
from observatoire.reference.lookup import Reference

BODIES = "organisations"

DEFAULT_TYPE = "OACT"
"""For a body that the reference does not know and whose name says nothing."""

REMOVED = "ligne retirée du registre par une personne"
OTHER_LINE = "une ligne d'un autre organisme porte ce compte : gardez l'une des deux"


def enter(draft: Draft, p: Publisher, match: Match, line: Row, bodies: Bodies) -> None:
    """Add the account's line, and its body's, unless a person or the data say no."""
    row = publication(p, match.siren, line)
    new_body = match.siren not in bodies.known.organisations
    reason = _objection(p, bodies) or draft.vetoes.no_addition(TABLE, key_of(row))
    if new_body:
        reason = reason or draft.vetoes.no_addition(BODIES, (match.siren,))
    if reason:
        draft.left.append((p.label, reason))
        return
    why = METHODS.get(match.method, METHODS["decision"])[0]
    if new_body:
        body = organisation(p, match.siren, bodies.reference)
        draft.add(Addition(BODIES, (match.siren,), body, why))
    draft.add(Addition(TABLE, key_of(row), row, why))


def succeed(draft: Draft, p: Publisher, match: Match, line: Row, bodies: Bodies) -> None:
    """Give a body's line to the one that replaces it, which enters if it is new."""
    new_body = match.siren not in bodies.known.organisations
    if new_body and draft.vetoes.no_addition(BODIES, (match.siren,)):
        return
    if draft.inherit(p.label, line, match.siren) and new_body:
        body = organisation(p, match.siren, bodies.reference)
        named = [b.nom for b in bodies.names(line["siren"])[-1:]] or [line["siren"]]
        why = f"remplace {named[0]}, d'après data/redirections.csv"
        draft.add(Addition(BODIES, (match.siren,), body, why))


def publication(p: Publisher, siren: str, line: Row) -> dict[str, str]:
    """The new line of publications for an account."""
    cells = {ours: line[theirs] for ours, theirs in FIELDS.items()}
    names = {"siren": siren, "plateforme": p.plateforme, "identifiant": p.identifiant}
    return {**names, **cells, "origine": "moisson"}


def organisation(p: Publisher, siren: str, reference: Reference) -> dict[str, str]:
    """The new body: from the reference, or, when a person accepted it, from the account.

    The reference only knows authorities. The type of another body is a guess from its name: its
    statut asks for a person's look.
    """
    body = reference.bodies.get(siren)
    if body is None:
        guess = associated_type(p.label) or DEFAULT_TYPE
        return {"siren": siren, "nom": p.label, "type": guess, "statut": "a_verifier"}
    return {
        "siren": siren,
        "nom": body.nom,
        "type": body.type,
        "departement": body.departement,
        "statut": "actif",
    }


def _objection(p: Publisher, bodies: Bodies) -> str:
    """Why there must be no new line, "" when there may.

    A match that the bot recorded had its line: when it has none, a person removed it.
    """
    if p.nb_jeux == 0:
        return NO_DATASET
    if p.key in bodies.known.accounts:
        return OTHER_LINE
    recorded = bodies.known.decisions.get(p.key)
    automatic = recorded is not None and recorded["decision"] == "automatique"
    return REMOVED if automatic else ""
