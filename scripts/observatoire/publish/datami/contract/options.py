"""Options of the widget, filters and cards (datami.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from observatoire.model import Finding
from observatoire.publish.datami import settings
from observatoire.publish.datami.contract.shown import Widget, finding

KNOWN = frozenset(
    {
        *("separator", "quoteChar", "lockcolumns", "schema", "fields-custom-properties"),
        *("pagination", "customfilters", "customsorting", "cardsview", "cardsdetail"),
        *("cardssettings", "datavizview", "mapview", "defaultDepth", "allowKeyEdit"),
    }
)
CHOICES = frozenset((3, 5, 10, 15, 20, 25, 50))
FILTERING = frozenset(("AND", "OR", "RADIO"))
MOST = 300
"""Values of a filter: each one is drawn in the page."""
POSITIONS = frozenset(
    {
        *("title", "subtitle", "logo", "image", "adress", "resume", "infos", "description"),
        *("timeline", "tags_top", "tags_middle", "tags", "links_top", "links_middle", "links"),
    }
)


def check(widget: Widget) -> Iterator[Finding]:
    """Every option that Datami would ignore, or obey to the reader's loss."""
    options = widget.options
    for key in sorted(options.keys() - KNOWN):
        yield _wrong(widget, f"Datami ne connaît pas l'option « {key} ».")
    if options.get("separator") != settings.SEPARATOR:
        yield _wrong(
            widget,
            "l'option « separator » doit être « , » : sans elle, Datami abîme en enregistrant les"
            " cellules qui contiennent une virgule.",
        )
    if options.get("lockcolumns") is not True:
        yield _wrong(
            widget, "« lockcolumns » doit être vrai : sinon les noms des colonnes se modifient."
        )
    yield from _pages(widget)
    for field in options.get("customfilters", {}).get("filterfields", ()):
        yield from _filter(widget, field)
    yield from _cards(widget)


def _pages(widget: Widget) -> Iterator[Finding]:
    pages = widget.options.get("pagination", {})
    if pages.get("itemsPerPageTable", 20) not in CHOICES:
        yield _wrong(
            widget,
            f"{pages['itemsPerPageTable']} lignes par page n'est pas un choix de Datami"
            f" ({', '.join(map(str, sorted(CHOICES)))}).",
        )
    if not 1 <= pages.get("itemsPerRow", 1) <= 4:  # noqa: PLR2004 (Datami's own limit)
        yield _wrong(widget, "« itemsPerRow » va de 1 à 4.")


def _filter(widget: Widget, field: Any) -> Iterator[Finding]:
    name = field if isinstance(field, str) else str(field.get("name", ""))
    how = "AND" if isinstance(field, str) else field.get("filtering", "AND")
    gone = list(widget.missing("le filtre", name))
    yield from gone
    if gone:
        return
    if not widget.closed(name) and widget.types.get(name) != "boolean":
        yield _wrong(
            widget,
            f"le filtre sur « {name} » serait vide : la colonne doit être booléenne, en étiquettes"
            " (tag, tags) ou avoir une liste de valeurs.",
            name,
        )
    elif len(_distinct(widget, name)) > MOST:
        yield _wrong(
            widget,
            f"le filtre sur « {name} » aurait plus de {MOST} valeurs : Datami les dessine toutes et"
            " se fige.",
            name,
        )
    if how not in FILTERING:
        yield _wrong(widget, f"« {how} » n'est pas une façon de filtrer (AND, OR, RADIO).", name)
    elif how == "AND" and widget.subtype(name) != "tags":
        yield _wrong(
            widget,
            f"le filtre « AND » sur « {name} », qui n'a qu'une valeur par ligne, ne donne rien dès"
            " qu'on en choisit deux : écrivez OR.",
            name,
        )


def _distinct(widget: Widget, name: str) -> set[str]:
    at = widget.header.index(name)
    lines = widget.text.split("\n")[1:-1]
    cut = ((line.split(",", at + 1)) for line in lines if '"' not in line)
    cells = {row[at] for row in cut if at < len(row)}
    mark = (
        widget.display.get(name, {}).get("tagSeparator") if widget.subtype(name) == "tags" else None
    )
    return {part for cell in cells for part in (cell.split(mark) if mark else [cell])}


def _cards(widget: Widget) -> Iterator[Finding]:
    options = widget.options
    if not any(options.get(k, {}).get("activate") for k in ("cardsview", "mapview")):
        return
    cards = options.get("cardssettings", {})
    for size in ("mini", "detail"):
        if not cards.get(size):
            yield _wrong(
                widget, f"il manque la fiche « {size} » : cartes et fiches demandent les deux."
            )
        titles = [n for n, c in cards.get(size, {}).items() if c.get("position") == "title"]
        if cards.get(size) and len(titles) != 1:
            yield _wrong(widget, f"la fiche « {size} » doit avoir un titre, et un seul.")
        for name, card in cards.get(size, {}).items():
            yield from widget.missing("une fiche", name)
            if card.get("position") not in POSITIONS:
                yield _wrong(
                    widget, f"« {card.get('position')} » n'est pas une place dans une fiche.", name
                )


def _wrong(widget: Widget, message: str, name: str = "") -> Finding:
    return finding("option", message, widget.file, field=name)
