"""Small registers, harvests and references written as literals, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from observatoire.files import Folder, Memory
from observatoire.reference.lookup import Commune, Groupement, Place, Reference
from observatoire.register import Register, kind_of, path_of
from observatoire.table import Table, from_records

ROOT = Path(__file__).parents[2]
SCHEMAS = {n: Folder(ROOT).read(n) or b"" for n in Folder(ROOT).names("schemas")}
SOURCE = "datagouv"
TODAY = "2026-11-20"

ACIGNE = "213500010"
RENNES = "243500139"
ARA = "200053767"
MONTLUEL = "210102620"
ALBI = "218100048"
STDENIS93 = "219300662"
STDENIS974 = "219740115"

REFERENCE = Reference(
    vintage="2026",
    communes=[
        Commune("35001", ACIGNE, "Acigné", "35", "53", RENNES, "", 6900),
        Commune("01262", MONTLUEL, "Montluel", "01", "84", "", "", 7000),
        Commune("81004", ALBI, "Albi", "81", "76", "", "", 49000),
        Commune("93066", STDENIS93, "Saint-Denis", "93", "11", "", "", 150000),
        Commune("97411", STDENIS974, "Saint-Denis", "974", "04", "", "", 155000),
    ],
    groupements=[
        Groupement(RENNES, "Rennes Métropole", "MET", "35", "53", 470000),
        Groupement("248100737", "CA de l'Albigeois", "CA", "81", "76", 82000),
    ],
    departements={
        "01": Place("01", "Ain", "84", "220100010", "metro"),
        "35": Place("35", "Ille-et-Vilaine", "53", "223500018", "metro"),
        "81": Place("81", "Tarn", "76", "228100017", "metro"),
        "93": Place("93", "Seine-Saint-Denis", "11", "229300082", "metro"),
        "974": Place("974", "La Réunion", "04", "229740011", "drom"),
    },
    regions={
        "84": Place("84", "Auvergne-Rhône-Alpes", "84", ARA, "metro"),
        "53": Place("53", "Bretagne", "53", "233500016", "metro"),
        "76": Place("76", "Occitanie", "76", "200053791", "metro"),
        "11": Place("11", "Île-de-France", "11", "237500079", "metro"),
        "04": Place("04", "La Réunion", "04", "239740012", "drom"),
    },
)

PLATFORMS = (
    {"id": "data-gouv-fr", "nom": "data.gouv.fr", "perimetre": "national", "statut": "active"},
    {
        "id": "rennes",
        "nom": "Data Rennes",
        "perimetre": "territorial",
        "region": "53",
        "statut": "active",
    },
)

Rows = Iterable[Mapping[str, str]]


def columns(name: str) -> tuple[str, ...]:
    """The columns of a table, from the project's own schemas."""
    return Register(Memory(SCHEMAS)).schema(name).columns


def table(name: str, rows: Rows = ()) -> Table:
    """A table of the register with some rows; other cells are empty."""
    return from_records(columns(name), rows)


def register(**tables: Rows) -> Register:
    """A register with some rows; ``rapprochements`` and ``moissons`` are those of SOURCE."""
    content = {"plateformes": PLATFORMS, **tables}
    files = Memory(SCHEMAS)
    empty = Register(files)
    for name, rows in content.items():
        full = f"{name}/{SOURCE}" if kind_of(f"{name}/x") == name else name
        files[path_of(full)] = empty.bytes_of(full, table(full, rows))
    return Register(files)


def harvest(*rows: Mapping[str, str]) -> Table:
    """A harvest of SOURCE."""
    return table(f"moissons/{SOURCE}", rows)


def account(identifiant: str, nom: str, **cells: str) -> dict[str, str]:
    """One line of harvest: a local authority with three datasets unless told otherwise."""
    defaults = {
        "plateforme": "data-gouv-fr",
        "identifiant": identifiant,
        "nom": nom,
        "nb_jeux": "3",
        "url": f"https://www.data.gouv.fr/organizations/{identifiant}-slug/",
        "categorie": "local-authority",
        "statut": "publie",
    }
    return {**dict.fromkeys(columns(f"moissons/{SOURCE}"), ""), **defaults, **cells}


def body(siren: str, nom: str, type: str = "COM", **cells: str) -> dict[str, str]:
    """One line of organisations."""
    return {"siren": siren, "nom": nom, "type": type, "statut": "actif", **cells}


def publication(siren: str, identifiant: str, **cells: str) -> dict[str, str]:
    """One line of publications, as the bot would have written it for ``account``."""
    defaults = {
        "siren": siren,
        "plateforme": "data-gouv-fr",
        "identifiant": identifiant,
        "url": f"https://www.data.gouv.fr/organizations/{identifiant}-slug/",
        "nb_jeux": "3",
        "origine": "moisson",
        "statut": "publie",
    }
    return {**defaults, **cells}


def decision(identifiant: str, siren: str, decision: str, methode: str = "siren") -> dict[str, str]:
    """One line of rapprochements."""
    return {
        "plateforme": "data-gouv-fr",
        "identifiant": identifiant,
        "siren": siren,
        "methode": methode,
        "score": "1",
        "decision": decision,
    }
