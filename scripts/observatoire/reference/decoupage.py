"""Reading the package @etalab/decoupage-administratif: the division of France as JSON files.

Format: the package's README, version 6.0.0; version 2.3.1 (2022) has no ept.json.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from observatoire.model import SourceError
from observatoire.reference.source import (
    TYPES,
    Commune,
    Division,
    Former,
    Groupement,
    Territory,
)

FILES = ("communes", "epci", "departements", "regions")
T = TypeVar("T")


def read(folder: Path) -> Division:
    """The division kept in an unpacked package, or in its folder ``data``; raises SourceError."""
    data = folder / "data" if (folder / "data").is_dir() else folder
    missing = [f"{n}.json" for n in FILES if not (data / f"{n}.json").is_file()]
    if missing:
        raise SourceError(
            f"« {folder} » n'est pas le paquet @etalab/decoupage-administratif décompressé :"
            f" il y manque {', '.join(missing)}. Indiquez le dossier qui contient data/."
        )
    communes = _load(data / "communes.json")
    ept = data / "ept.json"
    groupements = _items(_load(data / "epci.json"), _groupement, data / "epci.json")
    return Division(
        communes=_items(
            [c for c in communes if c.get("type") == "commune-actuelle"],
            _commune,
            data / "communes.json",
        ),
        groupements=groupements + (read_ept(ept) if ept.is_file() else []),
        departements=_items(
            _load(data / "departements.json"), _departement, data / "departements.json"
        ),
        regions=_items(_load(data / "regions.json"), _region, data / "regions.json"),
        formers=_items(
            [c for c in communes if c.get("type") in ("commune-deleguee", "commune-associee")],
            _former,
            data / "communes.json",
        ),
    )


def read_ept(path: Path) -> list[Groupement]:
    """The EPT of a file ept.json of the package; raises SourceError."""
    return _items(_load(path), _groupement, path)


def _load(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SourceError(f"le fichier « {path} » n'existe pas.") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise SourceError(f"le fichier « {path} » n'est pas du JSON lisible.") from None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise SourceError(f"le fichier « {path} » n'est pas une liste d'objets JSON.")
    return found


def _items(
    found: Sequence[Mapping[str, Any]], read_one: Callable[[Mapping[str, Any]], T], path: Path
) -> list[T]:
    try:
        return [read_one(item) for item in found]
    except KeyError as error:
        raise SourceError(
            f"dans « {path} », un élément n'a pas la propriété {error} :"
            " ce n'est pas le format attendu."
        ) from None


def _commune(raw: Mapping[str, Any]) -> Commune:
    return Commune(
        raw["code"],
        raw.get("siren", ""),
        raw["nom"],
        raw["departement"],
        raw["region"],
        raw.get("population"),
    )


def _groupement(raw: Mapping[str, Any]) -> Groupement:
    return Groupement(
        raw["code"],
        raw["nom"],
        TYPES.get(raw["type"], raw["type"]),
        [m["code"] for m in raw["membres"]],
        raw.get("populationMunicipale"),
    )


def _departement(raw: Mapping[str, Any]) -> Territory:
    return Territory(raw["code"], raw["nom"], raw["region"], raw["zone"])


def _region(raw: Mapping[str, Any]) -> Territory:
    return Territory(raw["code"], raw["nom"], raw["code"], raw["zone"])


def _former(raw: Mapping[str, Any]) -> Former:
    return Former(raw["code"], raw["nom"], raw["departement"], raw["chefLieu"])
