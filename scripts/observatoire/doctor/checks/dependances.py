"""Whether the libraries that are locked are not too old."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.french import day

TITLE = "Bibliothèques"
ONLINE = False
PATH = "requirements.lock"
OLD_DAYS = 180
"""Half a year: a library that lets holes be known mends them sooner."""


def look(place: Place) -> Iterator[Advice]:
    """The last commit that touched the lock."""
    commits = place.repo.log("--max-count=1", "HEAD", path=PATH) if _born(place) else []
    if not commits:
        yield Advice("manque", f"{PATH} n'est pas dans l'historique.", "git add requirements.lock")
        return
    when = commits[0].date[:10]
    if place.days_since(when) > OLD_DAYS:
        said = f"{PATH} date du {day(when)}."
        yield Advice("attention", said, "refaites-le (uv pip compile), puis make test")
    else:
        yield good(f"verrouillées le {day(when)}.")


def _born(place: Place) -> bool:
    return place.repo.resolve("HEAD") is not None
