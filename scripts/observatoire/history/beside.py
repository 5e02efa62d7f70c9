"""Two CSV files set side by side, wherever they lie: no register describes them."""

from __future__ import annotations

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
    difference = lines.compare(before, after)
    columns = dict.fromkeys((*after.columns, *before.columns))
    name = Path(new).stem
    schema = Schema(name, name, "", tuple(Field(c, title=c) for c in columns))
    found = () if difference.empty else (TableChange(name, schema, difference),)
    return Changes(old, new, found, {table: {} for table in NAMED})


def _side(path: str, key: Sequence[str]) -> Side:
    place = Path(path)
    data = Folder(place.parent).read(place.name)
    if data is None:
        raise Malformed(Finding("fichier-absent", "ce fichier n'existe pas.", file=path))
    columns = intake.parse(header(data) + b"\n", path).columns
    missing = [column for column in key if column not in columns]
    if missing:
        known = f"écrivez après --cle une ou plusieurs de celles-ci : {', '.join(columns)}."
        message = f"ce fichier n'a pas de colonne « {missing[0]} » : {known}"
        raise Malformed(Finding("colonne-inconnue", message, file=path))
    return Side(data, columns, tuple(key) or columns[:1], path)
