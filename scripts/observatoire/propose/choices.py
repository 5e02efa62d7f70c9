"""The boxes that people tick in a body: the bot keeps them, obeys them, and writes them down.

A ticked box says yes; a line struck out (``~~``) says no. A question about several bodies has a
box for each and one for none of them: the one that is ticked alone is the answer. A hidden mark at
the end of a line says which question it asks, whatever was done to its text. An answered question
stays in the body until the answer is in ``main``: the body is where the answer is kept meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from observatoire.model import Row
from observatoire.plan import Conflict, Doubt, Edit, Plan
from observatoire.propose import marker

_LAST = r"<!-- choix=(?P<id>[0-9a-f]{12}) -->(?!.*<!-- choix=)"
BOX = re.compile(
    r"^(?P<all>[ \t]*~~)?(?P<head>[ \t]*[-*+] )(?P<box>~~)?\[(?P<tick>[ xX~]{0,3})\]"
    rf" (?P<text>.*?)\s*{_LAST}.*$",
    re.M,
)
"""A line that asks, as people edit it: struck out from anywhere, ticked with or without blanks. The
mark is the last one: a publisher's name may hold another."""
MARK = re.compile(rf"^[ \t~]*[-*+] .*{_LAST}", re.M)
DIGITS = slice(7, 19)
"""The part of a digest, after ``sha256:``, that is enough to tell questions apart."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that a person answered."""

    question: Doubt | Conflict
    accepted: bool


def mark(question: Doubt | Conflict) -> str:
    """The hidden end of the line that asks a question."""
    return f"<!-- choix={identify(question)} -->"


def identify(question: Doubt | Conflict) -> str:
    """What tells a question from any other, whatever is said around it."""
    said: tuple[object, ...]
    if isinstance(question, Doubt):
        said = ("doute", question.plateforme, question.identifiant, question.siren)
    else:
        said = ("conflit", question.table, question.key, question.field, question.theirs)
    return marker.digest(said)[DIGITS]


def answers(bodies: Iterable[str]) -> dict[str, bool]:
    """The answers by mark, from the bodies of a topic's requests, oldest first: the last one wins.

    An empty box takes back the answer that an older body gave.
    """
    found: dict[str, bool] = {}
    for body in bodies:
        for box in BOX.finditer(body):
            found.pop(box["id"], None)
            if _struck(box):
                found[box["id"]] = False
            elif _ticked(box):
                found[box["id"]] = True
    return found


def _struck(box: re.Match[str]) -> bool:
    """Whether a line says no; « [~] » is GitLab's box that does not apply."""
    text = box["text"].startswith("~~")
    return bool(box["all"] or box["box"] or text or "~" in box["tick"])


def _ticked(box: re.Match[str]) -> bool:
    return "x" in box["tick"].lower()


def asked(bodies: Iterable[str]) -> frozenset[str]:
    """The marks of the questions that some bodies ask."""
    return frozenset(line["id"] for body in bodies for line in MARK.finditer(body))


def choose(plan: Plan, answered: Mapping[str, bool]) -> tuple[Choice, ...]:
    """The questions of a plan that have an answer."""
    questions: Sequence[Doubt | Conflict] = (*plan.conflicts, *plan.doubts)
    return tuple(c for q in questions if (c := _choice(q, answered)))


def boxes(doubt: Doubt) -> tuple[Doubt, ...]:
    """The question of each box of a doubt: this body? one by one, then none of them (no SIREN)."""
    if not doubt.possibles:
        return (doubt,)
    each = (
        replace(doubt, siren=p.siren, candidat=p.nom, why=p.why, possibles=())
        for p in doubt.possibles
    )
    return (*each, replace(doubt, possibles=()))


def marks(doubt: Doubt) -> frozenset[str]:
    """What tells the boxes of a doubt."""
    return frozenset(identify(box) for box in boxes(doubt))


def together(plan: Plan, answered: Mapping[str, bool]) -> frozenset[str]:
    """The marks of the boxes that are ticked together, where one alone would be an answer."""
    ticked = ({i for i in marks(d) if answered.get(i)} for d in plan.doubts if d.possibles)
    return frozenset(i for found in ticked if len(found) > 1 for i in found)


def _choice(question: Doubt | Conflict, answered: Mapping[str, bool]) -> Choice | None:
    """The answer to a question; of several candidates, the one that is ticked alone."""
    if isinstance(question, Conflict) or not question.possibles:
        said = answered.get(identify(question))
        return None if said is None else Choice(question, said)
    ticked = [box for box in boxes(question) if answered.get(identify(box))]
    return Choice(ticked[0], bool(ticked[0].siren)) if len(ticked) == 1 else None


def decisions(choices: Iterable[Choice]) -> list[Row]:
    """The lines of ``rapprochements`` that answers about identity make."""
    return [
        {
            "plateforme": c.question.plateforme,
            "identifiant": c.question.identifiant,
            "siren": c.question.siren,
            "methode": "decision",
            "score": "1",
            "decision": "acceptee" if c.accepted else "refusee",
        }
        for c in choices
        if isinstance(c.question, Doubt)
    ]


def settle(plan: Plan, choices: Iterable[Choice]) -> Plan:
    """The plan once cells moved on both sides follow the answers; an answer is asked no more."""
    done = {c.question: c.accepted for c in choices if isinstance(c.question, Conflict)}
    edits = [
        Edit(q.table, q.key, q.field, q.ours, q.theirs, account=q.account)
        for q, accepted in done.items()
        if accepted
    ]
    return replace(
        plan,
        edits=tuple(sorted([*plan.edits, *edits], key=lambda e: (e.table, e.key, e.field))),
        conflicts=tuple(c for c in plan.conflicts if c not in done),
    )


def unticked(body: str) -> str:
    """The body without boxes: for a place where a tick would not be read."""
    return BOX.sub(lambda box: f"{box['head']}{box['text']}", body)


def keep(old: str, new: str) -> str:
    """The new body with the ticks and strokes that the old one has on the same questions."""
    before = {box["id"]: box for box in BOX.finditer(old)}

    def line(box: re.Match[str]) -> str:
        was = before.get(box["id"])
        if was is None:
            return box[0]
        text = box["text"].removeprefix("~~").removesuffix("~~")
        text = f"~~{text}~~" if _struck(was) else text
        return f"{box['head']}[{'x' if _ticked(was) else ' '}] {text} <!-- choix={box['id']} -->"

    return BOX.sub(line, new)
