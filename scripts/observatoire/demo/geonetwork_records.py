"""A record as the indexes of GeoNetwork hold it: version 4 (Elasticsearch), version 3 (Lucene)."""

from __future__ import annotations

from typing import Any

from observatoire.demo.accounts import Entry
from observatoire.demo.answers import LICENCES, schema_address
from observatoire.demo.contacts import MAILBOX, PERSON, PHONE

OLD = "1999-01-01"


def document(entry: Entry, field: str, kind: str) -> dict[str, list[str]]:
    """The record in the index of version 4; ``field`` names its organisation."""
    one = entry.dataset
    found = {
        "uuid": [entry.id],
        "isTemplate": ["n"],
        "isHarvested": ["true" if one.harvested else "false"],
        "resourceType": [kind],
        "licenseObject.default": [LICENCES.get(one.licence, "Usage interne")],
        "isOpenData": ["false"],
        "contactForResource.individual": [PERSON],
        "contactForResource.email": [MAILBOX],
        "format": list(one.formats),
        "creationDateForResource": [OLD] if one.updated else [],
        "revisionDateForResource": [one.updated] if one.updated else [],
        "tag.default": [t for t in (schema_address(one),) if t],
        field: [entry.account.name] if entry.account.name else [],
    }
    return {name: values for name, values in found.items() if values}


def index(entry: Entry, kind: str) -> dict[str, Any]:
    """The record in the index of version 3: a value alone is not in a list."""
    one = entry.dataset
    party = f"Point de contact|resource|{entry.account.name}||{MAILBOX}|{PERSON}|Agent||{PHONE}"
    about = f"Point de contact|metadata|Un autre organisme||{MAILBOX}|{PERSON}|Agent||{PHONE}"
    found: dict[str, Any] = {
        "geonet:info": {"uuid": entry.id, "isHarvested": "y" if one.harvested else "n"},
        "type": kind,
        "title": one.title,
        "responsibleParty": [about, party] if entry.account.name else about,
        "legalConstraints": LICENCES.get(one.licence, "Usage interne"),
        "format": one.formats[0] if len(one.formats) == 1 else list(one.formats),
    }
    if one.updated:
        found |= {"revisionDate": one.updated, "creationDate": OLD}
    if schema_address(one):
        found["keyword"] = [schema_address(one), "Occitanie"]
    return found
