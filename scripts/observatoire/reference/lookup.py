"""Loading a vintage of the reference, and its vocabulary: what other stages import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatoire.model import Finding, Malformed
from observatoire.reference.records import Ancienne, Body, Commune, Groupement, Place
from observatoire.reference.vintage import Reference
from observatoire.register import Register

__all__ = ["Ancienne", "Body", "Commune", "Groupement", "Place", "Reference", "load"]


def load(
    register: Register, vintage: str = "", communes: Sequence[Commune] | None = None
) -> Reference:
    """A vintage of the reference, the newest by default; raises Malformed when it is not there.

    ``communes`` are those to work with, where they were read already or a few are enough.
    """
    year = vintage or next(reversed(register.vintages()), "")
    folder = f"reference/{year}"
    if not register.has(f"{folder}/communes"):
        raise _absent(year)
    names = {
        (r["niveau"], r["code"]): r["nom"]
        for r in register.table("reference/identifiants").records()
    }
    return Reference(
        vintage=year,
        communes=_communes(register, f"{folder}/communes") if communes is None else communes,
        groupements=[_groupement(r) for r in register.table(f"{folder}/epci").records()],
        departements={
            r["code"]: _place(r, r["region"], names.get(("departement", r["code"]), ""))
            for r in register.table(f"{folder}/departements").records()
        },
        regions={
            r["code"]: _place(r, r["code"], names.get(("region", r["code"]), ""))
            for r in register.table(f"{folder}/regions").records()
        },
        anciennes=[
            Ancienne(r["code"], r["nom"], r["departement"], r["commune"])
            for r in register.table(f"{folder}/anciennes").records()
        ],
    )


def _absent(year: str) -> Malformed:
    what = f"le millésime {year} de la référence" if year else "la référence"
    return Malformed(
        Finding(
            "reference-absente",
            f"{what} des communes, EPCI, départements et régions manque : produisez-la avec"
            " « observatoire reference » (voir « observatoire reference --help »).",
            file=f"data/reference/{year}/communes.csv" if year else "data/reference/",
        )
    )


def _communes(register: Register, name: str) -> list[Commune]:
    table = register.table(name)
    columns = [table.column(n) for n in Commune._fields[:-1]]
    people = map(_int, table.column("population"))
    return list(map(Commune, *columns, people))


def _groupement(row: Mapping[str, str]) -> Groupement:
    people = _int(row["population"])
    return Groupement(
        row["siren"], row["nom"], row["type"], row["departement"], row["region"], people
    )


def _place(row: Mapping[str, str], region: str, collectivite: str) -> Place:
    return Place(
        row["code"],
        row["nom"],
        region,
        row["siren"],
        row["zone"],
        row.get("sigle", ""),
        _int(row["population"]),
        collectivite,
    )


def _int(cell: str) -> int | None:
    return int(cell) if cell else None
