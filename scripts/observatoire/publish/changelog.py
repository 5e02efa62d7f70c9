"""What a version changes, in French, for those who use the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from observatoire import french
from observatoire.propose import markdown
from observatoire.publish.compatibility import Level
from observatoire.publish.differences import TableChange
from observatoire.publish.moves import Move

NAME = "CHANGEMENTS.md"

SHOWN = 20
LISTS = {"entree": "Organismes entrés dans le registre", "sortie": "Organismes sortis"}
SCHEMA = {
    Level.PATCH: "description des colonnes précisée",
    Level.MINOR: "règles des colonnes assouplies",
    Level.MAJOR: "colonnes ou règles changées : vérifiez vos traitements",
}


def title(tag: str, date: str) -> str:
    """The name of a version; ``date`` is ISO."""
    return f"Version {tag} du registre, {french.day(date)}"


def body(
    last: str,
    changes: Sequence[TableChange],
    moved: Sequence[Move],
    places: Mapping[str, str],
) -> str:
    """What a version changes, in Markdown; ``last`` is the tag before ("": the first version).

    ``places`` are the names of the départements by code; one without a name goes by its code.
    """
    if not last:
        return "Première version publiée.\n"
    lines = [f"* {line}" for line in sentences(changes)]
    for kind, title in LISTS.items():
        found = [m for m in moved if m.kind == kind]
        if found:
            lines += ["", f"{title} ({french.number(len(found))}) :", "", *_named(found, places)]
    if moved:
        lines += ["", _departements(moved, places)]
    return "\n".join([f"Ce qui change depuis {last} :", "", *lines, ""])


def _named(found: Sequence[Move], places: Mapping[str, str]) -> Iterator[str]:
    for move in found[:SHOWN]:
        place = places.get(move.departement, move.departement) or "hors département"
        yield f"* {markdown.text(move.nom)} ({move.type}, {markdown.text(place)})"
    if len(found) > SHOWN:
        yield f"* … et {french.number(len(found) - SHOWN)} de plus."


def _departements(moved: Sequence[Move], places: Mapping[str, str]) -> str:
    """How many organisations moved in each département."""
    where = {m.siren: m.departement for m in moved}
    counts = sorted(Counter(d for d in where.values() if d).items())
    told = ", ".join(
        f"{markdown.text(places.get(code, code))} ({french.number(count)})"
        for code, count in counts
    )
    return f"Organismes concernés, par département : {told}." if told else ""


def history(now: str, before: str) -> bytes:
    """The note of a version, then those of the versions before."""
    return "\n\n".join(part for part in (now.strip(), before.strip()) if part).encode() + b"\n"


def newest(note: str) -> tuple[str, str]:
    """The title and the body of the first version that a note tells."""
    title, _, rest = note.partition("\n")
    return title.removeprefix("# "), rest.partition("\n# ")[0].strip() + "\n"


def sentences(changes: Sequence[TableChange]) -> Iterator[str]:
    """One sentence per table that moved."""
    for change in changes:
        parts = [_lines(n, word) for n, word in _counts(change) if n]
        parts += [SCHEMA[change.schema]] if change.schema in SCHEMA else []
        parts += change.words
        yield f"{change.title} (`{change.table}`) : {', '.join(parts)}"


def _counts(change: TableChange) -> tuple[tuple[int, str], ...]:
    return (
        (change.added, "ajoutée"),
        (change.removed, "retirée"),
        (change.changed, "modifiée"),
    )


def _lines(count: int, word: str) -> str:
    return f"{french.counted(count, 'ligne')} {french.plural(count, word)}"
