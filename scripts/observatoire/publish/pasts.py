"""The registers of the published versions, under today's schemas, for the indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.files import Files
from observatoire.git import Repo
from observatoire.indicators.reading import NEEDED, readable
from observatoire.indicators.snapshot import Past
from observatoire.publish import history, migrations, upgrade
from observatoire.publish.history import Published
from observatoire.register import Register, path_of


def past(repo: Repo, published: Sequence[Published], now: Files) -> Iterator[Past]:
    """Each version, one at a time, each migration since made on it; ``now`` has today's schemas.

    A version that cannot be read even so is left out: no figure can be made of it.
    """
    steps = migrations.discover()
    for known in published:
        under = upgrade.WHOLE if upgrade.due(known.tag, steps) else tuple(map(path_of, NEEDED))
        found = history.load(repo, known.commit, under)
        register = Register(upgrade.upgraded(found, known.tag, now, steps))
        if readable(register):
            yield Past(known.tag, history.day(repo, known.commit)[:10], register)
