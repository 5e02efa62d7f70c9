"""Two CSV files set side by side, wherever they lie: no register describes them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from observatoire import intake
from observatoire.files import Folder
from observatoire.history import lines
from observatoire.history.apart import header
from observatoire.history.changes import NAMED, Changes, TableChange
from observatoire.history.model import Side
from observatoire.model import Finding, Malformed
from observatoire.schema import Field, Schema

SUFFIX = ".csv"


def are_files(old: str, new: str) -> bool:
    """Whether two words name CSV files; raises Malformed when only one of them does."""
    found = [word.lower().endswith(SUFFIX) for word in (old, new)]
    if any(found) and not all(found):
        message = "un fichier ne se compare qu'à un autre fichier : donnez deux fichiers CSV"
        raise Malformed(Finding("etat-inconnu", f"{message}, ou deux états du registre."))
    return all(found)


def between(old: str, new: str, key: Sequence[str] = ()) -> Changes:
    """What moved from a file to another, lines matched by some columns (by default: the first).

    Raises Malformed when a file cannot be read, lacks a column of the key, or has a key twice.
    """
    before, after = _side(old, key), _side(new, key)
    try:
        difference = lines.compare(before, after)
    except Malformed as problem:
        raise Malformed(*(_advised(f) for f in problem.findings)) from problem
    columns = dict.fromkeys((*after.columns, *before.columns))
    name = Path(after.file).stem
    schema = Schema(name, name, "", tuple(Field(c, title=c) for c in columns))
    found = () if difference.empty else (TableChange(name, schema, difference),)
    return Changes(before.file, after.file, found, {table: {} for table in NAMED})


def _advised(finding: Finding) -> Finding:
    """A key that stands twice may only be too short: nothing says that a line is too many."""
    if finding.code != "cle-en-double":
        return finding
    value = " / ".join(finding.key)
    message = f"la clé « {value} » est déjà plus haut : ajoutez à --cle une colonne qui distingue"
    return finding._replace(message=f"{message} les deux lignes, ou gardez-en une seule.")


def _side(name: str, key: Sequence[str]) -> Side:
    path = os.fsencode(name).decode("utf-8", "replace")  # to be shown and written
    data = _content(Path(name), path)
    columns = intake.parse(header(data) + b"\n", path).columns
    missing = [column for column in key if column not in columns]
    if missing:
        known = f"écrivez après --cle une ou plusieurs de celles-ci : {', '.join(columns)}."
        message = f"ce fichier n'a pas de colonne « {missing[0]} » : {known}"
        raise Malformed(Finding("colonne-inconnue", message, file=path))
    return Side(data, columns, tuple(key) or columns[:1], path)


def _content(place: Path, path: str) -> bytes:
    """The bytes of a file; raises Malformed on a folder, a pipe, or nothing that can be read."""
    try:
        if place.exists() and not place.is_file():
            message = "ce n'est pas un fichier : donnez le chemin d'un fichier CSV."
            raise Malformed(Finding("fichier-absent", message, file=path))
        data = Folder(place.parent).read(place.name)
    except OSError as error:
        message = "ce fichier ne peut pas être lu : vérifiez son nom et vos droits."
        raise Malformed(Finding("fichier-illisible", message, file=path)) from error
    if data is None:
        raise Malformed(Finding("fichier-absent", "ce fichier n'existe pas.", file=path))
    return data
