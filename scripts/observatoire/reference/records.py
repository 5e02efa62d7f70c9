"""The records of the reference: territories, and the authorities that govern them."""

from __future__ import annotations

from typing import NamedTuple


# Named tuples, not dataclasses: 35,000 of them are made at each start, six times as fast.
class Commune(NamedTuple):
    """A commune; ``siren`` is empty in a part of the overseas collectivities."""

    code: str
    siren: str
    nom: str
    departement: str
    region: str
    epci: str
    ept: str
    population: int | None


class Groupement(NamedTuple):
    """An EPCI (CC, CA, CU, MET) or an EPT; ``departement`` is where most of its people live."""

    siren: str
    nom: str
    type: str
    departement: str
    region: str
    population: int | None


class Place(NamedTuple):
    """A département or a région as a territory; ``siren`` is the body that holds its powers.

    ``collectivite`` is the name of that body; ``zone`` is metro, drom or com.
    """

    code: str
    nom: str
    region: str
    siren: str
    zone: str
    sigle: str = ""
    population: int | None = None
    collectivite: str = ""


class Ancienne(NamedTuple):
    """A commune that is no more one; ``commune`` is the code of the one it is part of today."""

    code: str
    nom: str
    departement: str
    commune: str


class Body(NamedTuple):
    """A local authority; ``code`` is its INSEE code, or its SIREN for an EPCI or an EPT.

    ``type`` is REG, DEP, MET, CU, CA, CC, EPT or COM. A région has no ``departement``; a body that
    spans several has that of most of its inhabitants, or the first.
    """

    siren: str
    nom: str
    type: str
    code: str
    departement: str
    region: str
    population: int | None
    epci: str = ""
    ept: str = ""
