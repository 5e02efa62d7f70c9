"""What the published edition changes in a platform of October 2022, or adds to the table."""

from __future__ import annotations

from collections.abc import Sequence

from observatoire.migrations.reprise_2022 import rules, urls
from observatoire.migrations.reprise_2022.joining import D4C, Joint, Named
from observatoire.migrations.reprise_2022.journal import Journal, Pen
from observatoire.migrations.reprise_2022.platforms import UNKNOWN, Platform


def to_complete(joint: Joint, october: Sequence[Platform], journal: Journal) -> Platform:
    """A portal that the table of October lacks: known by its name, host and software only."""
    portal = joint.named
    pen = journal.pen("plateformes", portal.name, portal.name)
    bases = {urls.base(a) for a in portal.addresses}
    pen.doubts(
        "url-ptf" if portal.label else "ptf",
        portal.name,
        portal.name,
        rules.PLATFORM_MINTED if portal.label else rules.NOT_JOINED,
    )
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


def renewed(platform: Platform, joint: Joint, journal: Journal) -> Platform:
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
    if (old, new) == (D4C, "ckan"):
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
