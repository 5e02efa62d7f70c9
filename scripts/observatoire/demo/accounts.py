"""The content of a simulated data.gouv.fr: accounts and datasets as plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from observatoire.letters import slug


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset; the same value may stand many times in an account, under different ids.

    ``updated`` is the day of its data's last update, ``archived`` the day it was archived ("" for
    a visible one), ``harvested`` the host of the portal that it is a copy from.
    """

    title: str = "Jeu de données"
    licence: str = "lov2"
    formats: tuple[str, ...] = ("csv",)
    updated: str = "2022-06-01"
    quality: float = 0.78
    reuses: int = 0
    downloads: int = 0
    schema: str = ""
    archived: str = ""
    harvested: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A publisher's account; ``badges`` such as local-authority, public-service, certified.

    ``found`` is the SIRET that data.gouv.fr's own matching gave it.
    """

    id: str
    slug: str
    name: str
    siret: str = ""
    badges: tuple[str, ...] = ()
    datasets: Sequence[Dataset] = ()
    found: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset in the catalogue: its own id, and the account that publishes it."""

    id: str
    account: Account
    dataset: Dataset


def account(
    name: str, siret: str = "", nb_jeux: int = 0, *, id: str = "", like: Dataset = Dataset()
) -> Account:
    """A local authority's account with ``nb_jeux`` datasets like one; its id comes from its name.

    Write ``Account(...)`` for anything else.
    """
    badges = ("local-authority",)
    return Account(id or object_id(name), slug(name), name, siret, badges, (like,) * nb_jeux)


def object_id(text: str) -> str:
    """24 hexadecimal digits, as data.gouv.fr's ids, always the same for the same text."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]
