"""The lines of the register that indicators count, reduced to what they need."""

from __future__ import annotations

from typing import NamedTuple


# Named tuples, not dataclasses: a register of 60,000 bodies makes as many at each start.
class Organisation(NamedTuple):
    """A body of the register at a date; ``ouverte`` follows ``opening.shows``."""

    siren: str
    nom: str
    type: str
    departement: str
    region: str
    ouverte: bool
    thematiques: tuple[str, ...] = ()


class Publication(NamedTuple):
    """An account of a body on a platform; ``prouve``: it shows at least one dataset."""

    siren: str
    plateforme: str
    identifiant: str = ""
    nb_jeux: int | None = None
    nb_reutilisations: int | None = None
    origine: str = "manuel"
    statut: str = "publie"
    prouve: bool = True


class Platform(NamedTuple):
    """A portal; ``reutilisations`` and ``demandes`` are the addresses of those pages, or ""."""

    id: str
    nom: str
    type: str = ""
    gouvernance: str = ""
    techno: str = ""
    region: str = ""
    grappe: str = ""
    reutilisations: str = ""
    demandes: str = ""
    structures: int | None = None
    perimetre: str = "territorial"
    statut: str = "inconnue"


class Account(NamedTuple):
    """What the last harvest says of a publisher; None where it says nothing."""

    nb_jeux: int | None
    nb_licence_ouverte: int | None = None
    nb_format_ouvert: int | None = None
    nb_schema: int | None = None
    nb_recents: int | None = None
    nb_reutilisations: int | None = None
    qualite: float | None = None
