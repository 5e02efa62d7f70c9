"""A file or a cell that is not in the canonical form (ADR 1), which keeps differences small."""

from __future__ import annotations

from bisect import bisect
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from typing import Any

from observatoire import cells
from observatoire.model import Finding, Key, Severity
from observatoire.schema import Field, Schema
from observatoire.table import line
from observatoire.validate import slips
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet
from observatoire.validate.watch import Distinct, InOrder, Watch
from observatoire.words import quote

CODE = "forme-canonique"
TITLE = "Fichier ou cellule hors de la forme canonique"
TITLE_EN = "File or cell out of the canonical form"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "un espace traîne à la fin de la cellule : écrivez « Rennes Métropole ».",
        key=("243500139",),
        bad={"nom": "Rennes Métropole "},
        good={"nom": "Rennes Métropole"},
        fix="Rennes Métropole",
    ),
    Example(
        "organisations",
        "il y a deux espaces de suite : écrivez « Rennes Métropole ».",
        key=("243500139",),
        bad={"nom": "Rennes  Métropole"},
        good={"nom": "Rennes Métropole"},
        fix="Rennes Métropole",
    ),
    Example(
        "organisations",
        "« 48.10 » se note « 48.1 » : pas de zéro, de signe ni d'espace inutile dans un nombre.",
        key=("243500139",),
        bad={"latitude": "48.10"},
        good={"latitude": "48.1"},
        fix="48.1",
    ),
    Example(
        "organisations",
        "« Social|Culture » se note « Culture|Social » : les valeurs vont dans l'ordre"
        " alphabétique, sans répétition ni espace autour de la barre.",
        key=("243500139",),
        bad={"thematiques": "Social|Culture"},
        good={"thematiques": "Culture|Social"},
        fix="Culture|Social",
    ),
    Example(
        "thematiques",
        "la ligne de « Culture » n'est pas à sa place : mettez-la tout en haut, sous les noms des"
        " colonnes.",
        content="nom,etiquettes,statut\nSocial,,actif\nCulture,musée,actif\n",
    ),
    Example(
        "thematiques",
        "les noms des colonnes sont entre guillemets, et sans doute toutes les cellules : lancez"
        " « observatoire format », qui enlève ceux qui sont inutiles.",
        content='"nom","etiquettes","statut"\n"Culture","musée","actif"\n',
    ),
    Example(
        "thematiques",
        "les fins de ligne sont celles de Windows : lancez « observatoire format », qui les"
        " remplace.",
        content="nom,etiquettes,statut\r\nCulture,musée,actif\r\n",
    ),
)

MARKED = Remark(
    "le fichier commence par une marque invisible (BOM) : lancez « observatoire format », qui"
    " l'enlève.",
    "the file begins with an invisible mark (BOM): run « observatoire format », which removes it.",
)
WINDOWS = Remark(
    "les fins de ligne sont celles de Windows : lancez « observatoire format », qui les remplace.",
    "the line ends are those of Windows: run « observatoire format », which replaces them.",
)
COLUMNS = Remark(
    "les colonnes ne sont pas dans l'ordre du schéma : lancez « observatoire format », qui les"
    " range.",
    "the columns are not in the order of the schema: run « observatoire format », which sorts"
    " them.",
)
QUOTED = Remark(
    "cette ligne a des guillemets inutiles : ils n'entourent qu'une cellule qui contient une"
    " virgule. Enlevez les autres (« observatoire format » le fait aussi).",
    "this line has needless quotation marks: they only surround a cell that holds a comma. Remove"
    " the others (« observatoire format » does it too).",
)
ALL_QUOTED = Remark(
    "les noms des colonnes sont entre guillemets, et sans doute toutes les cellules : lancez"
    " « observatoire format », qui enlève ceux qui sont inutiles.",
    "the names of the columns are between quotation marks, and probably all the cells: run"
    " « observatoire format », which removes the needless ones.",
)
SORTED = (
    "les valeurs vont dans l'ordre alphabétique, sans répétition ni espace autour de la barre",
    "values go in alphabetical order, without repeats or blanks around the bar",
)
SHORTEST = (
    "pas de zéro, de signe ni d'espace inutile dans un nombre",
    "no needless zero, sign or blank in a number",
)
TWO_DIGITS = (
    "le mois et le jour ont toujours deux chiffres",
    "the month and the day always have two digits",
)
COMPOSED = (
    "un accent est écrit avec deux caractères, ce qui gêne les recherches",
    "an accent is written with two characters, which hampers searches",
)


def watches(_: str, schema: Schema) -> Iterator[Watch[Any]]:
    """The order of the lines, and the columns of several values."""
    yield InOrder(schema.primary_key)
    yield from (Distinct(f.name) for f in schema.fields if f.separator)


def check(context: Context) -> Iterator[Finding]:
    """What differs from the canonical form, in words."""
    for sheet in context.sheets():
        yield from _quotes(sheet) if sheet.plain else _file(sheet, context.raw(sheet.name))
        yield from _order(sheet)
        for field in sheet.schema.fields:
            # A line cannot tell that values are sorted: those columns are read whole.
            judge = sheet.judge_all if field.separator else sheet.judge
            yield from judge(CODE, field.name, _verdict(field))
            if slips.worded(sheet.schema, field):
                yield from sheet.judge(CODE, field.name, _spaced)


def _spaced(cell: str) -> Remark | None:
    meant = slips.spaced(cell)
    if meant == cell:
        return None
    return Remark(
        f"il y a deux espaces de suite : écrivez {quote(meant)}.",
        f"there are two blanks in a row: write {quote(meant)}.",
        meant,
    )


def _file(sheet: Sheet, raw: bytes) -> Iterator[Finding]:
    if raw.startswith(BOM_UTF8):
        yield sheet.whole(CODE, MARKED, line=1)
    if b"\r\n" in raw:
        yield sheet.whole(CODE, WINDOWS)
        raw = raw.replace(b"\r\n", b"\n")
    raw = raw.removeprefix(BOM_UTF8)
    header = ",".join(sheet.schema.columns).encode()
    top = raw.partition(b"\n")[0]
    if top != header and top.replace(b'"', b"") == header:
        yield sheet.whole(CODE, ALL_QUOTED)
    elif top != header:
        yield sheet.whole(CODE, COLUMNS, line=1)
    elif b'"' in raw:
        for number, text in enumerate(raw.split(b"\n"), 1):
            if b'"' in text and line(sheet.row(number - 2)).encode() != text:
                yield sheet.whole(CODE, QUOTED, line=number)


def _quotes(sheet: Sheet) -> Iterator[Finding]:
    """The lines of a plain file that fit the grammar have the quotes that they need."""
    for row, text in sheet.texts():
        if '"' in text and line(sheet.row(row)) != text:
            yield sheet.whole(CODE, QUOTED, line=row + 2)


def _order(sheet: Sheet) -> Iterator[Finding]:
    if sheet.in_order:
        return
    keys = sheet.keys()
    if keys == sorted(keys):
        return
    row = next(i for i in range(1, len(keys)) if keys[i] < keys[i - 1])
    # The order is right without the line above, and not without this one: that one is misplaced.
    above = row == 1 or keys[row - 2] <= keys[row]
    if above and row + 1 < len(keys) and keys[row - 1] > keys[row + 1]:
        row -= 1
    if _told(keys, row, sheet.schema):
        return
    yield sheet.whole(CODE, _misplaced(keys, row), line=row + 2)


def _told(keys: list[Key], row: int, schema: Schema) -> bool:
    """Whether the key itself is wrong, which other checks tell: twice, empty or malformed."""
    fields = map(schema.field, schema.primary_key)
    shapes = (
        f.compiled and not f.compiled.fullmatch(c) for f, c in zip(fields, keys[row], strict=True)
    )
    return keys.count(keys[row]) > 1 or any(shapes) or not any(keys[row])


def _misplaced(keys: list[Key], row: int) -> Remark:
    """Where the line goes when it is alone out of its place; else that the file is to be sorted."""
    key = quote(" / ".join(keys[row]))
    others = keys[:row] + keys[row + 1 :]
    if others != sorted(others):
        return Remark(
            "plusieurs lignes ne sont pas dans l'ordre de leur clé, et d'abord celle-ci"
            f" ({key}) : lancez « observatoire format », qui les range.",
            f"several lines are not in the order of their key, and first this one ({key}): run"
            " « observatoire format », which sorts them.",
        )
    at = bisect(others, keys[row])
    if not at:
        return Remark(
            f"la ligne de {key} n'est pas à sa place : mettez-la tout en haut, sous les noms des"
            " colonnes.",
            f"the line of {key} is not in its place: put it at the very top, below the names of the"
            " columns.",
        )
    before, line = quote(" / ".join(others[at - 1])), at + 1 + (at - 1 >= row)
    return Remark(
        f"la ligne de {key} n'est pas à sa place : mettez-la juste après celle de {before} (ligne"
        f" {line}).",
        f"the line of {key} is not in its place: put it just after that of {before} (line {line}).",
    )


def _verdict(field: Field) -> Callable[[str], Remark | None]:
    spell = cells.speller(field)

    def verdict(cell: str) -> Remark | None:
        spelt = spell(cell)
        return None if spelt == cell else _remark(cell, spelt, field)

    return verdict


def _remark(cell: str, spelt: str, field: Field) -> Remark:
    if field.separator:
        reason, why = SORTED
    elif field.type in {"integer", "number"}:
        reason, why = SHORTEST
    elif field.type == "date":
        reason, why = TWO_DIGITS
    elif cell.strip() != cell:
        return _blank(cell, spelt)
    else:
        reason, why = COMPOSED
    return Remark(
        f"{quote(cell)} se note {quote(spelt)} : {reason}.",
        f"{quote(cell)} is written {quote(spelt)}: {why}.",
        spelt,
    )


def _blank(cell: str, spelt: str) -> Remark:
    last = cell.lstrip() == cell
    end, where = ("à la fin", "at the end") if last else ("au début", "at the beginning")
    repair = f"écrivez {quote(spelt)}" if spelt else "laissez-la vide"
    write = f"write {quote(spelt)}" if spelt else "leave it empty"
    return Remark(
        f"un espace traîne {end} de la cellule : {repair}.",
        f"a blank is left {where} of the cell: {write}.",
        spelt,
    )
