"""The old files and what was made of them, to be compared by rules of their own.

These rules are written again, apart from those of the migration: what they call found is what a
reader of the tables would call found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from observatoire.migrations.reprise_2022 import assemble
from observatoire.migrations.reprise_2022.journal import visible
from observatoire.model import Row

NAMES = {"arcgis": "arcgishub", "typo3incite": "typo3", "datagouv": "udata", "lodeolas": "cmseolas"}
NAMES |= {"mgdisopendata": "mgdis", "opendatagazette": "odgazette"}
REGIONS = {"NC": "988", "PF": "987"}


@dataclass(frozen=True)
class Side:
    """One year: its old lines, its tables and its journal."""

    old: tuple[Row, ...]
    edition: assemble.Edition
    columns: Mapping[str, str]

    @cached_property
    def journal(self) -> set[tuple[str, str, str]]:
        return {(c["cle"], c["champ"], c["avant"]) for c in self.edition.corrections}

    @cached_property
    def bodies(self) -> dict[str, Row]:
        return {o["siren"]: o for o in self.edition.organisations}

    @cached_property
    def platforms(self) -> dict[str, Row]:
        return {p["id"]: p for p in self.edition.plateformes}

    def publications(self, siren: str) -> list[Row]:
        return [p for p in self.edition.publications if p["siren"] == siren]


def clean(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.replace("\u200e", "").split()))


def key(cell: str) -> str:
    plain = unicodedata.normalize("NFKD", cell).encode("ascii", "ignore").decode().lower()
    found = re.sub("[^a-z0-9]", "", plain)
    return NAMES.get(found, found)


def said(side: Side, siren: str, champ: str, cell: str) -> bool:
    return (siren, champ, unicodedata.normalize("NFC", visible(cell))) in side.journal
