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
from observatoire.migrations.reprise_2022.platforms import DATAGOUV_NAME, Platform
from observatoire.migrations.reprise_2022.vocabulary import TECHNOS, key, words
from observatoire.model import Row

PTF, TECHNO, URL = "ptf", "Techno (from Plateformes)", "url-ptf"
HUB = "datagouv"
D4C = "data4citizen"


@dataclass(frozen=True)
class Named:
    """A portal as the lines of the edition describe it."""

    name: str
    addresses: tuple[str, ...]
    techno: str
    sirens: tuple[str, ...]
    label: str = ""
    """What its id is made of, where its name would make a poor one."""

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
    """The software that most lines of a portal state, data.gouv.fr's left out.

    The edition says CKAN for Data4Citizen, which is built on it but answers otherwise: the
    addresses tell.
    """
    technos = Counter(
        TECHNOS.get(key(t), "") for r in rows for t in forms.values(r[TECHNO]) if key(t) != HUB
    )
    techno = technos.most_common(1)[0][0] if technos else ""
    precise = techno == "ckan" and any(D4C in r[URL].lower() for r in rows)
    return D4C if precise else techno


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


def strays(
    rows: Sequence[Row],
    platforms: Sequence[Platform],
    portals: Sequence[Named],
    past: Mapping[str, str],
) -> list[Named]:
    """Sites where a line publishes that no platform, no name and no past of its body explains."""
    known = {p.host for p in platforms} | {h for p in portals for h in p.hosts}
    names = {p.name for p in platforms}
    found: dict[str, Row] = {}
    known |= {urls.host(r[URL]) for r in rows if names.intersection(local_names(r))}
    for row in rows:
        host = urls.host(row[URL])
        explained = forms.siren(row["siren"]) in past
        if host and host not in known and host != DATAGOUV_NAME and not explained:
            found.setdefault(host, row)
    return [
        Named(host, (row[URL].strip(),), "", (forms.siren(row["siren"]),), row["nom"])
        for host, row in sorted(found.items())
    ]


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
