"""The count of a portal's datasets by publisher; what no dataset of a publisher says stays empty.

A figure that a portal never gives is unknown, not 0: it is an empty cell of the harvest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from observatoire.model import Row
from observatoire.sources.kit.text import tidy, year_before


@dataclass(frozen=True, slots=True)
class Dataset:
    """One visible dataset that the portal publishes itself; None is what the portal leaves out.

    ``publisher`` is the exact name or id of its publisher there, ``name`` its name when that is an
    id. ``updated`` is an ISO day or "". Of two datasets with one ``id``, the first counts.
    """

    publisher: str
    id: str = ""
    name: str = ""
    siren: str = ""
    updated: str = ""
    open_licence: bool | None = None
    open_format: bool | None = None
    schema: bool | None = None
    reuses: int | None = None
    downloads: int | None = None


@dataclass(slots=True)
class Tally:
    """The sums over one publisher's datasets; None where none of them says anything."""

    datasets: int = 0
    open_licences: int | None = None
    open_formats: int | None = None
    schemas: int | None = None
    recent: int | None = None
    reuses: int | None = None
    downloads: int | None = None
    updated: str = ""
    name: str = ""
    sirens: set[str] = field(default_factory=set)

    def add(self, dataset: Dataset, since: str) -> None:
        """Count one more dataset; it is recent when updated on ``since`` or later."""
        self.datasets += 1
        self.open_licences = _plus(self.open_licences, dataset.open_licence)
        self.open_formats = _plus(self.open_formats, dataset.open_format)
        self.schemas = _plus(self.schemas, dataset.schema)
        self.reuses = _plus(self.reuses, dataset.reuses)
        self.downloads = _plus(self.downloads, dataset.downloads)
        if dataset.updated:
            self.recent = _plus(self.recent, dataset.updated >= since)
            self.updated = max(self.updated, dataset.updated)
        self.name = self.name or dataset.name
        self.sirens |= {dataset.siren} - {""}

    def merge(self, other: Tally) -> None:
        """Count the datasets of another tally too."""
        self.datasets += other.datasets
        self.open_licences = _plus(self.open_licences, other.open_licences)
        self.open_formats = _plus(self.open_formats, other.open_formats)
        self.schemas = _plus(self.schemas, other.schemas)
        self.recent = _plus(self.recent, other.recent)
        self.reuses = _plus(self.reuses, other.reuses)
        self.downloads = _plus(self.downloads, other.downloads)
        self.updated = max(self.updated, other.updated)
        self.name = self.name or other.name
        self.sirens |= other.sirens

    def row(self, platform: str, publisher: str, url: str = "") -> Row:
        """The line of a harvest (``schemas/moissons.json``)."""
        return {
            "plateforme": platform,
            "identifiant": publisher,
            "nom": self.name or publisher,
            # Two numbers for one publisher: it is not known which one is right.
            "siren_declare": next(iter(self.sirens)) if len(self.sirens) == 1 else "",
            "nb_jeux": str(self.datasets),
            "nb_licence_ouverte": cell(self.open_licences),
            "nb_format_ouvert": cell(self.open_formats),
            "nb_schema": cell(self.schemas),
            "nb_recents": cell(self.recent),
            "nb_reutilisations": cell(self.reuses),
            "nb_telechargements": cell(self.downloads),
            "derniere_mise_a_jour": self.updated,
            "url": url,
            "statut": "publie" if self.datasets else "vide",
        }


@dataclass
class Census:
    """Everything that one reading of a portal gives, summed on the fly: memory stays small.

    ``holder`` is the publisher of datasets that name none ("": they count for nobody).
    """

    today: date
    holder: str = ""
    tallies: dict[str, Tally] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.since = year_before(self.today).isoformat()

    def add(self, dataset: Dataset) -> None:
        """Count a dataset, once."""
        if dataset.id:
            if dataset.id in self.seen:
                return
            self.seen.add(dataset.id)
        publisher = self._known(dataset.publisher)
        if publisher:
            self.tallies.setdefault(publisher, Tally()).add(dataset, self.since)

    def count(self, publisher: str, found: Tally) -> None:
        """Add what a portal counted itself for a publisher."""
        publisher = self._known(publisher)
        if publisher and found.datasets:
            self.tallies.setdefault(publisher, Tally()).merge(found)

    def _known(self, publisher: str) -> str:
        return tidy(publisher) or tidy(self.holder)

    def rows(self, platform: str, link: Callable[[str], str] = lambda _: "") -> Iterator[Row]:
        """The harvest's rows, by publisher; ``link`` gives the page of a publisher."""
        for publisher, tally in sorted(self.tallies.items()):
            yield tally.row(platform, publisher, link(publisher))


def holder_of(platform: Row) -> str:
    """Who publishes what names no publisher: the platform itself when it is somebody's own."""
    return platform.get("nom", "") if platform.get("gouvernance") == "dedie" else ""


def cell(number: int | None) -> str:
    """A figure as a cell; empty when unknown."""
    return "" if number is None else str(number)


def _plus(total: int | None, value: int | None) -> int | None:
    return total if value is None else (total or 0) + value
