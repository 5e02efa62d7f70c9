"""Whether the project on the forge has all that is wanted of it."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.setup import compare, words
from observatoire.setup.apply import WRITES
from observatoire.setup.model import TITLES

TITLE = "Projet"
ONLINE = True


def look(place: Place) -> Iterator[Advice]:
    """Each part: in place, or each step that is left."""
    if place.shop is None:
        return
    found = place.found
    yield good(words.who(found, place.shop.title))
    steps = compare.steps(place.shop, found)
    for part, title in TITLES.items():
        mine = [s for s in steps if s.part == part]
        left = [s for s in mine if s.verb != "laisser"]
        for step in left:
            do = "observatoire init-forge --appliquer" if step.verb in WRITES else ""
            page = step.page or place.shop.page(part)
            yield Advice("manque", f"{title} : {step.said}", do, page)
        if mine and not left:
            yield good(f"{title} : tout est en place ({len(mine)}).")
