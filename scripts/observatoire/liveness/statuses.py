"""What the state of platforms changes in the column that people read: their ``statut``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from observatoire.model import Edit, Row
from observatoire.reconcile.vetoes import Vetoes

TABLE, FIELD = "plateformes", "statut"
SURE = frozenset(("active", "inactive"))


def edits(platforms: Iterable[Row], states: Mapping[str, str], vetoes: Vetoes) -> list[Edit]:
    """The cells to change, those that a person froze or refused aside; ``states`` by platform.

    A state that is not sure changes nothing.
    """
    found = (
        Edit(TABLE, (platform["id"],), FIELD, platform[FIELD], states[platform["id"]])
        for platform in platforms
        if states.get(platform["id"]) in SURE
    )
    return [
        e
        for e in found
        if e.before != e.after
        and not vetoes.locked(TABLE, e.key, FIELD)
        and not vetoes.refused(TABLE, e.key, FIELD, e.after)
    ]
