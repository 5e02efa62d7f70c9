"""Schema and display of columns: names that exist, types and subtypes that Datami shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from observatoire import intake
from observatoire.model import Finding, Malformed
from observatoire.publish.datami import fields
from observatoire.publish.datami.contract.shown import Widget, finding
from observatoire.table import Table

SUBTYPES = frozenset(
    {
        *("tag", "tags", "longtext", "timelinetext", "link", "email", "image"),
        *("percent", "geopoint"),
    }
)
NUMBERS = frozenset(("percent", "geopoint"))
"""Subtypes of a number; the others are of text."""
PROPERTIES = frozenset(
    {
        *("name", "title", "description", "subtype", "locked", "hide", "maxLength", "tagSeparator"),
        *("bgColor", "definitions", "allowNew", "primaryKey", "foreignKey", "unit", "round"),
        *("transform", "longtextOptions", "stepOptions", "booleanOptions"),
    }
)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
WEB = re.compile(r"https?://[^\s<>\"]+")


def check(widget: Widget) -> Iterator[Finding]:
    """Both settings, beside the header that they are joined to by name."""
    for name in [n for n in widget.header if n not in widget.fields]:
        yield finding("schema", f"le schéma ne décrit pas la colonne « {name} ».", widget.file)
    for name, field in widget.fields.items():
        yield from widget.missing("le schéma", name)
        yield from _field(widget, name, field.get("type", "string"))
    for column in widget.columns:
        yield from widget.missing("l'affichage", column["name"])
        yield from _column(widget, column)
    yield from _locks(widget)
    yield from _values(widget)


def _field(widget: Widget, name: str, kind: str) -> Iterator[Finding]:
    if kind not in fields.TYPES:
        yield finding(
            "type",
            f"Datami n'affiche pas le type « {kind} » : ses cellules seraient vides. Donnez-lui la"
            " colonne en texte (string).",
            widget.file,
            field=name,
        )


def _column(widget: Widget, column: dict[str, Any]) -> Iterator[Finding]:
    name, subtype = column["name"], column.get("subtype", "")
    for key in sorted(column.keys() - PROPERTIES):
        yield _wrong(widget, name, f"Datami ne connaît pas la propriété « {key} ».")
    if subtype and subtype not in SUBTYPES:
        yield _wrong(widget, name, f"Datami ne connaît pas l'affichage « {subtype} ».")
    elif subtype:
        wanted = {"number", "integer"} if subtype in NUMBERS else {"string"}
        if widget.types.get(name, "string") not in wanted:
            kinds = " ou ".join(sorted(wanted))
            yield _wrong(
                widget, name, f"l'affichage « {subtype} » demande une colonne de type {kinds}."
            )
    if subtype == "tags" and not column.get("tagSeparator"):
        yield _wrong(
            widget,
            name,
            "plusieurs valeurs sans « tagSeparator » : Datami les couperait à chaque tiret.",
        )
    yield from _definitions(widget, column)
    yield from _foreign(widget, column)


def _definitions(widget: Widget, column: dict[str, Any]) -> Iterator[Finding]:
    for meaning in column.get("definitions", ()):
        if not meaning.get("value") or not meaning.get("label"):
            yield _wrong(widget, column["name"], "une définition n'a pas de valeur ou de libellé.")
        if "bgColor" in meaning and not COLOUR.fullmatch(str(meaning["bgColor"])):
            yield _wrong(
                widget,
                column["name"],
                f"« {meaning['bgColor']} » n'est pas une couleur : écrivez-la comme #1f7a5f.",
            )


def _foreign(widget: Widget, column: dict[str, Any]) -> Iterator[Finding]:
    key = column.get("foreignKey")
    if key and not key.get("ressourceOptions", {}).get("separator"):
        yield _wrong(
            widget,
            column["name"],
            "la table liée n'a pas de « separator » : Datami la lirait avec des points-virgules.",
        )


def _locks(widget: Widget) -> Iterator[Finding]:
    """A generated table is locked whole; where people edit, the key is."""
    keys = widget.schema.get("primaryKey", ())
    wanted = [n for n in widget.header if not widget.edited or n in keys]
    for name in wanted:
        if not widget.display.get(name, {}).get("locked"):
            what = "de clé" if widget.edited else "produite"
            yield _wrong(widget, name, f"cette colonne {what} doit être verrouillée (« locked »).")


def _values(widget: Widget) -> Iterator[Finding]:
    """Cells that the settings of their column would show badly, the first of each column."""
    table = _table(widget)
    for name in table.columns:
        enum = widget.fields.get(name, {}).get("constraints", {}).get("enum")
        link = widget.subtype(name) == "link"
        if not enum and not link:
            continue
        cells = table.column(name)
        wrong = {c for c in set(cells) if c and (c not in enum if enum else not WEB.fullmatch(c))}
        if wrong:
            line, cell = next((i, c) for i, c in enumerate(cells, 2) if c in wrong)
            why = "n'est pas dans la liste de la colonne : les filtres l'ignorent."
            if not enum:
                why = "deviendrait un lien : une adresse web commence par http(s)://."
            yield finding("valeur", f"« {cell} » {why}", widget.file, line, name)


def _table(widget: Widget) -> Table:
    try:
        return intake.parse(widget.text.encode(), widget.file)
    except Malformed:
        # The other rules say what is wrong with its lines.
        return Table(())


def _wrong(widget: Widget, name: str, message: str) -> Finding:
    return finding("affichage", message, widget.file, field=name)
