"""datapackage.json, written from the tables and schemas that exist: nobody keeps a list by hand.

Every CSV under ``data/`` is a resource named after its table. The newest vintage of the reference
goes by its short name (``reference/communes``), which foreign keys use; a frozen edition points
its foreign keys at its own tables. The address of the repository is the one thing that is kept:
it stands nowhere else, and no other is invented.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from observatoire import __version__
from observatoire.files import Files
from observatoire.register import Register, kind_of, path_of

PATH = "datapackage.json"

HEADER: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "observatoire-open-data-territoires",
    "title": "Observatoire open data des territoires",
    "description": "Qui publie des données ouvertes dans les territoires français, où et combien :"
    " organismes, plateformes, publications, référentiel et éditions passées.",
    "homepage": "https://opendatafrance.gitbook.io/odater",
    "repository": "",
    "version": __version__,
    "licenses": [
        {
            "name": "etalab-2.0",
            "title": "Licence Ouverte 2.0",
            "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        }
    ],
    "contributors": [
        {"title": "OpenDataFrance", "role": "publisher", "path": "https://www.opendatafrance.fr"}
    ],
    "keywords": ["open data", "collectivités", "territoires", "observatoire"],
    "sources": [
        {
            "title": "Observatoire open data des territoires, édition au 31 décembre 2022"
            " (OpenDataFrance, Licence Ouverte 2.0)",
            "path": "https://opendatafrance.gitbook.io/odater",
        },
        {
            "title": "Base de travail de l'Observatoire, export du 19 octobre 2022"
            " (OpenDataFrance, ODbL 1.0)",
            "path": "https://opendatafrance.gitbook.io/odater",
        },
        {
            "title": "Vue Datami de l'Observatoire, 25 avril 2022 : adresses et coordonnées"
            " (coopérative multi, d'après OpenDataFrance)",
            "path": "https://github.com/multi-coop/gitribute-content-test",
        },
        {
            "title": "Découpage administratif (Etalab, d'après l'Insee et la DGCL,"
            " Licence Ouverte 2.0)",
            "path": "https://github.com/etalab/decoupage-administratif",
        },
        {
            "title": "Catalogue des données de data.gouv.fr (Licence Ouverte 2.0)",
            "path": "https://www.data.gouv.fr/datasets/catalogue-des-donnees-de-data-gouv-fr/",
        },
    ],
}


def describe(register: Register, repository: str | None = None) -> bytes:
    """The bytes of datapackage.json for the tables of a register.

    ``repository`` is its public address, None to keep the one that it has.
    """
    newest = register.vintages()[-1:]
    resources = [_resource(register, name, newest) for name in register.names()]
    place = {"repository": address(register.files) if repository is None else repository}
    from_whom = {"sources": [*HEADER["sources"], *_completed()]}
    content = {**HEADER, **place, **from_whom, "resources": resources}
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _completed() -> list[dict[str, str]]:
    """The services that complete the register."""
    from observatoire import lookups

    known = (lookup.LOOKUP for lookup in lookups.discover().values())
    return [{"title": f"{s.title} ({s.licence})", "path": s.base} for s in known]


def address(files: Files) -> str:
    """The public address of the repository; "" while nobody gave it."""
    try:
        found = json.loads(files.read(PATH) or b"{}")
    except ValueError:
        return ""
    return str(found.get("repository", "")) if isinstance(found, dict) else ""


def _resource(register: Register, name: str, newest: list[str]) -> dict[str, Any]:
    schema = register.schema(name)
    parts = name.split("/")
    if parts[0] == "reference" and parts[1:2] == newest:
        parts.pop(1)
    return {
        "name": "/".join(parts),
        "type": "table",
        "title": _title(name, schema.title),
        "path": path_of(name),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(register, name),
    }


def _title(name: str, title: str) -> str:
    folder, _, last = name.rpartition("/")
    if folder.startswith(("editions/", "reference/")):
        return f"{title} ({folder.rpartition('/')[2]})"
    return f"{title} : {last}" if folder in {"moissons", "rapprochements"} else title


def _schema(register: Register, name: str) -> str | dict[str, Any]:
    """The path of the schema; for a frozen edition, the schema with its keys inside the edition."""
    schema = register.schema(name)
    folder, _, _ = name.rpartition("/")
    if not folder.startswith("editions/") or not schema.foreign_keys:
        return f"schemas/{kind_of(name)}.json"
    own: dict[str, Any] = copy.deepcopy(dict(schema.raw))
    for key in own["foreignKeys"]:
        inside = register.resolve(key["reference"]["resource"], name)
        if inside.startswith("editions/"):
            key["reference"]["resource"] = inside
    return own
