"""What the register knows of a file that Datami may have opened: may it be edited, names, locks."""

from __future__ import annotations

import re
from dataclasses import replace

from observatoire.contribution.model import Rules
from observatoire.model import Finding, Key, Malformed
from observatoire.register import DATA, Register, kind_of, path_of
from observatoire.schema import Schema

VIEW = "vue-datami"
TABLES = ("organisations", "plateformes", "publications", "thematiques")
"""The tables that people edit."""

TABLE = re.compile(r"(?:data|publication)/[a-z0-9/_-]+\.csv")

PLACES = {
    "nom": ("organisations", "nom"),
    "type": ("organisations", "type"),
    "adress": ("organisations", "adresse"),
    "tags": ("organisations", "thematiques"),
    "depcode": ("organisations", "departement"),
    "lat": ("organisations", "latitude"),
    "lon": ("organisations", "longitude"),
    "url_ptf": ("publications", "url"),
    "url_datagouv": ("publications", "url"),
    "nb_ptf": ("publications", "nb_jeux"),
    "nb_datagouv": ("publications", "nb_jeux"),
    "id_datagouv": ("publications", "identifiant"),
    "id_ods": ("publications", "identifiant"),
    "platform_clean": ("plateformes", "techno"),
    "orga": ("plateformes", "nom"),
}
"""Where each column of the flat view comes from; the others are computed."""

FOLDERS = {
    "data/moissons/": (
        "Ce fichier est écrit par le robot à chaque moisson. Corrigez la ligne dans"
        " data/publications.csv : votre correction ne sera pas écrasée."
    ),
    "data/reference/": (
        "Ce fichier est le référentiel officiel. Corrigez la ligne dans data/organisations.csv, ou"
        " ouvrez un ticket si le référentiel se trompe."
    ),
    "data/editions/": (
        "Les éditions passées sont figées. Corrigez la ligne dans les tables de data/."
    ),
    "publication/": (
        "Ce fichier est calculé à chaque version. Corrigez la ligne dans data/organisations.csv,"
        " data/plateformes.csv ou data/publications.csv."
    ),
}
SENTENCE = "Cette colonne vient d'ailleurs : corrigez-la dans {path}, colonne « {title} »."
COMPUTED = "Cette colonne est calculée : elle suivra d'elle-même les tables de data/."


def rules_of(register: Register, path: str, today: str) -> Rules:
    """The rules of a file; raises Malformed for a file that holds no table of the register."""
    name = path.removeprefix("publication/").removeprefix(f"{DATA}/").removesuffix(".csv")
    generated = next((said for start, said in FOLDERS.items() if path.startswith(start)), "")
    if not TABLE.fullmatch(path) or not (generated or register.has(name)):
        raise Malformed(_no_table(path))
    schema = register.schema(kind_of(name))
    rules = Rules(name, path, schema, generated=generated)
    if name == VIEW:
        return replace(rules, locked=_view(register, schema))
    return rules if generated else _edited(rules, register, today)


def _no_table(path: str) -> Finding:
    return Finding(
        "fichier-inattendu",
        "ce fichier n'est pas une table du registre : les contributions de Datami portent sur"
        f" {', '.join(map(path_of, TABLES))}.",
        file=path,
    )


def _edited(rules: Rules, register: Register, today: str) -> Rules:
    names = _names(rules.table, register)
    return replace(rules, names=names, frozen=_frozen(rules.table, register, today))


def _names(table: str, register: Register) -> dict[Key, str]:
    """What the rows of a table are called: « Rennes Métropole sur data.gouv.fr »."""
    if table != "publications":
        return {k: row["nom"] for k, row in register.keyed(table).items() if row.get("nom")}
    bodies = {k[0]: r["nom"] for k, r in register.keyed("organisations").items()}
    portals = {k[0]: r["nom"] for k, r in register.keyed("plateformes").items()}
    return {
        key: f"{bodies.get(key[0], key[0])} sur {portals.get(key[1], key[1])}"
        for key in register.keyed(table)
    }


def _frozen(table: str, register: Register, today: str) -> dict[tuple[Key, str], str]:
    """The cells that a person froze and that are still so, with the reason."""
    locks = [
        lock
        for lock in register.table("verrous").records()
        if lock["table"] == table
        and lock["statut"] == "actif"
        and not (lock["echeance"] and lock["echeance"] < today)
    ]
    if not locks:
        return {}
    keys = {" ".join(key): key for key in register.keyed(table)}
    return {
        (keys[lock["cle"]], lock["champ"]): lock["motif"] for lock in locks if lock["cle"] in keys
    }


def _view(register: Register, schema: Schema) -> dict[str, str]:
    """Where to edit what each column of the flat view shows."""
    out = dict.fromkeys(schema.columns, COMPUTED)
    for column, (table, field) in PLACES.items():
        title = register.schema(table).field(field).title
        out[column] = SENTENCE.format(path=path_of(table), title=title)
    return out
