"""The région of a platform, against those of the bodies that publish on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from observatoire.migrations.reprise_2022 import rules
from observatoire.migrations.reprise_2022.journal import Journal
from observatoire.model import Row
from observatoire.reference.lookup import Reference


def placed(
    plateformes: Sequence[Row],
    publications: Sequence[Row],
    organisations: Sequence[Row],
    now: Reference,
    journal: Journal,
) -> list[Row]:
    """The platforms, an empty région filled where all publishers are of one région.

    A région that none of them has is a doubt. A national platform has no région.
    """
    seen = _regions(publications, organisations, now)
    out = []
    for row in plateformes:
        found = seen.get(row["id"], set())
        one = min(found) if len(found) == 1 else ""
        stated = row.get("region", "")
        missing = row["perimetre"] == "territorial" and not stated
        out.append({**row, "region": one} if missing else row)
        if stated and found and stated not in found:
            pen = journal.pen("plateformes", row["nom"], row["nom"])
            pen.doubts("Regcode", stated, stated, rules.REGION_OF_PUBLISHERS, one)
    return out


def _regions(
    publications: Sequence[Row], organisations: Sequence[Row], now: Reference
) -> Mapping[str, set[str]]:
    homes = {o["siren"]: now.region_of(o["departement"]) for o in organisations}
    seen: dict[str, set[str]] = defaultdict(set)
    for publication in publications:
        region = homes.get(publication["siren"], "")
        if region:
            seen[publication["plateforme"]].add(region)
    return seen
