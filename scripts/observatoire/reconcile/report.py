"""A plan in French lines, for a person at a terminal: the counts, then a few examples of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from observatoire import french
from observatoire.plan import Addition, Conflict, Doubt, Edit, Plan
from observatoire.words import quote

EXAMPLES = 5

T = TypeVar("T")


def lines(plan: Plan) -> Iterator[str]:
    """The report, line by line."""
    yield f"{plan.source}, moisson du {french.day(plan.date)} : {_headline(plan)}"
    for sentence in plan.anomalies:
        yield f"  ANOMALIE : {sentence}"
    yield from _examples("Lignes à ajouter", plan.additions, _addition)
    yield from _examples("Cellules à mettre à jour", plan.edits, _edit)
    yield from _examples("Modifiées des deux côtés, à décider", plan.conflicts, _conflict)
    yield from _examples("Qui est-ce ?", plan.doubts, _doubt)
    if plan.left:
        yield f"  Laissés de côté ({french.number(len(plan.left))}) :"
        reasons = Counter(reason for _, reason in plan.left)
        for reason, number in sorted(reasons.items(), key=lambda r: (-r[1], r[0]))[:EXAMPLES]:
            yield f"    {french.number(number)} × {quote(reason)}"
        if len(reasons) > EXAMPLES:
            yield f"    … et {french.counted(len(reasons) - EXAMPLES, 'autre raison')}"


def _headline(plan: Plan) -> str:
    if plan.empty:
        return "rien à proposer."
    amounts = (
        (len(plan.additions), "ligne à ajouter", "lignes à ajouter"),
        (len(plan.edits), "cellule à mettre à jour", "cellules à mettre à jour"),
        (len(plan.conflicts), "conflit à trancher", "conflits à trancher"),
        (len(plan.doubts), "identité à confirmer", "identités à confirmer"),
        (len(plan.absents), "compte absent", "comptes absents"),
        (len(plan.revenus), "compte revenu", "comptes revenus"),
    )
    return ", ".join(french.counted(n, one, many) for n, one, many in amounts if n) + "."


def _examples(title: str, items: Sequence[T], sentence: Callable[[T], str]) -> Iterator[str]:
    if items:
        yield f"  {title} ({french.number(len(items))}) :"
        yield from (f"    {sentence(item)}" for item in items[:EXAMPLES])
        if len(items) > EXAMPLES:
            yield f"    … et {french.counted(len(items) - EXAMPLES, 'autre')}"


def _addition(a: Addition) -> str:
    shown = a.row.get("nom") or a.row.get("url") or ""
    return f"{a.table} {quote(' '.join(a.key))} {quote(shown)} : {a.why}"


def _edit(e: Edit) -> str:
    return f"{quote(' '.join(e.key))}, {e.field} : {quote(e.before)} devient {quote(e.after)}"


def _conflict(c: Conflict) -> str:
    before = f" (avant : {quote(c.base)})" if c.base else ""
    return (
        f"{quote(' '.join(c.key))}, {c.field} : le registre dit {quote(c.ours)}, la source dit"
        f" {quote(c.theirs)}{before}"
    )


def _doubt(d: Doubt) -> str:
    if d.possibles:
        named = " ou ".join(f"{quote(p.nom)} ({p.siren})" for p in d.possibles)
        return f"{quote(d.nom)} = {named} : {d.why}"
    score = f"{d.score:.2f}".replace(".", ",")
    who = f"{quote(d.candidat)} ({d.siren}), score {score}" if d.candidat else d.siren or "?"
    return f"{quote(d.nom)} = {who} : {d.why}"
