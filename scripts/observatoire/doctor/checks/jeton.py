"""Whether the token can do its work, can do no more, and lasts."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.french import day, joined
from observatoire.setup.model import DEVELOPER, MAINTAINER, OWNER

TITLE = "Jeton"
ONLINE = True
SOON_DAYS = 30
NEEDED = frozenset(("api", "read_api", "write_repository", "read_repository", "self_rotate"))
"""All that the automation uses, and that a token may renew itself."""


def look(place: Place) -> Iterator[Advice]:
    """Role, scopes, end."""
    if place.shop is None:
        return
    me, page = place.found.me, place.shop.page("jeton")
    yield from _role(me.level)
    broad = sorted(me.scopes - NEEDED) if place.shop.title == "GitLab" else []
    if broad:
        said = f"Il ouvre plus qu'il ne faut : {joined(broad)}."
        yield Advice("attention", said, "refaites-le avec api et write_repository seuls", page)
    if not me.expires:
        return
    left = -place.days_since(me.expires)
    if left <= SOON_DAYS:
        said = f"Il expire le {day(me.expires)}."
        yield Advice("attention", said, "renouvelez-le, et changez la variable", page)
    else:
        yield good(f"Il est bon jusqu'au {day(me.expires)}.")


def _role(level: int) -> Iterator[Advice]:
    if level >= OWNER:
        do = "donnez au compte du robot le rôle Responsable (Maintainer) seulement"
        yield Advice("attention", "Son compte est propriétaire du projet : c'est trop.", do)
    elif level < DEVELOPER:
        do = "donnez au compte du robot le rôle Responsable (Maintainer)"
        yield Advice("manque", "Son compte ne peut pas écrire dans le projet.", do)
    elif level < MAINTAINER:
        said = "Son compte propose, mais ne peut ni publier de version ni vérifier les réglages."
        yield Advice("attention", said, "rôle Responsable (Maintainer) pour publier")
    else:
        yield good("Son rôle est le bon.")
