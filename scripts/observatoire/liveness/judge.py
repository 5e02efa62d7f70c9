"""The state of a platform after one more look, from what the register remembers of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from observatoire.liveness.model import ALIVE, SILENT, Sight
from observatoire.model import Row

ACTIVE, INACTIVE, UNCERTAIN = "active", "inactive", "incertaine"

MONTH = timedelta(days=30)
"""The date of the last answer moves once a month: it is no daily news."""

FEW = 10
"""Platforms. Of so few, most may be silent on the same day."""

OURS = 0.5
"""When more of those that answered are silent at once, it is our own network that is."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Inactive after ``failures`` looks on different days, the first ``days`` ago at least."""

    failures: int = 3
    days: int = 14

    def confirmed(self, failures: int, first: str, today: date) -> bool:
        """Whether a series of failures is long enough."""
        old = today - date.fromisoformat(first) >= timedelta(days=self.days)
        return old and failures >= self.failures


def judge(before: Row | None, seen: Sight, platform: str, today: date, rules: Rules) -> Row:
    """The line of a platform after a look; ``before`` is the one of the last look.

    The same look twice on a day gives the same line; so does the next day, as long as nothing
    happens.
    """
    last = before or {"etat": UNCERTAIN, "depuis": today.isoformat()}
    if seen.kind == ALIVE:
        return _alive(last, seen, platform, today)
    series = _series(last, seen, today, rules)
    state = last["etat"]
    if rules.confirmed(int(series["echecs"]), series["premier_echec"], today):
        state = INACTIVE if seen.kind == SILENT else UNCERTAIN
    return {
        "plateforme": platform,
        "depuis": last["depuis"] if state == last["etat"] else today.isoformat(),
        "derniere_reponse": last.get("derniere_reponse", ""),
        **series,
        "redirection": seen.site or last.get("redirection", ""),
        "etat": state,
    }


def failing(sights: Mapping[str, Sight], before: Iterable[Row]) -> bool:
    """Whether too many platforms are silent at once: the trouble is ours.

    Of those that answered last time; of all of them, when nothing is known.
    """
    known = [r["plateforme"] for r in before if r["etat"] == ACTIVE and not r["constat"]]
    seen = [sights[p].kind for p in known or sights if p in sights]
    return len(seen) >= FEW and seen.count(SILENT) > OURS * len(seen)


def _alive(last: Row, seen: Sight, platform: str, today: date) -> Row:
    answered = last.get("derniere_reponse", "")
    recent = answered and today - date.fromisoformat(answered) < MONTH
    return {
        "plateforme": platform,
        "depuis": last["depuis"] if last["etat"] == ACTIVE else today.isoformat(),
        "derniere_reponse": answered if recent else today.isoformat(),
        "redirection": seen.site,
        "etat": ACTIVE,
    }


def _series(last: Row, seen: Sight, today: date, rules: Rules) -> dict[str, str]:
    """The failures in a row, this one included; a failure of another kind starts a new series."""
    day = today.isoformat()
    if last.get("constat") != seen.kind:
        first = {"constat": seen.kind, "premier_echec": day, "dernier_echec": day}
        return {**first, "echecs": "1", "cause": seen.cause}
    kept = {k: last[k] for k in ("constat", "premier_echec", "dernier_echec", "echecs", "cause")}
    count = int(kept["echecs"])
    if count < rules.failures and kept["dernier_echec"] < day:
        kept |= {"echecs": str(count + 1), "dernier_echec": day}
    return kept
