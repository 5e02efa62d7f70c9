"""The links of publications that lead nowhere, remembered until they are sure to be dead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from observatoire.liveness.judge import Rules
from observatoire.liveness.model import ALIVE, REFUSES, Sight
from observatoire.model import Row

TO_CONFIRM, DEAD = "a_confirmer", "mort"


def links(publications: Iterable[Row]) -> Counter[str]:
    """The links of the publications that the register holds for published, with their number."""
    return Counter(r["url"] for r in publications if r["url"] and r["statut"] == "publie")


def dead_links(
    before: Iterable[Row],
    numbers: Mapping[str, int],
    sights: Mapping[str, Sight],
    today: date,
    rules: Rules,
) -> list[Row]:
    """The table of dead links after one more look.

    A link that answers, or that no publication has any more, leaves it; one that refuses us stays
    as it was; one that was not looked at too.
    """
    last = {row["url"]: row for row in before}
    found: list[Row] = []
    for url, number in numbers.items():
        seen = sights.get(url)
        known = last.get(url)
        if seen is None or seen.kind == REFUSES:
            row: Row | None = known
        else:
            row = None if seen.kind == ALIVE else _failed(known, url, seen, today, rules)
        if row is not None:
            found.append({**row, "publications": str(number)})
    return found


def _failed(known: Row | None, url: str, seen: Sight, today: date, rules: Rules) -> Row:
    day = today.isoformat()
    row = dict(known or {"url": url, "premier_echec": day, "echecs": "0", "dernier_echec": ""})
    count = int(row["echecs"])
    if count < rules.failures and row["dernier_echec"] < day:
        count += 1
        row |= {"echecs": str(count), "dernier_echec": day}
    sure = rules.confirmed(count, row["premier_echec"], today)
    return {**row, "cause": row.get("cause") or seen.cause, "etat": DEAD if sure else TO_CONFIRM}
