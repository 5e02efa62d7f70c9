"""The line of ``plateformes.csv`` that a verdict proposes, for a person to complete."""

from __future__ import annotations

from collections.abc import Collection

from yarl import URL

from observatoire.detection.model import Verdict
from observatoire.letters import slug
from observatoire.model import Row
from observatoire.schema import Schema

OTHER = "specifique"
GEOGRAPHIC = frozenset(("geonetwork", "geosource", "prodige", "isogeo", "csw"))
LONGEST_ID = 60


def entry(verdict: Verdict, schema: Schema, taken: Collection[str], name: str = "") -> Row:
    """The line for a site that is not in the register; ``taken`` are the ids that it has."""
    address = URL(verdict.final or verdict.url)
    url = str(address.origin())
    name = name or verdict.title or (address.host or "")
    return {
        "id": mint(name, taken),
        "nom": name,
        "url": url,
        "type": "geoportail" if verdict.techno in GEOGRAPHIC else "portail",
        "techno": technology(verdict.techno, schema),
        "url_api": "" if verdict.base in {"", url} else verdict.base,
        "perimetre": "territorial",
        "statut": "inconnue" if verdict.cause else "active",
    }


def technology(techno: str, schema: Schema) -> str:
    """The technology as the register names it."""
    return techno if techno in schema.field("techno").enum else OTHER


def mint(name: str, taken: Collection[str]) -> str:
    """A new identifier from a name: lower case, digits and dashes, unlike those taken."""
    base = slug(name)[:LONGEST_ID].strip("-") or "plateforme"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
