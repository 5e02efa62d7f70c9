"""What changed since the state before: the last version published, else the last edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.files import Files
from observatoire.indicators.records import Organisation
from observatoire.indicators.snapshot import Maker, Past, editions
from observatoire.publish import changelog, differences
from observatoire.register import DATA, Register, path_of
from observatoire.site.places import neighbours
from observatoire.site.places.atlas import Atlas
from observatoire.site.places.neighbours import Link

SHOWN = 6
"""The names that the home page gives, the most populated first."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files of which only some tables are seen."""

    files: Files
    tables: frozenset[str]

    def read(self, path: str) -> bytes | None:
        """The content of a file that is seen."""
        return self.files.read(path) if self._seen(path) else None

    def names(self, folder: str) -> list[str]:
        """The paths that are seen under a folder."""
        return [path for path in self.files.names(folder) if self._seen(path)]

    def _seen(self, path: str) -> bool:
        return path in self.tables or not path.startswith(f"{DATA}/")


@dataclass(frozen=True, slots=True)
class Named:
    """Some organisations: the first ones, how many there are."""

    links: tuple[Link, ...]
    count: int

    @property
    def left(self) -> int:
        """How many are not named."""
        return self.count - len(self.links)


@dataclass(frozen=True, slots=True)
class News:
    """Who opened and who closed since ``before``; ``tables`` are sentences on what moved."""

    before: str
    date: str
    opened: Named
    closed: Named
    tables: tuple[str, ...]


def since(atlas: Atlas, last: Past | None) -> News | None:
    """The news of a version; None when there is nothing to compare it with."""
    maker = Maker(atlas.register)
    if last is not None:
        before, name = maker.version(last, None), f"la version {last.tag}"
    else:
        years = editions(atlas.register)
        if not years:
            return None
        when = (years[-1], f"{years[-1]}-12-31")
        before, name = maker.whole(f"editions/{years[-1]}/", when, None), f"l’édition {years[-1]}"
    was, now = before.actors, atlas.snapshot.actors
    return News(
        name,
        before.date,
        _named(atlas, _apart(now, was)),
        _named(atlas, _apart(was, now)),
        tuple(_tables(last.register, atlas.register)) if last else (),
    )


def _apart(
    here: Mapping[str, Organisation], there: Mapping[str, Organisation]
) -> Iterator[Organisation]:
    return (one for siren, one in here.items() if siren not in there)


def _named(atlas: Atlas, found: Iterable[Organisation]) -> Named:
    order = sorted(found, key=lambda one: (-atlas.people(one.siren), one.siren))
    return Named(tuple(_link(atlas, one) for one in order[:SHOWN]), len(order))


def _link(atlas: Atlas, one: Organisation) -> Link:
    """The page of an organisation; one that left the register has none."""
    path = neighbours.path_of(one.siren) if one.siren in atlas.known else ""
    place = atlas.departement(one.departement)
    return Link(atlas.called(one), path, place.nom if place else "")


def _tables(before: Register, now: Register) -> Sequence[str]:
    """One sentence per table, without the name of its file.

    Only a part of a past version is read (``pasts``): what was not read did not change for that.
    """
    read = frozenset(map(path_of, before.names()))
    changes = differences.changes(before, Register(Part(now.files, read)))
    told = zip(changes, changelog.sentences(changes), strict=True)
    return [words.replace(f" (`{change.table}`)", "").replace("`", "") for change, words in told]
