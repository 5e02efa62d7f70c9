"""Whether the site is published."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good

TITLE = "Site"
ONLINE = True


def look(place: Place) -> Iterator[Advice]:
    """The address of Pages."""
    if place.shop is None:
        return
    address = place.shop.site()
    if address:
        yield good(f"{address}")
    else:
        do = "publiez une version (travail « release »), ou lancez le travail « pages »"
        yield Advice("attention", "Aucun site n'est publié.", do, place.shop.page("site"))
