"""Packages as CKAN shows them, which Data4Citizen and DKAN show too, each in its way."""

from __future__ import annotations

from typing import Any

from observatoire.demo.accounts import Entry
from observatoire.demo.answers import ADDRESSES, LICENCES, schema_address, uuid

CREATED = "2021-03-02T09:00:00.000000"


def envelope(base: str, action: str, result: Any) -> dict[str, Any]:
    """What surrounds every good answer."""
    link = f"{base}/api/3/action/help_show?name={action}"
    return {"help": link, "success": True, "result": result}


def failure(base: str, action: str, kind: str, message: str) -> dict[str, Any]:
    """What surrounds every bad answer, whatever its HTTP code."""
    link = f"{base}/api/3/action/help_show?name={action}"
    return {"help": link, "success": False, "error": {"message": message, "__type": kind}}


def package(entry: Entry, base: str) -> dict[str, Any]:
    """A dataset as ``package_search`` shows it."""
    one, account = entry.dataset, entry.account
    moment = f"{one.updated}T08:11:00.123456"
    return {
        "id": uuid(entry.id),
        "name": f"jeu-{entry.id}",
        "title": one.title,
        "notes": one.title,
        "license_id": one.licence,
        "license_title": LICENCES.get(one.licence, "License Not Specified"),
        "license_url": ADDRESSES.get(one.licence),
        "isopen": one.licence != "notspecified",
        "private": False,
        "state": "active",
        "type": "dataset",
        "metadata_created": CREATED,
        "metadata_modified": moment,
        "num_resources": len(one.formats),
        "owner_org": account.id,
        "organization": organisation(entry) if account.name else None,
        "groups": [],
        "tags": [{"name": "jeu", "display_name": "jeu", "state": "active"}],
        "extras": extras(entry),
        "resources": [
            {
                "id": uuid(f"{entry.id}/{kind}"),
                "name": f"Fichier {kind}",
                "format": kind.upper(),
                "mimetype": None,
                "created": CREATED,
                "last_modified": None,
                "metadata_modified": moment,
                "state": "active",
                "url": f"{base}/dataset/jeu-{entry.id}/resource/{number}.{kind}",
                "position": number,
            }
            for number, kind in enumerate(one.formats)
        ],
    }


def organisation(entry: Entry) -> dict[str, Any]:
    """The organisation of a package, as it stands inside it."""
    account = entry.account
    return {
        "id": account.id,
        "name": account.slug,
        "title": account.name,
        "type": "organization",
        "description": "",
        "image_url": "",
        "created": CREATED,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def extras(entry: Entry) -> list[dict[str, str]]:
    """What a package says beyond CKAN's own fields: its schema, and where it was copied from."""
    one = entry.dataset
    found = {"spatial-text": "Région"}
    if one.schema:
        found["schema"] = schema_address(one) or ""
    if one.harvested:
        found |= {
            "harvest_object_id": uuid(one.harvested),
            "harvest_source_id": uuid(one.harvested),
            "harvest_source_title": one.harvested,
        }
    return [{"key": key, "value": value} for key, value in found.items()]
