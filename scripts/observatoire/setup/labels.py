"""Every label that the automation puts on or obeys, with its colour and its meaning."""

from __future__ import annotations

from observatoire.contribution.answer import LABEL as CONTRIBUTION
from observatoire.propose.notes import PAUSE, RESUME
from observatoire.propose.proposal import DRAFT_LABEL
from observatoire.setup.model import Label
from observatoire.signalement.forms import forms
from observatoire.signalement.model import LABEL as REPORT

ORDERS, WATCH, PEOPLE, KINDS = "#6699cc", "#d9534f", "#2f8f5b", "#8e6fb5"


def labels() -> list[Label]:
    """The labels, orders to the bot first."""
    kinds = [Label(f.kind, KINDS, f.about) for f in forms().values()]
    return [
        Label(PAUSE, ORDERS, "Le robot ne touche plus à cette demande."),
        Label(RESUME, ORDERS, "Le robot reprend cette demande ; le travail des autres est gardé."),
        Label(DRAFT_LABEL, WATCH, "La moisson n'a pas l'air normale : à vérifier avant."),
        Label(CONTRIBUTION, PEOPLE, "Corrections faites avec Datami."),
        Label(REPORT, PEOPLE, "Ticket « Signaler… », et la demande qui en vient."),
        *kinds,
    ]
