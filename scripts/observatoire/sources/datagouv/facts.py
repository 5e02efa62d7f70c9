"""What is kept of data.gouv.fr's accounts and datasets, and the harvest's rows made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from observatoire.model import Row
from observatoire.sources.kit.text import siren_of, year_before

LOCAL_AUTHORITY = "local-authority"
PUBLIC_BADGES = frozenset({LOCAL_AUTHORITY, "public-service"})
"""An account without any dataset is kept when it wears one: the body has an account, and waits."""

PERFECT = 100
"""Quality scores are added in hundredths: whole numbers, whose sum depends on no order."""


@dataclass(frozen=True, slots=True)
class Account:
    """A publisher's account; ``siret`` is what it declares, maybe wrongly.

    ``found`` is the SIRET that data.gouv.fr's own matching gave to an account that declares none.
    """

    id: str
    slug: str
    name: str
    siret: str
    badges: tuple[str, ...]
    found: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One visible dataset; ``updated`` is the ISO day of its data's last update, or ""."""

    account: str
    open_licence: bool
    open_format: bool
    schema: bool
    updated: str
    reuses: int
    downloads: int
    quality: int | None


@dataclass(slots=True)
class Tally:
    """The sums over the datasets of one account."""

    datasets: int = 0
    open_licences: int = 0
    open_formats: int = 0
    schemas: int = 0
    recent: int = 0
    reuses: int = 0
    downloads: int = 0
    quality: int = 0
    rated: int = 0
    updated: str = ""

    def add(self, dataset: Dataset, since: str) -> None:
        """Count one more dataset; it is recent when updated on ``since`` or later."""
        self.datasets += 1
        self.open_licences += dataset.open_licence
        self.open_formats += dataset.open_format
        self.schemas += dataset.schema
        self.recent += dataset.updated >= since
        self.reuses += dataset.reuses
        self.downloads += dataset.downloads
        self.updated = max(self.updated, dataset.updated)
        if dataset.quality is not None:
            self.quality += dataset.quality
            self.rated += 1


@dataclass
class Census:
    """Everything that one reading of the portal gives, summed on the fly: memory stays small.

    Copies that data.gouv.fr harvested from an account's own portal count as its datasets here: the
    same dataset then counts once per platform, and never twice on one.
    """

    today: date
    accounts: dict[str, Account] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.since = year_before(self.today).isoformat()

    def add(self, dataset: Dataset) -> None:
        """Count a dataset for its account; one that a person owns is nobody's."""
        if dataset.account:
            self.tallies.setdefault(dataset.account, Tally()).add(dataset, self.since)

    def rows(self, platform: str, site: str) -> Iterator[Row]:
        """The harvest's rows, for accounts that publish or that public bodies hold."""
        for key in sorted(self.accounts):
            account, tally = self.accounts[key], self.tallies.get(key, Tally())
            if tally.datasets or PUBLIC_BADGES.intersection(account.badges):
                yield {"plateforme": platform, **_identity(account, site), **_figures(tally)}


def hundredths(score: object) -> int | None:
    """A quality score between 0 and 1, given as text or number; None when it is not one."""
    if isinstance(score, bool) or not isinstance(score, int | float | str):
        return None
    try:
        value = round(float(score) * PERFECT)
    except (ValueError, OverflowError):
        return None
    return value if 0 <= value <= PERFECT else None


def _identity(account: Account, site: str) -> Mapping[str, str]:
    return {
        "identifiant": account.id,
        "nom": account.name,
        "siren_declare": siren_of(account.siret),
        "siren_trouve": "" if siren_of(account.siret) else siren_of(account.found),
        "url": f"{site}/organizations/{quote(account.slug or account.id)}/",
        "categorie": _join(account.badges),
    }


def _join(badges: Iterable[str]) -> str:
    return "|".join(sorted({b.strip().replace("|", " ") for b in badges} - {""}))


def _figures(tally: Tally) -> Mapping[str, str]:
    return {
        "nb_jeux": str(tally.datasets),
        "nb_licence_ouverte": str(tally.open_licences),
        "nb_format_ouvert": str(tally.open_formats),
        "nb_schema": str(tally.schemas),
        "nb_recents": str(tally.recent),
        "nb_reutilisations": str(tally.reuses),
        "nb_telechargements": str(tally.downloads),
        "qualite": _mean(tally.quality, tally.rated),
        "derniere_mise_a_jour": tally.updated,
        "statut": "publie" if tally.datasets else "vide",
    }


def _mean(total: int, number: int) -> str:
    """The mean of scores in hundredths, as a decimal with two digits at most."""
    if not number:
        return ""
    whole, cents = divmod((2 * total + number) // (2 * number), PERFECT)
    return f"{whole}.{cents:02}".rstrip("0").rstrip(".")
