"""The table itself: what Datami reads of it, and writes back of it (datami.md, section 2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import ndiff

from observatoire import french
from observatoire.model import Finding
from observatoire.publish.datami import contribution, javascript, roundtrip, settings
from observatoire.publish.datami.contract.shown import Widget, finding

EXTRACT = 120
BLOCK = 1 << 18
"""Characters cut into lines at a time: as lines, a table takes ten times its size."""
MOST = 36_000
"""The longest table measured in Datami, for reading only."""
BOM = (
    "le fichier commence par une marque d'encodage (BOM), que Datami ôterait : enregistrez-le en"
    " UTF-8 sans BOM."
)
WINDOWS = (
    "les lignes finissent à la manière de Windows : Datami les changerait toutes. Enregistrez le"
    " fichier avec des fins de ligne Unix (LF)."
)
BLANK = (
    "le fichier doit finir par une seule fin de ligne, sans ligne vide : Datami ajouterait ou"
    " ôterait une ligne."
)

NUMBERS = frozenset(("number", "integer"))
_BLANK = f"[{re.escape(javascript.BLANKS)}]"
_DOUBT = re.compile(rf'"|~~datami|(?:^|,){_BLANK}|{_BLANK}(?:,|$)')
_ROW = re.compile(r'(?:"[^"]*"|[^,"]*)(?:,(?:"[^"]*"|[^,"]*))*')
_CELL = re.compile(r'"[^"]*"|[^,]+|(?<=,)(?=,|$)|^(?=,|$)')


def check(widget: Widget) -> Iterator[Finding]:
    """What Datami would misread, by its usual cause; else whatever a save would change."""
    found = [*_bytes(widget), *_header(widget)]
    found = found or [*_cells(widget), *_active(widget)] or list(_untouched(widget))
    yield from found
    yield from _long(widget)


def _bytes(widget: Widget) -> Iterator[Finding]:
    text = widget.text
    if text.startswith("\ufeff"):
        yield finding("bom", BOM, widget.file)
    if "\r" in text:
        yield finding("fin-de-ligne", WINDOWS, widget.file)
    if not text.endswith("\n") or "\n\n" in text:
        yield finding("ligne-vide", BLANK, widget.file)


def _header(widget: Widget) -> Iterator[Finding]:
    for name, times in Counter(widget.header).items():
        if times > 1:
            yield finding(
                "entete",
                f"la colonne « {name} » est écrite {times} fois : Datami n'en garderait qu'une.",
                widget.file,
                1,
            )
        if name != name.strip().strip('"') or not name:
            yield finding(
                "entete",
                f"la colonne {name!r} a un nom vide, entre guillemets ou bordé d'espaces : Datami"
                " perdrait ses cellules.",
                widget.file,
                1,
            )


def _cells(widget: Widget) -> Iterator[Finding]:
    """The first line with a quotation mark, of another length, or whose last cell is empty."""
    width = len(widget.header)
    for number, line in _rows(widget.text):
        if '"' in line and not _ROW.fullmatch(line):
            yield finding(
                "guillemet",
                f"un guillemet droit dans cette ligne ({line[:EXTRACT]}) mêlerait les lignes dans"
                " Datami : écrivez « » ou ’ à la place.",
                widget.file,
                number,
            )
            return
        cells = line.count(",") + 1 if '"' not in line else len(_CELL.findall(line))
        if cells != width:
            yield finding(
                "longueur",
                f"cette ligne a {french.counted(cells, 'cellule')} au lieu de {width} : Datami"
                " décalerait les colonnes.",
                widget.file,
                number,
            )
            return
        if line.endswith(","):
            yield finding(
                "derniere-cellule",
                f"la dernière cellule (« {widget.header[-1]} ») est vide : Datami y écrirait"
                " « undefined ». La dernière colonne doit toujours être remplie.",
                widget.file,
                number,
                widget.header[-1],
            )
            return


def _active(widget: Widget) -> Iterator[Finding]:
    """Datami puts cells in its page as they are (section 9): no tag may stand in one."""
    at = min((i for c in "<>" if (i := widget.text.find(c)) >= 0), default=-1)
    if at >= 0:
        yield finding(
            "balise",
            "« < » ou « > » dans une cellule : Datami l'interprète comme du code de page web."
            " Retirez-le.",
            widget.file,
            widget.text.count("\n", 0, at) + 1,
        )


def _untouched(widget: Widget) -> Iterator[Finding]:
    """An untouched save must change no byte.

    Datami's reader and writer take each line by itself here (no quotation mark crosses one): only
    lines that they could change go through their model.
    """
    at, before = zip((1, widget.text.partition("\n")[0]), *_doubtful(widget), strict=True)
    after = roundtrip.save("\n".join([*before, ""]), settings.SEPARATOR, widget.types).split("\n")
    pairs = enumerate(zip(before, after, strict=False))
    changed = next((i for i, (was, now) in pairs if was != now), None)
    if changed is None:
        return
    change = " ".join(ndiff([before[changed]], [after[changed]]))
    yield finding(
        "enregistrement",
        "Datami changerait cette ligne en enregistrant le fichier sans modification"
        f" ({change[:EXTRACT]}) : retirez les espaces en trop ; écrivez un nombre sans zéro inutile"
        " (48.1, non 48.10 ni 048.1), et un identifiant dans une colonne de texte.",
        widget.file,
        at[changed],
    )


def _doubtful(widget: Widget) -> Iterator[tuple[int, str]]:
    """The lines with a quotation mark, a mark of Datami's own, blanks at the end of a cell, or a
    number that it may write otherwise."""
    kinds = [
        (i, k) for i, n in enumerate(widget.header) if (k := widget.types.get(n, "")) in NUMBERS
    ]
    known: dict[tuple[str, str], bool] = {}
    for number, line in _rows(widget.text):
        if _DOUBT.search(line):
            yield number, line
            continue
        cells = line.split(settings.SEPARATOR)
        for at, kind in kinds:
            key = (kind, cells[at])
            if key not in known:
                known[key] = javascript.convert(cells[at], kind, cells[at]) != cells[at]
            if known[key]:
                yield number, line
                break


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The lines after the header, numbered from 2; a block of the text is cut at a time."""
    at, number = text.find("\n") + 1, 1
    while 0 < at < len(text):
        end = text.find("\n", at + BLOCK) + 1 or len(text)
        for line in text[at:end].removesuffix("\n").split("\n"):
            number += 1
            yield number, line
        at = end


def _long(widget: Widget) -> Iterator[Finding]:
    rows = widget.text.count("\n") - 1
    most = contribution.MOST if widget.edited else MOST
    if rows > most:
        yield Finding(
            "datami-longueur",
            f"{rows} lignes : Datami devient lent au-delà de {most}.",
            severity="conseil",
            file=f"publication/{widget.file}",
        )
