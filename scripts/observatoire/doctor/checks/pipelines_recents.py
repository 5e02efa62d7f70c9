"""Whether the scheduled pipelines run, and end well."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.french import day

TITLE = "Pipelines récents"
ONLINE = True
SILENT_DAYS = 2
"""One runs every hour: past two days, none does any more."""
LOOKED = 3


def look(place: Place) -> Iterator[Advice]:
    """The last ones that ended."""
    if place.shop is None:
        return
    page = place.shop.page("pipelines")
    ran = [one for one in place.shop.ran() if one.ended]
    if not ran:
        yield Advice("attention", "Aucun pipeline programmé n'a encore tourné.", page=page)
        return
    last = ran[0]
    if place.days_since(last.date) > SILENT_DAYS:
        said = f"Plus aucun pipeline programmé depuis le {day(last.date[:10])}."
        yield Advice("manque", said, "voyez s'ils sont en pause, et qui en est propriétaire", page)
    if not last.good:
        many = all(not one.good for one in ran[:LOOKED])
        said = "Les derniers pipelines programmés échouent." if many else "Le dernier a échoué."
        yield Advice("manque" if many else "attention", said, "lisez son journal", last.place)
    elif place.days_since(last.date) <= SILENT_DAYS:
        yield good(f"Le dernier a réussi, le {day(last.date[:10])}.")
