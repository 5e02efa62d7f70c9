"""Reading a table as a spreadsheet saves it in France: encoding, separator, quotes, blank lines.

What is tolerated is noted; what would lose a cell is refused (Malformed).
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from observatoire import intake
from observatoire.french import counted
from observatoire.header import refuse_title
from observatoire.letters import fold
from observatoire.model import Finding, Malformed
from observatoire.schema import Schema
from observatoire.table import Table
from observatoire.validate.formatting import workbook
from observatoire.validate.formatting.sheets import chosen
from observatoire.words import quote

BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MARKS = ",;\t|"
MARK_NAMES = {
    ";": "le point-virgule est remplacé",
    "\t": "la tabulation est remplacée",
    "|": "la barre | est remplacée",
}
ACCENTS = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x90-\xbf]")
"""Accented letters and dashes in UTF-8; in Windows-1252 they read « Ã© », which is no French."""


@dataclass
class Notes:
    """What was changed, in words, in order; with how many times and a first example."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    def add(self, words: str, example: str = "", thing: str = "cellule") -> None:
        """One more change of a kind, to such a thing."""
        self.counts[words] = self.counts.get(words, 0) + 1
        self.things[words] = thing
        self.examples.setdefault(words, example)

    def sentences(self) -> list[str]:
        """One sentence by kind of change."""
        out = []
        for words, number in self.counts.items():
            example = self.examples[words]
            many = f" ({counted(number, self.things[words])})" if example else ""
            out.append(f"{words}{many}{f' : {example}' if example else ''}")
        return out


class Read(NamedTuple):
    """The table of a file, and the lines where its rows stood."""

    table: Table
    numbers: list[int]


def read(data: bytes, file: str, schema: Schema, notes: Notes) -> Read:
    """The table in a file of any usual dialect, columns in schema order; raises Malformed."""
    tight = data.startswith(workbook.SIGNATURE)
    if tight:
        sheet, aside = chosen(workbook.sheets(data, file), _known(schema), file)
        grid = sheet.rows or [[]]
        notes.add("classeur converti en CSV")
        if aside:
            notes.add(aside)
    else:
        grid = _lines_of(data, file, schema, notes)
    top = next((i for i, row in enumerate(grid) if any(c.strip() for c in row)), 0)
    grid = _filled(grid[top:], notes)
    header = _header(grid, file, schema, notes)
    rows, numbers = [], []
    for number, cells in enumerate(grid[1:], top + 2):
        if not any(c.strip() for c in cells):
            notes.add("lignes vides supprimées")
            continue
        rows.append(_row(cells, number, header, file, tight=tight))
        numbers.append(number)
    table = Table(tuple(header), rows)
    if table.columns != schema.columns:
        notes.add("colonnes remises dans l'ordre du schéma")
    order = [header.index(c) for c in schema.columns]
    ordered = [tuple(row[i] for i in order) for row in rows]
    return Read(Table(schema.columns, ordered), numbers)


def _filled(grid: list[list[str]], notes: Notes) -> list[list[str]]:
    """The rows without the columns that have neither a name nor a cell."""
    last = max((at for at, name in enumerate(grid[0]) if name.strip()), default=0)
    unnamed = [at for at, name in enumerate(grid[0][:last]) if not name.strip()]
    bare = {at for at in unnamed if not any(r[at].strip() for r in grid if len(r) > at)}
    if not bare:
        return grid
    notes.add("colonnes vides supprimées")
    return [[c for at, c in enumerate(row) if at not in bare] for row in grid]


def _lines_of(data: bytes, file: str, schema: Schema, notes: Notes) -> list[list[str]]:
    text = _text(data, file, notes)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > intake.MAX_LINE:  # the standard reader stops at 131,072
            raise _malformed("ligne-trop-longue", file, number, "cette ligne est bien trop longue.")
    mark, text = _mark(text, schema)
    if mark != ",":
        notes.add(f"séparateur : {MARK_NAMES[mark]} par la virgule")
    return _grid(text, mark, file)


def _text(data: bytes, file: str, notes: Notes) -> str:
    for start, encoding in BOMS:
        if data.startswith(start):
            notes.add("encodage : UTF-16 converti en UTF-8")
            return _lines(data.decode(encoding, "replace"), notes)
    try:
        text = intake.decode(data, file)
        if data.startswith(BOM_UTF8):
            notes.add("marque invisible (BOM) enlevée au début du fichier")
    except Malformed as problem:
        if problem.findings[0].code != "encodage":
            raise
        text = _windows(data, file, problem)
        notes.add("encodage : Windows-1252 converti en UTF-8")
    return _lines(text, notes)


def _windows(data: bytes, file: str, problem: Malformed) -> str:
    """The text in Windows-1252; refused when a part of the file is already UTF-8."""
    if ACCENTS.search(data):
        finding = problem.findings[0]
        raise Malformed(
            Finding(
                "encodage",
                "le fichier mélange deux encodages (UTF-8 et Windows-1252) : enregistrez-le en"
                " entier au format « CSV UTF-8 ».",
                file=finding.file,
                line=finding.line,
            )
        )
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise _malformed(
            "encodage",
            file,
            problem.findings[0].line,
            "un accent de cette ligne ne peut pas être lu : rouvrez le tableau dans votre tableur,"
            " et enregistrez-le au format « CSV UTF-8 ».",
        ) from None


def _lines(text: str, notes: Notes) -> str:
    if "\r" in text:
        notes.add("fins de ligne de Windows remplacées")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        notes.add("retour à la ligne ajouté à la fin du fichier")
    return text


def _mark(text: str, schema: Schema) -> tuple[str, str]:
    """The separator that gives the most known columns; Excel may name it on a line of its own."""
    first, _, rest = text.partition("\n")
    if first.startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], rest
    known, top = _known(schema), [first, *rest[: intake.MAX_LINE].split("\n")[: intake.HEAD - 1]]

    def columns(mark: str) -> int:
        return max(sum(fold(c) in known for c in row) for row in csv.reader(top, delimiter=mark))

    return max(MARKS, key=lambda m: (columns(m), -MARKS.index(m))), text


def _grid(text: str, mark: str, file: str) -> list[list[str]]:
    # keepends: the reader needs them to see a line end inside a quoted cell.
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    reader = csv.reader(lines, delimiter=mark, strict=True)
    try:
        grid = list(reader)
    except csv.Error:
        raise _malformed(
            "guillemet-ouvert",
            file,
            reader.line_num,
            "un guillemet droit n'est pas refermé, ou pas à sa place : corrigez cette ligne.",
        ) from None
    return grid


def _known(schema: Schema) -> dict[str, str]:
    """The columns by their name or French title, however capitals and accents are written."""
    return {fold(f.title): f.name for f in schema.fields} | {fold(c): c for c in schema.columns}


def _header(grid: Sequence[Sequence[str]], file: str, schema: Schema, notes: Notes) -> list[str]:
    cells = grid[0]
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) < len(grid[0]) and "colonnes vides supprimées" not in notes.counts:
        notes.add("colonnes vides supprimées")
    known = _known(schema)
    names = [known.get(fold(c), c.strip()) for c in cells]
    if not {*names} & {*schema.columns}:
        top = ([known.get(fold(c), c) for c in row] for row in grid[: intake.HEAD])
        refuse_title(top, file, schema.columns)
    intake.check_names(names, file, schema.columns)
    if names != list(cells):
        notes.add("noms de colonnes écrits comme dans le schéma")
    return names


def _row(
    cells: list[str], number: int, header: Sequence[str], file: str, *, tight: bool
) -> tuple[str, ...]:
    """The cells under the header; a workbook leaves out the empty ones at the end (``tight``)."""
    width = len(header)
    if tight:
        cells += [""] * (width - len(cells))
    if len(cells) < width or any(c.strip() for c in cells[width:]):
        raise _malformed(
            "nombre-de-cellules",
            file,
            number,
            f"la ligne compte {counted(len(cells), 'cellule')} au lieu de {width} : elle a sans"
            " doute été coupée ou décalée, corrigez-la.",
        )
    return tuple(cells[:width])


def _malformed(code: str, file: str, line: int, message: str) -> Malformed:
    return Malformed(Finding(code, message, file=file, line=line))


def unknown_table(file: str, known: Iterable[str]) -> Malformed:
    """The refusal of a file that is none of the tables."""
    tables = ", ".join(map(quote, known))
    return _malformed(
        "table-inconnue", file, 0, f"ce fichier n'est aucune des tables du registre : {tables}."
    )
