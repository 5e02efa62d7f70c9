"""Floors and ceilings: figures that a healthy harvest does not show, said with the figures.

An anomaly stops nothing by itself: it turns the proposal into a draft that a person must look at.
"A violated bound is a signal to explain, not to refit."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from observatoire import french
from observatoire.model import Row
from observatoire.plan import Addition, Edit
from observatoire.reconcile.known import Known
from observatoire.reconcile.rows import TABLE
from observatoire.reconcile.verdicts import number
from observatoire.settle import CARRIED, Settled, absent
from observatoire.table import Table

FEW = 10
"""Under so many lines, a share says nothing."""

DATASETS, LOST, GAINED = 20, 0.5, 10
"""Datasets of a platform under which halves say nothing; the share that it may lose at once, and
the times that it may grow: beyond, the harvest itself doubted (``harvest.judging``)."""

COLLAPSE, COLLAPSED_SHARE = 0.5, 0.2
"""A fifth of the accounts that lose half of their datasets: a broken count, not closures."""

ENTRIES, ENTRIES_SHARE = 100, 0.5
"""The best year on record brought 238 entries to 589 organisations: half as much again at once is
a new source, to be looked at, or a matching gone wrong."""

SILENT_BEFORE, SILENT_NOW = 0.5, 0.1
"""A column that half of the lines filled, and that one in ten still fills: its name has changed."""


def anomalies(
    base: Table,
    settled: Settled,
    additions: Sequence[Addition],
    edits: Sequence[Edit],
    facts: Known,
) -> Iterator[str]:
    """The French sentences, none when all is well."""
    yield from _incomplete(settled, facts)
    yield from _volumes(base, settled, facts)
    yield from _collapse(edits, settled, facts)
    yield from _flood(additions, settled, facts)
    yield from _silent(base, settled)


def _incomplete(settled: Settled, facts: Known) -> Iterator[str]:
    for platform, (lost, before) in settled.incomplete.items():
        missing = french.counted(
            lost, f"publicateur sur {before} manque", f"publicateurs sur {before} manquent"
        )
        yield (
            f"{_called(platform, facts)} : {missing} d'un coup ; la réponse semble incomplète,"
            " aucune absence n'est comptée."
        )


def _called(platform: str, facts: Known) -> str:
    row = facts.plateformes.get(platform)
    return row["nom"] if row else platform


def _volumes(base: Table, settled: Settled, facts: Known) -> Iterator[str]:
    """Platforms that lose most of their datasets, or gain ten times as many."""
    before, now = _datasets(base.records()), _datasets(settled.raw)
    for platform, last in sorted(before.items()):
        found = now[platform]
        if platform not in now or platform in settled.incomplete:
            continue
        datasets = french.counted(found, "jeu de données", "jeux de données")
        said = f"{_called(platform, facts)} : {datasets} au lieu de {french.number(last)}"
        if last >= DATASETS and found < LOST * last:
            yield f"{said}, moins de la moitié."
        elif found >= DATASETS and last and found > GAINED * last:
            yield f"{said}, plus de dix fois autant."


def _datasets(rows: Iterable[Row]) -> Counter[str]:
    """The datasets of each platform, remembered lines aside."""
    total: Counter[str] = Counter()
    for row in rows:
        if not absent(row):
            total[row["plateforme"]] += number(row["nb_jeux"])
    return total


def _collapse(edits: Sequence[Edit], settled: Settled, facts: Known) -> Iterator[str]:
    counted = [e for e in edits if e.table == TABLE and e.field == "nb_jeux" and e.before]
    fallen = [e for e in counted if number(e.after) < COLLAPSE * number(e.before)]
    followed = sum(k in facts.accounts for k in settled.lines)
    if len(fallen) >= FEW and len(fallen) > COLLAPSED_SHARE * followed:
        lost = sum(number(e.before) - number(e.after) for e in fallen)
        yield (
            f"{french.number(len(fallen))} comptes sur {french.number(followed)} perdent plus de la"
            f" moitié de leurs jeux de données ({french.counted(lost, 'jeu', 'jeux')} en moins)."
        )


def _flood(additions: Sequence[Addition], settled: Settled, facts: Known) -> Iterator[str]:
    platforms = {k[0] for k in settled.lines}
    present = sum(r["plateforme"] in platforms for r in facts.publications)
    new = sum(a.table == TABLE for a in additions)
    if new > ENTRIES and new > ENTRIES_SHARE * present:
        there = french.counted(present, "ligne")
        yield f"{french.number(new)} entrées d'un coup, pour {there} déjà dans le registre."


def _silent(base: Table, settled: Settled) -> Iterator[str]:
    before = [r for r in base.records() if not absent(r)]
    if len(before) < FEW:
        return
    raw = settled.raw
    for column in CARRIED:
        filled = sum(bool(r[column]) for r in before) / len(before)
        now = sum(bool(r[column]) for r in raw) / max(1, len(raw))
        if filled >= SILENT_BEFORE and now < SILENT_NOW:
            yield (
                f"la source ne donne presque plus « {column} » : {100 * now:.0f} % des lignes,"
                f" contre {100 * filled:.0f} % à la moisson précédente."
            )
