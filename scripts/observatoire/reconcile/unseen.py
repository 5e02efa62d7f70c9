"""Lines of the register that a complete answer does not give: their absence gets a date.

A line that came from an old edition was in no harvest: without a memory it would stay `publie` for
ever. The branch's harvest gets a line for it, absent from this day; the usual grace period runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set

from observatoire.model import Key, Row
from observatoire.plan import Doubt
from observatoire.reconcile.merge import FIELDS
from observatoire.reconcile.rows import TABLE, recorded
from observatoire.reconcile.vetoes import Vetoes
from observatoire.settle import Settled, absent

UNDERSTOOD = 0.8
"""Share of a platform's lines that its harvest must give: under it, the register and the source do
not name accounts alike (labels against ids), and nothing can be said of the others."""


def unseen(
    lines: Set[Key],
    settled: Settled,
    doubts: Iterable[Doubt],
    vetoes: Vetoes,
    matches: Mapping[Key, Row],
) -> list[Key]:
    """The keys of publications that their platform does not give, sorted.

    A body that a question is about waits for the answer: its account may be there under another
    name. So may the account of a line whose `identifiant` a person wants to keep: by a lock, or by
    writing it again after the bot's. ``matches`` are the recorded ones, by account.
    """
    given = {k for k, line in settled.lines.items() if not absent(line)}
    total = Counter(platform for _, platform, _ in lines)
    seen = Counter(platform for _, platform, name in lines if (platform, name) in given)
    asked = {(siren, d.plateforme) for d in doubts for siren in d.sirens}
    asked |= {
        (siren, key[0])
        for key, row in matches.items()
        if (siren := recorded(row)) and key in given and (siren, *key) not in lines
    }
    return sorted(
        (siren, platform, name)
        for siren, platform, name in lines
        if name
        and (platform, name) not in settled.lines
        and seen[platform] >= UNDERSTOOD * total[platform]
        and (siren, platform) not in asked
        and platform not in settled.incomplete
        and not vetoes.held(TABLE, (siren, platform, name), "identifiant")
    )


def to_remember(rows: Mapping[Key, Row], lost: Iterable[Key]) -> list[Row]:
    """The unseen lines that the harvest gets a line for: those that are not gone already."""
    found = (rows[key] for key in lost if key in rows)
    return [row for row in found if row["statut"] != "disparu"]


def remembered(row: Row, date: str) -> Mapping[str, str]:
    """The line of harvest of an account that only the register knows."""
    cells = {said: row[ours] for ours, said in FIELDS.items()}
    return {
        **cells,
        "plateforme": row["plateforme"],
        "identifiant": row["identifiant"],
        "absent_depuis": date,
    }
