"""What the values of a dimension read as, in French: codes of the register and of the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observatoire.indicators import brackets
from observatoire.indicators.model import GROUPS as _GROUPS
from observatoire.indicators.model import UNKNOWN, Dimension
from observatoire.publish.labels import labels
from observatoire.register import Register

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

WHOLE = {"ensemble": "Ensemble"}
GROUPS = {name: words.capitalize() for name, _, words in _GROUPS}
PLATFORM_TYPES = {
    "portail": "Portail",
    "geoportail": "Géoportail",
    "site-web": "Site web",
    "concentrateur": "Concentrateur",
}
GOVERNANCES = {
    "dedie": "Dédiée à un publicateur",
    "mutualise": "Mutualisée",
    "partenarial": "Partenariale (avec l'État)",
    "partage": "Partagée (souvent à deux)",
}
PLATFORM_STATES = {
    "active": "Active",
    "inactive": "Inactive",
    "inconnue": "Pas encore vérifiée",
}
SCOPES = {"territorial": "Territoriales", "national": "Nationales"}
BRACKETS = "tranches"
ITSELF = "tel quel"
"""Values that are words already."""

FIELDS = (
    ("types", "organisations", "type"),
    ("technos", "plateformes", "techno"),
)
"""Vocabularies that a schema gives: name, table, column."""
NAMED = {"organisations": "siren", "plateformes": "id"}
"""Tables whose lines have a name, with their key."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of each vocabulary: its name, then code to words."""

    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def words(self, dimension: Dimension, value: str) -> str:
        """A value in words; the value itself where no vocabulary knows it."""
        if value == UNKNOWN:
            return "Non renseigné"
        if dimension.mots == BRACKETS:
            return brackets.label(value)
        if isinstance(dimension.mots, str):
            return self.tables.get(dimension.mots, {}).get(value, value)
        return dimension.mots.get(value, value)


def load(register: Register, reference: Reference) -> Vocabulary:
    """The words of a register and of a reference."""
    tables: dict[str, Mapping[str, str]] = {
        name: labels(register.schema(table), column) for name, table, column in FIELDS
    }
    tables["regions"] = {code: place.nom for code, place in reference.regions.items()}
    tables["departements"] = {code: place.nom for code, place in reference.departements.items()}
    for name, key in NAMED.items():
        table = register.table(name)
        tables[name] = dict(zip(table.column(key), table.column("nom"), strict=True))
    return Vocabulary(tables)
