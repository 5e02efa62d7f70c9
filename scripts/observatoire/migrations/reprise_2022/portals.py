"""The platforms of both years under ids minted once, and how a line finds its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import forms, rules, urls
from observatoire.migrations.reprise_2022.joining import HUB, Joint, Named
from observatoire.migrations.reprise_2022.journal import Journal, Pen
from observatoire.migrations.reprise_2022.platforms import (
    DATAGOUV,
    DATAGOUV_NAME,
    UNKNOWN,
    Platform,
)
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
    october: Sequence[Platform], joints: Sequence[Joint], journal: Journal
) -> tuple[Portals, Portals]:
    """The portals of 2021 (names of October) and of 2022 (names of the edition), same ids.

    What the edition changes is written in ``journal``.
    """
    joined = {j.at: j for j in joints if j.at is not None}
    alone = [j for j in joints if j.at is None]
    new = [_to_complete(j, october, journal) for j in alone]
    labels = [joined[i].named.name if i in joined else _short(p) for i, p in enumerate(october)] + [
        p.name for p in new
    ]
    ids = mint(labels, [p.name for p in (*october, *new)])
    past = [p.having(id=i) for p, i in zip(october, ids, strict=False)]
    fresh = [p.having(id=i) for p, i in zip(new, ids[len(october) :], strict=True)]
    present = [
        _renewed(p, joined[i], journal) if i in joined else p for i, p in enumerate(past)
    ] + fresh
    hosts = _hosts((*present, *past), joints, ids, len(october))
    names = {p.name: i for p, i in zip((*october, *new), ids, strict=True)}
    titles = {j.named.name: ids[at] for at, j in joined.items()}
    titles |= {p.name: p.row["id"] for p in fresh}
    return (
        Portals(_clustered(past, names, hosts), names, hosts, tuple(p.row for p in fresh)),
        Portals(_clustered(present, names, hosts), titles, hosts),
    )


def mint(labels: Iterable[str], names: Iterable[str]) -> list[str]:
    """A short id for each platform: its label's slug, or its full name's where that is taken."""
    out: list[str] = []
    for label, name in zip(labels, names, strict=True):
        wished = DATAGOUV if name == DATAGOUV_NAME else forms.slug(label)
        for choice in (wished, forms.slug(name), *(f"{wished}-{n}" for n in range(2, 99))):
            if choice not in out:
                out.append(choice)
                break
    return out


def _short(platform: Platform) -> str:
    return " ".join(words(platform.name))


def _to_complete(joint: Joint, october: Sequence[Platform], journal: Journal) -> Platform:
    """A portal that the table of October lacks: known by its name, host and software only."""
    portal = joint.named
    pen = journal.pen("plateformes", portal.name, portal.name)
    bases = {urls.base(a) for a in portal.addresses}
    pen.doubts("ptf", portal.name, portal.name, rules.NOT_JOINED)
    for at in joint.candidates:
        pen.doubts("ptf", portal.name, portal.name, rules.CANDIDATE, october[at].name)
    row = {
        "nom": portal.name,
        "url": bases.pop() if len(bases) == 1 else "",
        "techno": portal.techno,
        "perimetre": "territorial",
        "statut": UNKNOWN,
    }
    return Platform(row, portal.name)


def _renewed(platform: Platform, joint: Joint, journal: Journal) -> Platform:
    """A platform of October under its name of 2022, with what the edition knows better."""
    portal, row = joint.named, platform.row
    pen = journal.pen("plateformes", platform.name, portal.name)
    if platform.name != portal.name:
        pen.corrects("Nom", platform.name, portal.name, rules.RENAMED)
    techno = _techno(pen, row["techno"], portal.techno)
    url = _address(pen, platform, portal, changed=techno != row["techno"])
    return platform.having(nom=portal.name, techno=techno, url=url)


def _techno(pen: Pen, old: str, new: str) -> str:
    if not new or new == old:
        return old
    if (old, new) == ("data4citizen", "ckan"):
        pen.doubts("Techno", old, old, rules.TECHNO_COARSER, suggestion=new)
        return old
    pen.corrects("Techno", old, new, rules.TECHNO_NEWER)
    return new


def _address(pen: Pen, platform: Platform, portal: Named, *, changed: bool) -> str:
    url = platform.row["url"]
    bases = sorted({urls.base(a) for a in portal.addresses})
    if platform.host in portal.hosts or len(bases) != 1:
        return url
    if changed:
        pen.corrects("url", url, bases[0], rules.MOVED)
        return bases[0]
    pen.doubts("url", url, url, rules.OTHER_HOST, suggestion=bases[0])
    return url


def _hosts(
    platforms: Sequence[Platform], joints: Sequence[Joint], ids: Sequence[str], count: int
) -> dict[str, str]:
    """The id by host, where only one platform has it; the lines of the edition count too."""
    seen: dict[str, set[str]] = {}
    for platform in platforms:
        seen.setdefault(platform.host, set()).add(platform.row["id"])
    fresh = iter(ids[count:])
    for joint in joints:
        ident = next(fresh) if joint.at is None else ids[joint.at]
        for host in joint.named.hosts:
            seen.setdefault(host, {ident})
    return {h: min(i) for h, i in seen.items() if len(i) == 1 and h}


def _clustered(
    platforms: Sequence[Platform], names: Mapping[str, str], hosts: Mapping[str, str]
) -> tuple[Row, ...]:
    """The rows with the id of their cluster instead of its name or address."""
    ids = {" ".join(words(n)): i for n, i in names.items()}
    return tuple(
        {**p.row, "grappe": _cluster(p.row.get("grappe", ""), ids, hosts)} for p in platforms
    )


def _cluster(cell: str, ids: Mapping[str, str], hosts: Mapping[str, str]) -> str:
    if not cell:
        return ""
    return hosts.get(urls.host(cell), "") or ids.get(" ".join(words(cell)), "")
