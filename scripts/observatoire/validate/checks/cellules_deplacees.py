"""Cells that a slip of the spreadsheet moved: a line shifted, a column sorted alone, a drag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from observatoire import cells
from observatoire.model import Finding, Key, Severity
from observatoire.schema import Field
from observatoire.validate.change import Change, changes
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.squeeze import squeeze
from observatoire.words import listed, quote

CODE = "cellules-deplacees"
TITLE = "Cellules décalées, étirées, ou colonne triée seule"
TITLE_EN = "Cells shifted or dragged, or a column sorted alone"
SEVERITY: Severity = "erreur"
_HEAD = "nom,etiquettes,statut\n"
EXAMPLES = (
    Example(
        "organisations",
        "les cellules de cette ligne ont changé de colonne : « 35200 Rennes » est dans la colonne"
        " « latitude ». Remettez la ligne comme elle était.",
        key=("243500139",),
        bad={"adresse": "", "latitude": "35200 Rennes", "longitude": "48.1147"},
        good={"adresse": "35200 Rennes", "latitude": "48.1147", "longitude": "-1.6794"},
        fix={"adresse": "35200 Rennes", "latitude": "48.1147", "longitude": "-1.6794"},
        before={"adresse": "35200 Rennes", "latitude": "48.1147", "longitude": "-1.6794"},
    ),
    Example(
        "thematiques",
        "la colonne « etiquettes » a été triée ou décalée sans les autres : 6 lignes ont reçu la"
        " valeur d'une autre ligne, et d'abord celle-ci. Remettez-la comme elle était, puis triez"
        " toutes les colonnes à la fois.",
        content=_HEAD + "".join(f"Thème {i},mot {9 - i},actif\n" for i in range(2, 8)),
        before_content=_HEAD + "".join(f"Thème {i},mot {i},actif\n" for i in range(2, 8)),
    ),
    Example(
        "organisations",
        "« 48 » a perdu les décimales de « 48.1147 » : remettez-les.",
        key=("243500139",),
        bad={"latitude": "48"},
        good={"latitude": "48.1147"},
        fix="48.1147",
        before={"latitude": "48.1147"},
    ),
)
TABLES = ("organisations", "plateformes", "publications", "thematiques")
SEVERAL = 5
"""Lines: fewer may exchange their values without any slip."""
FRESH = 0.1
"""Of the edited cells of a column: one or two come or go when it is shifted."""
VARIED = 0.5
"""Of the edited cells: a column where they are less different is not told by its values."""
OWN = frozenset(("nom", "adresse", "latitude", "longitude", "identifiant", "url", "url_api"))
"""Columns where neighbours seldom hold the same."""
DRAGGED = 3
"""Different cells that the same one replaces."""

Edits = Mapping[Key, tuple[tuple[str, ...], tuple[str, ...]]]
"""The lines that a change edits: before, after."""


def check(context: Context) -> Iterator[Finding]:
    """What a change moved instead of editing."""
    for change in changes(context, TABLES):
        edits = {k: (change.old[k], change.new[k]) for k in change.old.keys() & change.new.keys()}
        yield from _lines(change, edits)
        yield from _columns(change, edits, context)
        for at, field in enumerate(change.after.schema.fields):
            if field.name in OWN:
                yield from _dragged(change, edits, at, field)
            if field.type == "number":
                yield from _truncated(change, edits, at, field)


def _lines(change: Change, edits: Edits) -> Iterator[Finding]:
    fields = change.after.schema.fields
    for key, (old, new) in sorted(edits.items()):
        edited = [at for at, cell in enumerate(new) if cell != old[at]]
        lost = [old[at] for at in edited if old[at]]
        moved = [at for at in edited if new[at] in lost]
        wrong = [at for at in moved if _misfit(new[at], fields[at])]
        if len(moved) > 1 and wrong and len(moved) >= sum(bool(new[at]) for at in edited) - 1:
            cell, name = quote(new[wrong[0]]), quote(fields[wrong[0]].name)
            said = Remark(
                f"les cellules de cette ligne ont changé de colonne : {cell} est dans la colonne"
                f" {name}. Remettez la ligne comme elle était.",
                f"the cells of this line are in other columns: {cell} is in the column {name}. Put"
                " the line back as it was.",
                {fields[at].name: old[at] for at in edited},
            )
            yield change.after.finding(CODE, change.after.by_key[key], "", said)


def _misfit(cell: str, field: Field) -> bool:
    typed = field.type in ("string", "any") or cells.reader(field.type)(cell) is not None
    listed_ = not field.enum or cell in field.enum
    return not (typed and listed_ and (not field.compiled or field.compiled.fullmatch(cell)))


def _columns(change: Change, edits: Edits, context: Context) -> Iterator[Finding]:
    fields = change.after.schema.fields
    moved = [
        at
        for at, field in enumerate(fields)
        if field.type in ("string", "number")
        and _permuted([(old[at], new[at]) for old, new in edits.values()])
    ]
    if not moved or _mended(change, edits, context):
        return
    keys = {k for k, (old, new) in edits.items() if any(old[at] != new[at] for at in moved)}
    first = min(change.after.by_key[key] for key in keys)
    from observatoire.french import counted  # only for such a change: start-up counts

    names = [fields[at].name for at in moved]
    one = len(names) == 1
    said = Remark(
        f"{'la colonne' if one else 'les colonnes'} {listed(names, 'et')}"
        f" {'a été triée ou décalée' if one else 'ont été triées ou décalées'} sans les autres :"
        f" {counted(len(keys), 'ligne')} ont reçu la valeur d'une autre ligne, et d'abord celle-ci."
        f" Remettez-{'la comme elle était' if one else 'les comme elles étaient'}, puis triez"
        " toutes les colonnes à la fois.",
        f"the {'column' if one else 'columns'} {listed(names, 'and')} {'was' if one else 'were'}"
        f" sorted or shifted without the others: {len(keys):,} lines got the value of another line,"
        f" and first this one. Put {'it' if one else 'them'} back, then sort all the columns at"
        " once.",
    )
    yield change.after.whole(CODE, said, line=first + 2)


def _permuted(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether most edited cells of a column hold what another of them held.

    Counts and days often do, and so do the few values of a list.
    """
    edited = [(old, new) for old, new in pairs if old != new]
    if len(edited) < SEVERAL:
        return False
    old, new = Counter(o for o, _ in edited if o), Counter(n for _, n in edited if n)
    fresh = len(edited) - (old & new).total()
    varied = len(new) >= max(SEVERAL, VARIED * len(edited))
    return varied and fresh <= max(1, FRESH * len(edited))


def _mended(change: Change, edits: Edits, context: Context) -> bool:
    """Whether names came back to the SIREN that the reference gives them."""
    if change.after.name != "organisations":
        return False
    at = change.after.schema.columns.index("nom")
    right = {key: squeeze(b.nom) for key in edits if (b := context.directory.bodies.get(key[0]))}
    before = sum(squeeze(edits[key][0][at]) == name for key, name in right.items())
    return sum(squeeze(edits[key][1][at]) == name for key, name in right.items()) > before


def _dragged(change: Change, edits: Edits, at: int, field: Field) -> Iterator[Finding]:
    """Different cells that one and the same cell replaces."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    lost: defaultdict[str, set[str]] = defaultdict(set)
    for key, (old, new) in edits.items():
        if new[at] and old[at] not in ("", new[at]):
            rows[new[at]].append(change.after.by_key[key])
            lost[new[at]].add(old[at])
    for cell, replaced in sorted(rows.items()):
        if len(lost[cell]) >= DRAGGED:
            said = Remark(
                f"{quote(cell)} remplace {len(replaced)} cellules différentes de la colonne"
                f" {quote(field.name)}, et d'abord celle-ci : si une cellule a été étirée vers le"
                " bas, remettez ce qu'il y avait.",
                f"{quote(cell)} replaces {len(replaced)} different cells of the column"
                f" {quote(field.name)}, and first this one: if a cell was dragged down, put back"
                " what was there.",
                None,
                "conseil",
            )
            yield change.after.whole(CODE, said, line=min(replaced) + 2)


def _truncated(change: Change, edits: Edits, at: int, field: Field) -> Iterator[Finding]:
    for key, (old, new) in sorted(edits.items()):
        if new[at] and old[at].startswith(f"{new[at]}."):
            said = Remark(
                f"{quote(new[at])} a perdu les décimales de {quote(old[at])} : remettez-les.",
                f"{quote(new[at])} is without the decimals of {quote(old[at])}: put them back.",
                old[at],
            )
            yield change.after.finding(CODE, change.after.by_key[key], field.name, said)
