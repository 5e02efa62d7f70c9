"""The platforms of both years under ids minted once, and how a line finds its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.letters import slug
from observatoire.migrations.reprise_2022 import forms, urls
from observatoire.migrations.reprise_2022.clusters import settled
from observatoire.migrations.reprise_2022.joining import HUB, URL, Joint, local_names
from observatoire.migrations.reprise_2022.journal import Journal
from observatoire.migrations.reprise_2022.platforms import DATAGOUV, DATAGOUV_NAME, Platform
from observatoire.migrations.reprise_2022.renewal import renewed, to_complete
from observatoire.migrations.reprise_2022.vocabulary import key, words
from observatoire.model import Row


@dataclass(frozen=True)
class Portals:
    """The rows of ``plateformes`` for one year, and the ids by old name and by host."""

    rows: tuple[Row, ...]
    by_name: Mapping[str, str]
    by_host: Mapping[str, str]
    spare: tuple[Row, ...] = ()
    """Platforms of the other year, in the table only where a line of this one needs them."""

    def table(self, used: Collection[str]) -> list[Row]:
        """The rows, with the spare ones among ``used``."""
        return [*self.rows, *(r for r in self.spare if r["id"] in used)]

    def of_name(self, name: str) -> str:
        """The id of a platform by the name it had in the old file, or ""."""
        return DATAGOUV if key(name) == HUB else self.by_name.get(forms.text(name), "")

    def of_url(self, url: str) -> str:
        """The id of the only platform on that host, or ""."""
        return self.by_host.get(urls.host(url), "")


def build(
    october: Sequence[Platform],
    joints: Sequence[Joint],
    export: Sequence[Row],
    journals: tuple[Journal, Journal],
) -> tuple[Portals, Portals]:
    """The portals of 2021 (names of October) and of 2022 (names of the edition), same ids.

    What is doubtful in October's table goes to the first of ``journals``, what the edition changes
    to the second.
    """
    joined = {j.at: j for j in joints if j.at is not None}
    alone = [j for j in joints if j.at is None]
    new = [to_complete(j, october, journals[1]) for j in alone]
    ids = mint(_labels(october, joined, alone), [p.name for p in (*october, *new)])
    past = settled([p.having(id=i) for p, i in zip(october, ids, strict=False)], journals[0])
    fresh = [p.having(id=i) for p, i in zip(new, ids[len(october) :], strict=True)]
    present = [renewed(p, joined[i], journals[1]) if i in joined else p for i, p in enumerate(past)]
    names = {p.name: p.row["id"] for p in (*past, *fresh)}
    titles = {p.row["nom"]: p.row["id"] for p in (*present, *fresh)}
    hosts = _hosts((*past, *present, *fresh), _evidence(joints, titles, past, export))
    return (
        Portals(tuple(p.row for p in past), names, hosts, tuple(p.row for p in fresh)),
        Portals(tuple(p.row for p in (*present, *fresh)), titles, hosts),
    )


def _labels(
    october: Sequence[Platform], joined: Mapping[int, Joint], alone: Sequence[Joint]
) -> list[str]:
    """What each id is made of: the name of 2022, else that of October without « data »..."""
    own = [
        joined[i].named.name if i in joined else " ".join(words(p.name))
        for i, p in enumerate(october)
    ]
    return own + [j.named.label or j.named.name for j in alone]


def mint(labels: Iterable[str], names: Iterable[str]) -> list[str]:
    """A short id for each platform: its label's slug, or its full name's where that is taken."""
    out: list[str] = []
    for label, name in zip(labels, names, strict=True):
        wished = DATAGOUV if name == DATAGOUV_NAME else slug(label)
        for choice in (wished, slug(name), *(f"{wished}-{n}" for n in range(2, 99))):
            if choice not in out:
                out.append(choice)
                break
    return out


def _evidence(
    joints: Sequence[Joint],
    titles: Mapping[str, str],
    past: Sequence[Platform],
    export: Sequence[Row],
) -> Iterator[tuple[str, str]]:
    """Hosts that lines give to the platform they name: (host, id)."""
    for joint in joints:
        for host in joint.named.hosts:
            yield host, titles[joint.named.name]
    ids = {p.name: p.row["id"] for p in past}
    for row in export:
        names = [n for n in local_names(row) if n in ids]
        if names and row[URL].strip():
            yield urls.host(row[URL]), ids[names[0]]


def _hosts(platforms: Sequence[Platform], evidence: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The id by host: of the only platform at home there, else of the only one that lines give."""
    home: dict[str, set[str]] = {}
    for platform in platforms:
        home.setdefault(platform.host, set()).add(platform.row["id"])
    given: dict[str, set[str]] = {}
    for host, ident in evidence:
        given.setdefault(host, set()).add(ident)
    every = {**given, **home}
    return {host: min(ids) for host, ids in every.items() if host and len(ids) == 1}
