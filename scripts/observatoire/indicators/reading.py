"""The tables of the register as the records that indicators count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from observatoire import cells
from observatoire.indicators import opening
from observatoire.indicators.records import Account, Organisation, Platform, Publication
from observatoire.model import Finding, Malformed
from observatoire.register import Register, path_of
from observatoire.table import Table

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

HARVESTS = "moissons/"
JOURNAL = "moissons/journal"
QUALITY = "qualite"
"""The last field of an account; the others are whole numbers."""


NEEDED = {
    "organisations": ("siren", "nom", "type", "departement", "thematiques", "statut"),
    "publications": (
        *("siren", "plateforme", "identifiant", "nb_jeux", "nb_reutilisations"),
        *("origine", "statut"),
    ),
    "plateformes": (
        *("id", "nom", "type", "gouvernance", "techno", "region", "grappe", "statut"),
        *("url_reutilisations", "url_demandes", "nb_structures_declare", "perimetre"),
    ),
}
"""The columns without which a past version cannot be measured."""


def readable(register: Register) -> bool:
    """Whether the tables of a past version can be read, with the columns that are counted."""
    try:
        return all(
            register.has(name) and set(columns) <= {*register.table(name).columns}
            for name, columns in NEEDED.items()
        )
    except Malformed:
        return False


def organisations(
    register: Register, name: str, publications: Sequence[Publication], reference: Reference
) -> tuple[Organisation, ...]:
    """The bodies of a table, each with its région and whether it is open."""
    table = register.table(name)
    states = table.column("statut")
    sirens = table.column("siren")
    alive = {s for s, state in zip(sirens, states, strict=True) if state not in opening.GONE}
    open_ = {p.siren for p in publications if p.prouve} & alive
    places = table.column("departement")
    regions = {d: reference.region_of(d) for d in set(places)}
    themes = {c: tuple(c.split("|")) if c else () for c in set(table.column("thematiques"))}
    return tuple(
        Organisation(siren, nom, kind, place, regions[place], siren in open_, themes[theme])
        for siren, nom, kind, place, theme in zip(
            sirens,
            table.column("nom"),
            table.column("type"),
            places,
            table.column("thematiques"),
            strict=True,
        )
    )


def publications(register: Register, name: str) -> tuple[Publication, ...]:
    """The accounts of a table; raises Malformed on a number that is none."""
    table = register.table(name)
    columns = [table.column(n) for n in ("siren", "plateforme", "identifiant")]
    counts = whole(table, "nb_jeux", name)
    reuses = whole(table, "nb_reutilisations", name)
    states = table.column("statut")
    proofs = map(opening.shows, states, counts)
    return tuple(
        map(Publication, *columns, counts, reuses, table.column("origine"), states, proofs)
    )


def platforms(register: Register, name: str) -> Mapping[str, Platform]:
    """The portals of a table by id."""
    table = register.table(name)
    claims = whole(table, "nb_structures_declare", name)
    return {
        r["id"]: Platform(
            r["id"],
            r["nom"],
            r["type"],
            r["gouvernance"],
            r["techno"],
            r["region"],
            r["grappe"],
            r["url_reutilisations"],
            r["url_demandes"],
            claimed,
            r["perimetre"],
            r["statut"],
        )
        for r, claimed in zip(table.records(), claims, strict=True)
    }


def accounts(register: Register) -> Mapping[tuple[str, str], Account]:
    """What the last harvests say, by platform and identifier; who was missing in them is left."""
    out: dict[tuple[str, str], Account] = {}
    for name in register.names():
        if not name.startswith(HARVESTS) or name == JOURNAL:
            continue
        table = register.table(name)
        keys = zip(table.column("plateforme"), table.column("identifiant"), strict=True)
        counts = [whole(table, n, name) for n in Account._fields if n != QUALITY]
        figures = zip(*counts, _shares(table, name), strict=True)
        missing = table.column("absent_depuis")
        for key, values, absent in zip(keys, figures, missing, strict=True):
            if not absent:
                out[key] = Account(*values)
    return out


def journal(register: Register) -> Mapping[str, str]:
    """The day of the last good harvest of each platform that ever had one; raises Malformed."""
    out: dict[str, str] = {}
    for line, row in enumerate(register.table(JOURNAL).records(), 2):
        if day := row["derniere_reussite"]:
            read = cells.reader("date")(day)
            if not isinstance(read, date):
                raise _wrong(
                    (JOURNAL, line, "derniere_reussite"),
                    "date-attendue",
                    day,
                    "une date AAAA-MM-JJ",
                )
            out[row["plateforme"]] = max(out.get(row["plateforme"], ""), read.isoformat())
    return out


def whole(table: Table, column: str, name: str) -> list[int | None]:
    """A column of whole numbers; raises Malformed at the first cell that is none."""
    found = table.column(column)
    try:
        return [int(c) if c else None for c in found]
    except ValueError:
        line, cell = next((i, c) for i, c in enumerate(found, 2) if c and not _is_whole(c))
        raise _wrong((name, line, column), "nombre-attendu", cell, "un nombre entier") from None


def _shares(table: Table, name: str) -> list[float | None]:
    """The marks that a source gives; raises Malformed at the first that is not from 0 to 1."""
    read = cells.reader("number")
    out: list[float | None] = []
    for line, cell in enumerate(table.column(QUALITY), 2):
        found = read(cell) if cell else None
        if cell and not (isinstance(found, Decimal) and found.is_finite() and 0 <= found <= 1):
            raise _wrong((name, line, QUALITY), "nombre-attendu", cell, "un nombre de 0 à 1")
        out.append(float(found) if isinstance(found, Decimal) else None)
    return out


def _is_whole(cell: str) -> bool:
    try:
        int(cell)
    except ValueError:
        return False
    return True


def _wrong(place: tuple[str, int, str], code: str, cell: str, expected: str) -> Malformed:
    """What is wrong at a place: table, line, column."""
    name, line, column = place
    message = f"« {cell[:60]} » n'est pas {expected} : corrigez la cellule, ou laissez-la vide."
    return Malformed(Finding(code, message, file=path_of(name), line=line, field=column))
