"""A publisher that resembles nobody known: is it worth a question?

The register lists local authorities and the bodies around them. data.gouv.fr also has ministries,
companies and associations by the thousand: a badge, a number or a word of the name must say that
the account is public and local. A portal of a territory publishes for its territory: there, every
unknown publisher is a question.
"""

from __future__ import annotations

from stdnum.fr import siren as siren_number

from observatoire.names import kind_hint
from observatoire.reconcile.bodies import Bodies
from observatoire.reconcile.verdicts import Aside, Publisher, Question, Verdict
from observatoire.reconcile.vocabulary import associated_type

PUBLIC = frozenset(("local-authority", "public-service"))

STATE_PREFIX, LOCAL_PREFIX = "1", "2"
"""First digit of a SIREN: the State and national bodies; authorities and their groupings."""

GUESSES = {
    "AGCT": "un groupement de collectivités (AGCT)",
    "DSPT": "un délégataire de service public (DSPT)",
    "OACT": "un organisme associé (OACT)",
}
"""The types that a name suggests, in words."""

NO_DATASET = "aucun jeu de données"
OF_STATE = "service de l'État"
NATIONAL = "organisme national"
NOT_PUBLIC = "ni collectivité ni service public"


def named_here(p: Publisher, bodies: Bodies) -> bool:
    """Whether a body of the same name is worth a question: « Orange » may be a company."""
    return _local(p, bodies) or bool(kind_hint(p.label) or bodies.known.named(p.label))


def outsider(p: Publisher, bodies: Bodies) -> Verdict:
    """For a publisher that resembles nobody: a question without a candidate, or a reason."""
    guess = associated_type(p.label)
    number = p.siren if siren_number.is_valid(p.siren) else ""
    if bodies.known.national(p.plateforme):
        if number.startswith(STATE_PREFIX) and guess != "AGCT":
            return Aside(NATIONAL)
        if not _local(p, bodies):
            return Aside(NOT_PUBLIC)
    said = f"SIREN {number} valide, absent du référentiel" if number else "aucun SIREN déclaré"
    kind = f" ; peut-être {GUESSES[guess]}" if guess else ""
    return Question(number, "", 0.5 if number else 0.0, f"{said}{kind}")


def _local(p: Publisher, bodies: Bodies) -> bool:
    return (
        not bodies.known.national(p.plateforme)
        or bool(p.badges & PUBLIC or associated_type(p.label))
        or p.siren.startswith(LOCAL_PREFIX)
    )
