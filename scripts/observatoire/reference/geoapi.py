"""Reading the division of France from geo.api.gouv.fr: bare JSON arrays, no SIREN of départements.

Format: definition.yml of github.com/etalab/api-geo. The API does not know the EPT, and gives an
EPCI its type only when asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Protocol

from observatoire.model import SourceError
from observatoire.reference.source import TYPES, Commune, Division, Former, Groupement, Territory

FIELDS = "nom,code,siren,population,codeEpci,codeDepartement,codeRegion"
EVERYWHERE = "zone=metro,drom,com"
PATHS = {
    "communes": f"/communes?fields={FIELDS}&type=commune-actuelle&{EVERYWHERE}",
    "epcis": f"/epcis?fields=nom,code,type,population&{EVERYWHERE}",
    "departements": f"/departements?fields=nom,code,codeRegion,zone&{EVERYWHERE}",
    "regions": f"/regions?fields=nom,code,zone&{EVERYWHERE}",
    "anciennes": "/communes_associees_deleguees?fields=nom,code,chefLieu,codeDepartement",
}

DROM_DEPARTEMENTS = {"971", "972", "973", "974", "976"}
DROM_REGIONS = {"01", "02", "03", "04", "06"}

Answers = Mapping[str, Sequence[Mapping[str, Any]]]
"""What each path answers."""


class Web(Protocol):
    """What is needed of ``observatoire.web.Web``."""

    async def get_json(self, url: str) -> Any:
        """The JSON document at an address; raises SourceError."""
        ...


async def fetch(web: Web, base: str) -> Answers:
    """Ask the API at ``base`` for everything; raises SourceError."""
    answers = {}
    for name, path in PATHS.items():
        url = base.rstrip("/") + path
        found = await web.get_json(url)
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise SourceError(f"« {url} » n'a pas répondu une liste d'objets.")
        answers[name] = found
    return answers


def division(answers: Answers) -> Division:
    """The division that the answers describe, without EPT; raises SourceError."""
    members = defaultdict(list)
    for c in answers["communes"]:
        members[c.get("codeEpci")].append(c.get("code", ""))
    try:
        return Division(
            communes=[_commune(c) for c in answers["communes"]],
            groupements=[_epci(e, members[e["code"]]) for e in answers["epcis"]],
            departements=[_departement(d) for d in answers["departements"]],
            regions=[_region(r) for r in answers["regions"]],
            formers=[_former(f) for f in answers["anciennes"]],
        )
    except KeyError as error:
        raise SourceError(
            f"l'API a répondu un élément sans la propriété {error} : ce n'est pas le format"
            " de l'API Découpage administratif."
        ) from None


def _commune(raw: Mapping[str, Any]) -> Commune:
    return Commune(
        raw["code"],
        raw.get("siren") or "",
        raw["nom"],
        raw["codeDepartement"],
        raw["codeRegion"],
        raw.get("population"),
    )


def _epci(raw: Mapping[str, Any], members: Sequence[str]) -> Groupement:
    kind = TYPES.get(raw["type"], raw["type"])
    return Groupement(raw["code"], raw["nom"], kind, members, raw.get("population"))


def _departement(raw: Mapping[str, Any]) -> Territory:
    return Territory(raw["code"], raw["nom"], raw["codeRegion"], _zone(raw, DROM_DEPARTEMENTS))


def _region(raw: Mapping[str, Any]) -> Territory:
    return Territory(raw["code"], raw["nom"], raw["code"], _zone(raw, DROM_REGIONS))


def _zone(raw: Mapping[str, Any], drom: AbstractSet[str]) -> str:
    """The zone, or what the code says where the API leaves it out (it does by default)."""
    if "zone" in raw:
        return str(raw["zone"])
    if raw["code"] in drom:
        return "drom"
    return "com" if len(raw["code"]) == len("975") else "metro"


def _former(raw: Mapping[str, Any]) -> Former:
    return Former(raw["code"], raw["nom"], raw["codeDepartement"], raw["chefLieu"])
