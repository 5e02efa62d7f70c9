"""The description of a merge request: readable in a minute, bounded whatever the input."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from observatoire.files import Changes
from observatoire.french import counted, number
from observatoire.plan import Conflict, Doubt, Plan
from observatoire.propose import marker, summary
from observatoire.propose.choices import Choice
from observatoire.propose.markdown import details, text
from observatoire.propose.proposal import DRAFT_LABEL, ERRANDS, Evidence, Names, Proposal
from observatoire.propose.questions import Questions
from observatoire.propose.sections import Section, sections
from observatoire.propose.share import volatile
from observatoire.propose.shown import Shown
from observatoire.reconcile.plan import ABSENT

VISIBLE = 20
"""Lines of a table that show at once; the others are folded."""

MOST = 2000
"""Lines of a table that a body may hold at all; the diff has them all."""

REASONS = 12
EXAMPLES = 3
ANOMALIES = 20
MARKER_ROOM = 400

ABNORMAL = "**Brouillon : cette moisson n'est pas normale. Vérifiez avant de fusionner.**"
REFUSING = (
    "**Pour refuser** une ligne, remettez-la comme avant dans cette branche, ou verrouillez la"
    " cellule dans `data/verrous.csv`. Pour tout refuser, fermez cette demande sans la fusionner :"
    " elle ne reviendra que si la source change. Dès que vous modifiez la branche, le robot n'y"
    " touche plus ; l'étiquette `bot::pause` l'arrête aussi."
)


@dataclass(frozen=True)
class Report:
    """What a body is written from.

    The questions of ``plan`` are new; ``asked`` are those of an earlier request, without answer;
    ``choices`` are the answers. ``previous`` names the last closed request; ``refused`` is how many
    refusals the branch writes down. ``both`` are boxes ticked together (``choices.together``).
    ``continues`` names the merged request that held back what this one has.
    """

    plan: Plan
    names: Names
    evidence: Evidence
    previous: str = ""
    asked: tuple[Doubt | Conflict, ...] = ()
    choices: tuple[Choice, ...] = ()
    refused: int = 0
    both: Set[str] = frozenset()
    continues: str = ""

    def proposal(self, changes: Changes, limit: int) -> Proposal:
        """What to propose; its body has at most ``limit`` bytes, hidden line included."""
        origin = summary.origin(self.evidence)
        stable = self._fit(limit - MARKER_ROOM - len(origin.encode()))
        return Proposal(
            topic=topic_of(self.plan.source),
            title=summary.title(self.plan, self.evidence, len(self.choices), self.continues),
            body=f"{stable}\n\n{origin}\n",
            stable=stable,
            message=summary.message(self.plan, self.evidence, len(self.choices)),
            changes=changes,
            key=marker.key_of(self.plan),
            labels=(DRAFT_LABEL,) if self.plan.anomalies else (),
            draft=bool(self.plan.anomalies),
            volatile=volatile(self.plan) and not self.choices,
        )

    def _fit(self, room: int) -> str:
        """The longest text that fits: the greatest number of lines per table, found by halves."""
        parts = [
            *Questions(Shown(self.names), MOST, self.both).sections(
                self.plan, self.asked, self.choices
            ),
            *sections(self.plan, self.names, MOST),
        ]
        before, after = [*self._before()], [*self._after()]
        whole = False

        def tried(lines: int) -> str:
            tables = (
                line for p in parts for line in _section(p, MOST if whole and p.asks else lines)
            )
            return "\n".join((*before, *tables, *after))

        low, high = 0, max((len(p.lines) for p in parts), default=0)
        best = tried(high)
        if len(best.encode()) <= room:
            return best
        # What is cut of a table is in the diff; a question or an answer is nowhere else.
        whole = True
        whole = len(tried(low).encode()) <= room
        best = tried(low)
        while high - low > 1:
            middle = (low + high) // 2
            body = tried(middle)
            if len(body.encode()) <= room:
                low, best = middle, body
            else:
                high = middle
        return best

    def _before(self) -> Iterator[str]:
        if self.plan.anomalies:
            shown = self.plan.anomalies[:ANOMALIES]
            yield from (ABNORMAL, "", *(f"- {text(a, 300)}" for a in shown), "")
        if self.continues:
            yield from (f"Suite de la demande {self.continues}, qui était pleine.", "")
        yield from summary.sentences(self.plan, self.names, len(self.choices))

    def _after(self) -> Iterator[str]:
        # An absence has its own table.
        yield from _left([aside for aside in self.plan.left if aside[1] not in ABSENT])
        if self.previous:
            yield from ("", self._memory())
        yield from ("", REFUSING)
        if self.plan.waiting or self.plan.later:
            yield from ("", marker.MORE)

    def _memory(self) -> str:
        """What became of the request that a person closed."""
        said = f"Demande précédente, fermée sans fusion : {self.previous}."
        if not self.refused:
            return said
        noted = counted(self.refused, "refus noté", "refus notés")
        return f"{said} La branche garde {noted} dans `data/refus.csv`, à ne plus proposer."


def topic_of(source: str) -> str:
    """The topic of a source: one branch and one open request."""
    return source if source in ERRANDS else f"moisson-{source}"


def _section(part: Section, lines: int) -> Iterator[str]:
    """A heading and at most ``lines`` lines, the first ones visible."""
    yield from ("", f"### {part.title} ({number(part.total)})", "")
    if part.intro:
        yield from (part.intro, "")
    shown = part.lines[:lines]
    visible = 0 if part.folded else VISIBLE
    if shown[:visible]:
        yield from (*part.head, *shown[:visible])
    if folded := shown[visible:]:
        label = "les voir" if part.folded else counted(len(folded), "autre")
        yield from ([""] if shown[:visible] else [])
        yield from details(label, [*part.head, *folded])
    if hidden := part.total - len(shown):
        said = counted(hidden, "ligne n'est pas montrée", "lignes ne sont pas montrées")
        where = "les fichiers modifiés ont tout" if part.head else "répondez d'abord à celles-ci"
        yield from ("", f"*{said} ici : {where}.*")


def _left(left: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Who was left out, by reason, the most frequent first."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, reason in left:
        reasons[reason].append(name)
    if not reasons:
        return
    ranked = sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    lines = [_reason(reason, found) for reason, found in ranked[:REASONS]]
    if len(ranked) > REASONS:
        lines.append(f"- {counted(len(ranked) - REASONS, 'autre raison', 'autres raisons')}")
    label = counted(len(left), "compte laissé de côté", "comptes laissés de côté")
    yield from ("", *details(f"{label}, et pourquoi", lines))


def _reason(reason: str, found: Sequence[str]) -> str:
    examples = ", ".join(text(n, 60) for n in found[:EXAMPLES])
    more = "…" if len(found) > EXAMPLES else ""
    return f"- {text(reason, 160)} : {counted(len(found), 'compte')} ({examples}{more})"
