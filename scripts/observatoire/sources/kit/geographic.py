"""A record of a geographic catalogue, whichever protocol gives it, and the datasets it counts for.

Every organisation that a record names for its resource publishes it: an index of GeoNetwork does
not tell roles apart, so neither do the other ways in, which must count alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from observatoire.letters import plain
from observatoire.sources.kit.census import Dataset
from observatoire.sources.kit.file_formats import any_open
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared

KINDS = ("dataset", "series", "nonGeographicDataset")
"""The levels of ISO 19115 that hold data; the others are services, maps, documents..."""

OPEN_DATA = re.compile(r"open[ -]?data|donnees? ouvertes?")
"""Keywords by which French catalogues say that data is open, as GeoNetwork recognises them."""

NO_CONDITION = re.compile(
    r"no ?conditions ?apply|aucune condition ne s applique|sans condition d utilisation"
)
"""The open value of https://inspire.ec.europa.eu/metadata-codelist/ConditionsApplyingToAccessAndUse"""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a record: no contact, no person.

    ``constraints`` are its legal texts, ``updated`` the ISO day of its data's last date.
    """

    id: str
    kind: str = "dataset"
    organisations: tuple[str, ...] = ()
    updated: str = ""
    constraints: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    def datasets(self) -> Iterator[Dataset]:
        """One dataset per organisation, none for what holds no data."""
        if self.kind not in KINDS:
            return
        for name in dict.fromkeys(filter(None, self.organisations)) or ("",):
            yield Dataset(
                name,
                # A record counts once for each of its organisations, and only once.
                id=self.id and f"{self.id} {name}",
                updated=self.updated,
                open_licence=self._open(),
                open_format=any_open(self.formats) if self.formats else None,
                schema=declared((*self.keywords, *self.constraints)),
            )

    def _open(self) -> bool | None:
        """Whether a constraint is an open licence or a keyword says open data; None without any."""
        if any(OPEN_DATA.search(_plain(k)) for k in self.keywords):
            return True
        if not self.constraints:
            return None
        free = any(NO_CONDITION.search(_plain(c)) for c in self.constraints)
        return free or is_open(*self.constraints)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9-]+", " ", plain(text[:1_000]))
