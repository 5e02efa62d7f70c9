"""An explanation in French lines, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.explain.model import Cell, Correction, Explanation, Line, Touch
from observatoire.french import counted, day, joined
from observatoire.propose.markdown import flat

WIDTH = 300
"""Characters of a value or a message that a line shows."""

RECENT = 6
"""Changes of a line that show when no column is asked for."""

ACTIONS = {"corrige": "corrigé", "retire": "non repris", "doute": "à vérifier"}


def lines(found: Explanation, champ: str) -> Iterator[str]:
    """The text; with ``champ``, the whole history of that column."""
    yield _plain(found.titre if found.titre == found.cle else f"{found.titre} ({found.cle})")
    yield from (f"  {_plain(remark)}" for remark in found.remarques)
    for line in found.lignes:
        yield from ("", f"{_plain(line.titre)} — data/{line.table}.csv")
        yield from (f"  {_plain(why)}" for why in line.pourquoi)
        yield from _whole(line) if champ else _brief(line)
    if found.corrections:
        yield from ("", "Corrections faites en reprenant les anciens fichiers")
        yield from (f"  {_correction(c)}" for c in found.corrections)


def _whole(line: Line) -> Iterator[str]:
    """Each cell with all its past."""
    for cell in line.cellules:
        yield from _cell(cell)
        past = [_touch(t, f"{_value(t.avant)} → {_value(t.apres)}") for t in cell.historique]
        yield from _past(past or ["aucun commit : la ligne n'est pas dans Git"])


def _brief(line: Line) -> Iterator[str]:
    """The cells that hold something, then the last changes of the line."""
    for cell in line.cellules:
        if cell.valeur:
            yield from _cell(cell)
    touches: dict[str, list[Touch]] = {}
    for touch in (*line.historique, *(t for c in line.cellules for t in c.historique)):
        touches.setdefault(touch.commit, []).append(touch)
    order = sorted(touches.values(), key=lambda made: made[0].rang)
    past = [_touch(made[0], _changes(made)) for made in order[:RECENT]]
    if (hidden := len(order) - RECENT) > 0:
        past.append(f"… et {counted(hidden, 'autre')} : demandez une colonne pour tout voir")
    yield from _past(past)


def _past(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield "  Historique"
        yield from (f"    {line}" for line in lines)


def _cell(cell: Cell) -> Iterator[str]:
    why = f" — {_plain(' ; '.join(cell.pourquoi))}" if cell.pourquoi else ""
    yield f"  {cell.titre} : {_value(cell.valeur)}{why}"


def _changes(made: Sequence[Touch]) -> str:
    if made[0].acte != "changement":
        return made[0].acte
    return ", ".join(f"{t.champ} {_value(t.avant)} → {_value(t.apres)}" for t in made)


def _touch(touch: Touch, what: str) -> str:
    """5 janvier 2026 : 9 → 12 (demande n° 3, fusion par Anne) — « moisson », Robot, 1a2b3c4d."""
    if not touch.commit:
        return f"maintenant : {what} — {touch.message}"
    request = f"demande {touch.demande}" if touch.demande else ""
    merger, _, when = touch.fusion.rpartition(", ")
    merged = f"fusion par {merger} le {day(when)}" if when else ""
    brought = f" ({', '.join(filter(None, (request, merged)))})" if request or merged else ""
    signed = f"« {_plain(touch.message)} », {_plain(touch.auteur)}, {touch.commit[:8]}"
    return f"{day(touch.date)} : {what}{brought} — {signed}"


def _correction(found: Correction) -> str:
    editions = f"édition{'s' if len(found.editions) > 1 else ''} {joined(found.editions)}"
    moved = "" if found.avant == found.apres else f" → {_value(found.apres)}"
    hint = f" ; peut-être {_value(found.suggestion)}" if found.suggestion else ""
    action = ACTIONS.get(found.action, found.action)
    rule = _plain(found.regle)
    return f"{found.champ} : {_value(found.avant)}{moved}, {action} ({editions}) : {rule}{hint}"


def _value(cell: str) -> str:
    return _plain(cell) or "(vide)"


def _plain(text: str) -> str:
    """A text from outside on one line, without what a terminal would obey."""
    return flat(text, WIDTH)
