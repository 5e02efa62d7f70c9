"""The plan of one source: matches, additions, edits, questions, and what is left out, with reasons.

Nothing is written, asked or fetched here. The order of the rows of any input changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from observatoire.french import day
from observatoire.model import Key
from observatoire.plan import Doubt, Plan
from observatoire.reconcile.absences import absences
from observatoire.reconcile.bodies import Bodies
from observatoire.reconcile.cells import Draft
from observatoire.reconcile.guards import anomalies
from observatoire.reconcile.identity import identify
from observatoire.reconcile.known import Known, known
from observatoire.reconcile.newcomers import enter, succeed
from observatoire.reconcile.rows import assign, key_of, keys_after, recorded
from observatoire.reconcile.unseen import to_remember, unseen
from observatoire.reconcile.verdicts import (
    METHODS,
    Aside,
    Match,
    Publisher,
    Question,
    Verdict,
    publisher,
)
from observatoire.reconcile.vetoes import vetoes
from observatoire.reference.lookup import Reference
from observatoire.register import Register
from observatoire.settle import KEY, Settled, absent, settle
from observatoire.table import Table

MISSING = "absent de cette moisson"
UNSEEN = "compte du registre que la source ne donne pas"
ABSENT = frozenset((MISSING, UNSEEN))
"""Why accounts are left out on the day of their first absence."""


def plan(  # noqa: PLR0913, PLR0917 - each is one value of the three-way merge
    source: str, base: Table, theirs: Table, register: Register, reference: Reference, date: str
) -> Plan:
    """What the new harvest ``theirs`` changes in the register, seen from the committed ``base``."""
    settled = settle(base, theirs, date)
    live = {k for k, line in settled.lines.items() if not absent(line)}
    bodies = Bodies(known(register, source, base, live), reference)
    verdicts = list(identify(_followed(settled, bodies.known), bodies))
    draft = Draft(vetoes(register, date))
    _write(draft, verdicts, settled, bodies, base)
    draft.left += _aside(verdicts, settled, bodies.known, base)
    additions = sorted(draft.additions.values(), key=lambda a: (a.table, a.key))
    edits = sorted(draft.edits, key=lambda e: (e.table, e.key, e.field))
    lines = keys_after(map(key_of, bodies.known.publications), additions, edits)
    doubts = tuple(_doubts(verdicts, settled))
    lost = unseen(lines, settled, doubts, draft.vetoes, bodies.known.decisions)
    draft.left += [(k[2], UNSEEN) for k in lost]
    rows = {key_of(row): row for row in bodies.known.publications}
    gone, back = absences(base, settled, lines, to_remember(rows, lost))
    return Plan(
        source=source,
        additions=tuple(additions),
        edits=tuple(edits),
        conflicts=tuple(sorted(draft.conflicts, key=lambda c: (c.table, c.key, c.field))),
        doubts=doubts,
        matches=tuple(sorted(_matches(verdicts, lines, bodies.known))),
        left=tuple(sorted(draft.left)),
        anomalies=tuple(anomalies(base, settled, additions, edits, bodies.known)),
        date=date,
        absents=gone,
        revenus=back,
    )


def _followed(settled: Settled, facts: Known) -> Iterator[Publisher]:
    """The publishers to identify: those that the source gives, or lost and that have a line."""
    for key, line in settled.lines.items():
        if key[0] in facts.plateformes and (not absent(line) or key in facts.accounts):
            yield publisher(line)


def _write(
    draft: Draft,
    verdicts: Iterable[tuple[Publisher, Verdict]],
    settled: Settled,
    bodies: Bodies,
    base: Table,
) -> None:
    """The changes of the matched accounts: in their line, or by a new line."""
    matched = [(p, v) for p, v in verdicts if isinstance(v, Match)]
    lines = assign([(p, v.siren) for p, v in matched], bodies.known)
    before = base.by(*KEY)
    for p, match in matched:
        theirs = settled.lines[p.key]
        if p.key in lines:
            # A match that the bot recorded had its line, under this very id.
            named = recorded(bodies.known.decisions.get(p.key)) == match.siren
            draft.compare(p.label, lines[p.key], before.get(p.key), theirs, named=named)
            if lines[p.key]["siren"] != match.siren and not named:
                succeed(draft, p, match, lines[p.key], bodies)
        elif not absent(theirs):
            enter(draft, p, match, theirs, bodies)


def _aside(
    verdicts: Iterable[tuple[Publisher, Verdict]], settled: Settled, facts: Known, base: Table
) -> Iterator[tuple[str, str]]:
    known = base.by(*KEY)
    for p, v in verdicts:
        if isinstance(v, Aside):
            yield p.label, v.why
    for key, line in settled.lines.items():
        label = line["nom"] or line["identifiant"]
        if key[0] not in facts.plateformes:
            yield label, f"plateforme absente du registre : {key[0]}"
        elif absent(line) and line["statut"] != "disparu":
            # Until it is committed, the date of an absence is that of the run.
            since = known[key]["absent_depuis"] if key in known else ""
            yield label, f"absent de la source depuis le {day(since)}" if since else MISSING


def _doubts(verdicts: Iterable[tuple[Publisher, Verdict]], settled: Settled) -> Iterator[Doubt]:
    """The questions, those with the likeliest candidate first."""
    asked = [(p, v) for p, v in verdicts if isinstance(v, Question)]
    for p, v in sorted(asked, key=lambda a: (-a[1].score, a[0].key)):
        if not absent(settled.lines[p.key]):
            yield Doubt(
                p.plateforme,
                p.identifiant,
                p.label,
                v.siren,
                v.candidat,
                v.score,
                v.why,
                p.url,
                p.nb_jeux,
                v.possibles,
            )


def _matches(
    verdicts: Iterable[tuple[Publisher, Verdict]], lines: Set[Key], facts: Known
) -> Iterator[tuple[str, str, str, str]]:
    """The certain matches that have a line and are not recorded yet, or are otherwise.

    A person's decision is never rewritten.
    """
    for p, v in verdicts:
        row = facts.decisions.get(p.key)
        decided = row is not None and row["decision"] != "automatique"
        gone = p.key not in facts.live
        if decided or gone or not isinstance(v, Match) or v.method not in METHODS:
            continue
        if (row is None or row["siren"] != v.siren) and (v.siren, *p.key) in lines:
            yield p.plateforme, p.identifiant, v.siren, METHODS[v.method][0]
