"""Reading a table that somebody sent: every way it can be unreadable has its French sentence.

``parse`` refuses what cannot be read as a table (encoding, separator, missing cells...); it does
not judge values, which is the work of ``validate``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from observatoire.model import Finding, Malformed
from observatoire.table import Table, reorder

MAX_LINE = 100_000
"""Characters. A longer line is no table line, and the standard reader stops at 131,072."""


def parse(data: bytes, file: str, columns: Sequence[str] = ()) -> Table:
    """Read a comma-separated UTF-8 table; a byte order mark, CRLF and quotes are tolerated.

    ``file`` names the table in messages. When ``columns`` is given, the header must hold exactly
    these, in any order, and the rows come back in that order. Raises Malformed.
    """
    lines = _lines(data, file)
    header = _cells(lines[0])
    _check_header(header, file, columns)
    width = len(header)
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = tuple(_cells(line)) if '"' in line else tuple(line.split(","))
        if len(cells) != width:
            raise _wrong_width(file, number, header, cells, last=number == len(lines))
        rows.append(cells)
    if not data.endswith(b"\n"):
        raise _malformed(
            "fichier-tronque",
            file,
            len(lines),
            "le fichier s'arrête au milieu d'une ligne : il a sans doute été coupé pendant l'envoi."
            " Reprenez le fichier entier (la dernière ligne doit se terminer par un retour"
            " à la ligne).",
        )
    table = Table(tuple(header), rows)
    return reorder(table, columns) if columns else table


def _lines(data: bytes, file: str) -> list[str]:
    if not data.strip():
        raise _malformed("fichier-vide", file, 0, "le fichier est vide.")
    if b"\x00" in data:
        raise _malformed(
            "fichier-binaire",
            file,
            data[: data.index(b"\x00")].count(b"\n") + 1,
            "ce n'est pas un fichier texte (il contient un octet nul) :"
            " enregistrez le tableau au format « CSV UTF-8 ».",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _malformed(
            "encodage",
            file,
            data[: error.start].count(b"\n") + 1,
            "le fichier n'est pas en UTF-8 (un accent est illisible) : enregistrez-le au format"
            " « CSV UTF-8 », ou lancez « observatoire format » qui le convertit.",
        ) from None
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise _malformed(
                "ligne-trop-longue",
                file,
                number,
                f"cette ligne compte {len(line)} caractères : ce n'est pas une ligne de tableau.",
            )
    return lines


def _cells(line: str) -> list[str]:
    if '"' not in line:
        return line.split(",")
    return next(csv.reader([line]))


def _check_header(header: list[str], file: str, columns: Sequence[str]) -> None:
    if len(header) == 1 and len(columns) != 1:
        for name, mark in (("point-virgule", ";"), ("tabulation", "\t"), ("barre |", "|")):
            if mark in header[0]:
                raise _malformed(
                    "separateur",
                    file,
                    1,
                    f"les colonnes sont séparées par « {name} » au lieu de la virgule :"
                    " lancez « observatoire format » qui convertit le fichier, ou enregistrez-le"
                    " avec la virgule comme séparateur.",
                )
    if header[0].lstrip().startswith("<"):
        raise _malformed("fichier-html", file, 1, "c'est une page HTML, pas un tableau CSV.")
    repeated = sorted({h for h in header if header.count(h) > 1})
    if repeated:
        raise _malformed(
            "colonne-en-double", file, 1, f"colonne(s) présente(s) deux fois : {_quote(repeated)}."
        )
    if not columns:
        return
    unknown = [h for h in header if h not in columns]
    missing = [c for c in columns if c not in header]
    if unknown or missing:
        parts = []
        if unknown:
            parts.append(f"colonne(s) inconnue(s) : {_quote(unknown)}")
        if missing:
            parts.append(f"colonne(s) manquante(s) : {_quote(missing)}")
        raise _malformed(
            "colonnes",
            file,
            1,
            f"{' ; '.join(parts)}. La première ligne doit être : {','.join(columns)}",
        )


def _wrong_width(
    file: str, number: int, header: list[str], cells: tuple[str, ...], *, last: bool
) -> Malformed:
    if last and len(cells) < len(header):
        hint = "le fichier a sans doute été coupé : reprenez-le en entier."
    elif len(cells) < len(header):
        hint = "il manque une virgule, ou la ligne a été coupée en deux."
    else:
        hint = "une cellule qui contient une virgule doit être entourée de guillemets droits."
    label = next((c for c in cells[1:2] if c.strip()), "")
    return Malformed(
        Finding(
            "nombre-de-cellules",
            f"la ligne compte {len(cells)} cellule(s) au lieu de {len(header)} : {hint}",
            file=file,
            line=number,
            label=label[:80],
        )
    )


def _malformed(code: str, file: str, line: int, message: str) -> Malformed:
    return Malformed(Finding(code, message, file=file, line=line))


def _quote(names: Iterable[str]) -> str:
    return ", ".join(f"« {n[:60]} »" for n in names)
