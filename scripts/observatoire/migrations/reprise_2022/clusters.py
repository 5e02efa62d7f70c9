"""Platforms among themselves: which one re-exposes which, and which share a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatoire.migrations.reprise_2022 import rules, urls
from observatoire.migrations.reprise_2022.journal import Journal, Pen
from observatoire.migrations.reprise_2022.platforms import Platform
from observatoire.migrations.reprise_2022.vocabulary import words

CHAMP = "grappe"


def settled(platforms: Sequence[Platform], journal: Journal) -> list[Platform]:
    """The platforms with the id of their cluster, and a line for each shared site."""
    by_words = {" ".join(words(p.name)): p.row["id"] for p in platforms}
    by_host: dict[str, list[str]] = {}
    for platform in platforms:
        by_host.setdefault(platform.host, []).append(platform.row["id"])
    out = []
    for platform in platforms:
        pen = journal.pen("plateformes", platform.name, platform.name)
        _say_shared(pen, platform, by_host)
        out.append(platform.having(grappe=_cluster(pen, platform, by_words, by_host)))
    return out


def _say_shared(pen: Pen, platform: Platform, by_host: Mapping[str, Sequence[str]]) -> None:
    others = [i for i in by_host[platform.host] if i != platform.row["id"]]
    if others and platform.host and not platform.national:
        url = platform.row["url"]
        pen.doubts("url", url, url, rules.SAME_SITE, ", ".join(others))


def _cluster(
    pen: Pen,
    platform: Platform,
    by_words: Mapping[str, str],
    by_host: Mapping[str, Sequence[str]],
) -> str:
    """The id of the platform that a cell names or whose address it holds, itself excepted."""
    cell = platform.row.get("grappe", "")
    if not cell:
        return ""
    found = [*by_host.get(urls.host(cell), ()), by_words.get(" ".join(words(cell)), "")][0]
    if not found:
        pen.drops(CHAMP, cell, rules.CLUSTER_UNKNOWN)
    elif found == platform.row["id"]:
        pen.drops(CHAMP, cell, rules.CLUSTER_ITSELF)
        return ""
    else:
        pen.corrects(CHAMP, cell, found, rules.CLUSTER_NAMED)
    return found
