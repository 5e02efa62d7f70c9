"""The one note under a reported issue: what became of it, in plain French."""

from __future__ import annotations

from collections.abc import Sequence

from observatoire.contribution.allowed import hidden
from observatoire.propose.bot import Outcome
from observatoire.signalement.answer import shown
from observatoire.signalement.model import Ask
from observatoire.validate.reports.markdown import sentence

MOST = 12
EDIT = (
    "Pour répondre, modifiez la description de ce ticket (le crayon, en haut de la page) : je la"
    " relis chaque heure."
)
THANKS = "Merci pour ce signalement !"


def missing(asks: Sequence[Ask]) -> str:
    """What the author is asked."""
    lines = [shown(a) for a in asks[:MOST]]
    return "\n".join(
        [f"{THANKS} Il me manque ceci pour en faire une proposition :", "", *lines, "", EDIT]
    )


def known(said: str) -> str:
    """The register says it already."""
    return (
        f"{THANKS} {sentence(hidden(said))} Il n'y a donc rien à changer ; fermez ce ticket, ou"
        " modifiez-le s'il disait autre chose."
    )


def human(said: str) -> str:
    """Only a person can deal with it."""
    return f"{THANKS} {sentence(hidden(said))} Une personne de l'équipe va le lire."


def twin(number: int) -> str:
    """Another open issue asks for the very same."""
    return f"{THANKS} Le ticket #{number} demande la même chose : la proposition y est suivie."


def late() -> str:
    """There are too many new proposals for now."""
    return f"{THANKS} Il est complet ; il sera proposé bientôt, après ceux qui attendent déjà."


def proposed(outcome: Outcome, mark: str) -> str:
    """What became of a proposal."""
    number = f"{mark}{outcome.request.number}" if outcome.request else ""
    match outcome.action:
        case "refusee":
            return (
                f"{THANKS} L'équipe a lu la proposition {number} et ne l'a pas retenue : elle y dit"
                " pourquoi. Si vous voyez autre chose, modifiez ce ticket."
            )
        case "gelee" | "en-pause" | "arret":
            return f"{THANKS} Une personne de l'équipe s'occupe de la proposition {number}."
        case _:
            return (
                f"{THANKS} Il est devenu la proposition {number}. Une personne la relit, puis"
                " l'accepte ; ce ticket se fermera alors de lui-même. Pour la corriger, modifiez"
                " la description de ce ticket : la proposition suivra dans l'heure."
            )
