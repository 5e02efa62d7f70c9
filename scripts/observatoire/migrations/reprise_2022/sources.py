"""The old files as they were published: read whole, with the header each must have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from observatoire.files import Files
from observatoire.french import counted
from observatoire.model import Finding, Malformed, Row

EDITION = "edition-2022-organisations.csv"
EXPORT = "export-2022-10-19-organisations.csv"
PLATEFORMES = "export-2022-10-19-plateformes.csv"
NATIONALES = "export-2022-10-19-plateformes-nationales.csv"
THEMATIQUES = "export-2022-10-19-thematiques.csv"
VUE = "vue-datami-2022-04-25.csv"

_SHARED = (
    *("siren", "nom", "type", "regcode", "url-ptf", "nb-ptf", "url-datagouv", "nb-datagouv"),
    *("id-datagouv", "id-ods", "pop-insee", "lat", "long", "merge", "ptf"),
    "Techno (from Plateformes)",
)
NEEDED = {
    EDITION: (*_SHARED, "depcode", "Thématiques"),
    EXPORT: (*_SHARED, "Département", "Thèmatiques", "ACV", "A vériifier", "TimeStamp"),
    PLATEFORMES: (
        *("Nom", "Regcode", "Type", "Collab", "url", "Techno", "porteur", "thèmatique", "grappe"),
        *("url-reuse", "nb-reuse", "url-forum-dodo", "nb-struct-hebergees", "contact", "twitter"),
        *("Organisations 5", "Last Modified", "Organisations copy"),
    ),
    NATIONALES: ("nom", "type", "url", "porteur", "techno", "thème"),
    THEMATIQUES: ("Name", "Tags", "Organisations_Id"),
    VUE: ("siren", "adress", "lat", "lon"),
}


@dataclass(frozen=True)
class Sources:
    """The rows of each old file, in its order, cells untouched."""

    edition: tuple[Row, ...]
    export: tuple[Row, ...]
    plateformes: tuple[Row, ...]
    nationales: tuple[Row, ...]
    thematiques: tuple[Row, ...]
    vue: tuple[Row, ...]


def read(files: Files) -> Sources:
    """The old files of a folder; raises Malformed when one is missing or has another header."""
    return Sources(
        edition=_rows(files, EDITION),
        export=_rows(files, EXPORT),
        plateformes=_rows(files, PLATEFORMES),
        nationales=_rows(files, NATIONALES),
        thematiques=_rows(files, THEMATIQUES),
        vue=_rows(files, VUE, delimiter=";"),
    )


def _rows(files: Files, name: str, delimiter: str = ",") -> tuple[Row, ...]:
    data = files.read(name)
    if data is None:
        raise _refused(name, "ce fichier manque dans le dossier des sources.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(name, "ce fichier n'est pas en UTF-8.") from None
    if not text.strip():
        raise _refused(name, "ce fichier est vide.")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [n for n in NEEDED[name] if n not in header]
    if missing:
        raise _refused(name, f"il manque parmi les colonnes : {', '.join(missing)}.")
    return tuple(_records(name, header, rows))


def _records(name: str, header: list[str], rows: Iterable[list[str]]) -> Iterable[Row]:
    for number, cells in enumerate(rows, 2):
        if len(cells) != len(header):
            raise _refused(
                name, f"{counted(len(cells), 'cellule')} au lieu de {len(header)}.", line=number
            )
        yield dict(zip(header, cells, strict=True))


def _refused(name: str, message: str, line: int = 0) -> Malformed:
    return Malformed(Finding("reprise-source", message, file=name, line=line))
