"""Platform names of the published edition joined with the table of October 2022.

The edition names portals anew and has no table of them. A name joins by the host of its addresses,
then by the domain, then by the words of the name. Bodies that moved from one portal to another
prove nothing (a commune leaves the portal of its agglomération): they only give candidates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import forms, urls
from observatoire.migrations.reprise_2022.platforms import Platform
from observatoire.migrations.reprise_2022.vocabulary import TECHNOS, key, words
from observatoire.model import Row

PTF, TECHNO, URL = "ptf", "Techno (from Plateformes)", "url-ptf"
HUB = "datagouv"


@dataclass(frozen=True)
class Named:
    """A portal as the lines of the edition describe it."""

    name: str
    addresses: tuple[str, ...]
    techno: str
    sirens: tuple[str, ...]

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of its addresses, most used first."""
        return tuple(h for h, _ in Counter(map(urls.host, self.addresses)).most_common())


@dataclass(frozen=True)
class Joint:
    """A portal of the edition, the platform it is (by its place in the list), and how we know.

    ``how`` is adresse, domaine, nom, or "" for a portal that joins nothing; then ``candidates`` are
    the free platforms that its bodies used before.
    """

    named: Named
    at: int | None
    how: str
    candidates: tuple[int, ...] = ()


def local_names(row: Row) -> tuple[str, ...]:
    """The platforms of a line, data.gouv.fr left out."""
    return tuple(n for n in forms.values(row[PTF]) if key(n) != HUB)


def named(edition: Sequence[Row]) -> list[Named]:
    """The portals that the edition names, in the order of their names."""
    lines: dict[str, list[Row]] = defaultdict(list)
    for row in edition:
        for name in local_names(row):
            lines[name].append(row)
    return [
        Named(
            name,
            tuple(r[URL].strip() for r in rows if r[URL].strip()),
            _techno(rows),
            tuple(forms.siren(r["siren"]) for r in rows),
        )
        for name, rows in sorted(lines.items())
    ]


def _techno(rows: Sequence[Row]) -> str:
    """The software that all lines of a portal agree on, data.gouv.fr's left out."""
    technos = Counter(
        TECHNOS.get(key(t), "") for r in rows for t in forms.values(r[TECHNO]) if key(t) != HUB
    )
    return technos.most_common(1)[0][0] if technos else ""


def join(
    portals: Sequence[Named], platforms: Sequence[Platform], past: Mapping[str, str]
) -> list[Joint]:
    """Each portal with its platform; a platform is taken once.

    ``past`` gives the platform (October name) of a body in the export.
    """
    joints: dict[str, Joint] = {}
    free = {i: p for i, p in enumerate(platforms) if not p.national}
    for how, same in TESTS:
        for portal in portals:
            if portal.name in joints:
                continue
            found = [i for i, p in free.items() if same(portal, p)]
            if len(found) == 1:
                joints[portal.name] = Joint(portal, found[0], how)
                del free[found[0]]
    return [joints.get(p.name) or _alone(p, free, past) for p in portals]


def _alone(portal: Named, free: Mapping[int, Platform], past: Mapping[str, str]) -> Joint:
    before = {past.get(s, "") for s in portal.sirens}
    return Joint(portal, None, "", tuple(i for i, p in free.items() if p.name in before))


def _by_host(portal: Named, platform: Platform) -> bool:
    return platform.host in portal.hosts


def _by_site(portal: Named, platform: Platform) -> bool:
    sites = {urls.site(a) for a in portal.addresses} - {""}
    return urls.site(platform.row["url"]) in sites


def _by_name(portal: Named, platform: Platform) -> bool:
    return words(portal.name) == words(platform.name)


TESTS: tuple[tuple[str, Callable[[Named, Platform], bool]], ...] = (
    ("adresse", _by_host),
    ("domaine", _by_site),
    ("nom", _by_name),
)
"""From the surest to the least sure; each is tried on every portal before the next."""
