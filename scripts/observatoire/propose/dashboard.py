"""The dashboard: one issue that says where things stand, rewritten in place when that changes.

No date of the run stands in it: the same situation is the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from observatoire.french import counted, day, number
from observatoire.propose import marker, notes
from observatoire.propose.forges import MergeRequest
from observatoire.propose.forges.board import Board, Issue
from observatoire.propose.markdown import details, table, text
from observatoire.propose.situation import LATE_DAYS, Situation, Source

TITLE = "Tableau de bord du robot"
MARK = "<!-- observatoire v1 tableau-de-bord -->"
MOST = 50
"""Lines of a list: past that, a person goes to the files."""

RECENT = 10
"""Refused requests that show, the last ones."""

INTRO = (
    "Le robot tient ce ticket à jour : ce qu'on y écrit sera effacé. Fermez-le pour qu'il n'y"
    " touche plus."
)
NONE_OPEN = "Aucune demande ouverte : rien n'attend votre lecture."
LATE = (
    f"Aucune moisson réussie depuis plus de {LATE_DAYS} jours : les dernières valeurs sont"
    " gardées. Un portail fermé pour de bon se note `inactive` dans `data/plateformes.csv`."
)

Action = Literal["ouvert", "actualise", "inchange", "laisse"]


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of the issue."""

    action: Action
    issue: Issue


def post(board: Board, body: str) -> Posted:
    """Make the bot's issue say this; one that a person closed is left alone."""
    issue = board.find(MARK)
    if issue is None:
        return Posted("ouvert", board.create(TITLE, body))
    if not issue.open:
        return Posted("laisse", issue)
    if _print(issue.body) == _print(body):
        return Posted("inchange", issue)
    board.rewrite(issue, TITLE, body)
    return Posted("actualise", issue)


def _print(body: str) -> str:
    """The hidden fingerprint of a text; "" without any."""
    known = marker.read(body)
    return known.fingerprint if known else ""


def write(situation: Situation) -> str:
    """The text of the issue, with its hidden lines."""
    lines = [INTRO, "", *_requests(situation), *_waiting(situation), *_sources(situation)]
    lines += [*_late(situation), *_refused(situation)]
    said = "\n".join(lines)
    hidden = marker.Marker("tableau-de-bord", "aucune", marker.digest([said]))
    return f"{said}\n\n{MARK}\n{hidden.line()}\n"


def _requests(situation: Situation) -> Iterator[str]:
    yield from ("## Demandes ouvertes", "")
    if not situation.opened:
        yield NONE_OPEN
    for request in situation.opened[:MOST]:
        yield f"- {situation.mark}{request.number} {text(request.title, 200)}{_state(request)}"
    yield from _more(situation.opened)


def _state(request: MergeRequest) -> str:
    said = ["brouillon : moisson anormale"] if request.draft else []
    said += ["en pause"] if notes.PAUSE in request.labels else []
    return f" ({', '.join(said)})" if said else ""


def _waiting(situation: Situation) -> Iterator[str]:
    if situation.waiting:
        yield from ("", "## En attente", "")
        yield from (f"- {text(s)} : {text(why, 200)}" for s, why in situation.waiting[:MOST])
    if situation.broken:
        yield from ("", "## En panne", "")
        yield from (f"- {text(s)} : {text(why, 300)}" for s, why in situation.broken[:MOST])


def _sources(situation: Situation) -> Iterator[str]:
    yield from ("", "## Sources", "")
    heads = ("Source", "Portails moissonnés", "Publicateurs", "Dernière moisson réussie")
    yield from table(heads, [_row(source) for source in situation.sources])


def _row(source: Source) -> tuple[str, ...]:
    good = sorted(filter(None, source.dates.values()))
    when = {day(d): None for d in (good[0], good[-1])} if good else {"jamais": None}
    share = f"{number(len(good))} sur {number(len(source.dates))}"
    return text(source.title), share, number(source.publishers), " – ".join(when)


def _late(situation: Situation) -> Iterator[str]:
    if not situation.late:
        return
    total = counted(len(situation.late), "portail sans nouvelles", "portails sans nouvelles")
    lines = [
        f"- {_portal(situation, p)} : {f'depuis le {day(date)}' if date else 'jamais moissonné'}"
        for p, date in situation.late[:MOST]
    ]
    folded = details("les voir", [*lines, *_more(situation.late)])
    yield from ("", f"## {total[0].upper()}{total[1:]}", "", LATE, "", *folded)


def _portal(situation: Situation, plateforme: str) -> str:
    """« Data Rennes (rennes) »: its name, and its key in plateformes.csv."""
    name = situation.names.get(plateforme, "")
    return f"{text(name)} ({text(plateforme)})" if name else text(plateforme)


def _refused(situation: Situation) -> Iterator[str]:
    yield from ("", "## Refus et verrous", "")
    refusals = counted(situation.refusals, "valeur refusée", "valeurs refusées")
    locks = counted(situation.locks, "cellule verrouillée", "cellules verrouillées")
    yield f"{refusals} (`data/refus.csv`), {locks} (`data/verrous.csv`)."
    if situation.refused:
        yield from ("", "Dernières demandes fermées sans fusion :", "")
        recent = sorted(situation.refused, key=lambda r: -r.number)[:RECENT]
        yield from (f"- {situation.mark}{r.number} {text(r.title, 200)}" for r in recent)


def _more(items: Sequence[object]) -> Iterator[str]:
    if len(items) > MOST:
        yield f"- … et {counted(len(items) - MOST, 'autre')}"
