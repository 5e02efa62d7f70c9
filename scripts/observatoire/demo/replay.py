"""Simulated portals whose harvest gives back rows that we have: those of the last harvest."""

from __future__ import annotations

from collections.abc import Iterable

from observatoire.demo.accounts import Account, Dataset, object_id
from observatoire.letters import slug
from observatoire.model import Row

LONG_AGO = "2001-01-01"


def accounts(rows: Iterable[Row]) -> list[Account]:
    """data.gouv.fr accounts whose harvest gives these rows (columns of ``schemas/moissons.json``).

    Only ``identifiant`` or ``nom`` is needed; a column that is absent is taken for 0 or unknown.
    An account that comes twice counts once; one that is only remembered has left the portal.
    """
    found = (_account(row) for row in rows if not row.get("absent_depuis"))
    return list({a.id: a for a in found}.values())


def _account(row: Row) -> Account:
    name = row.get("nom") or row["identifiant"]
    siren = row.get("siren_declare", "")
    return Account(
        id=row.get("identifiant") or object_id(name),
        slug=row.get("url", "").rstrip("/").rpartition("/")[2] or slug(name),
        name=name,
        siret=siren and f"{siren}00019",
        badges=tuple(filter(None, row.get("categorie", "local-authority").split("|"))),
        datasets=tuple(_datasets(row)),
    )


def _datasets(row: Row) -> Iterable[Dataset]:
    number = _count(row, "nb_jeux")
    limits = {k: _count(row, k) for k in COUNTS}
    updated = row.get("derniere_mise_a_jour") or LONG_AGO
    for i in range(number):
        has = {k: i < limit for k, limit in limits.items()}
        yield Dataset(
            licence="lov2" if has["nb_licence_ouverte"] else "notspecified",
            formats=("csv",) if has["nb_format_ouvert"] else ("pdf",),
            schema="etalab/schema-irve-statique" if has["nb_schema"] else "",
            updated=updated if i == 0 or has["nb_recents"] else LONG_AGO,
            quality=float(row.get("qualite") or 0),
            reuses=0 if i else _count(row, "nb_reutilisations"),
            downloads=0 if i else _count(row, "nb_telechargements"),
        )


COUNTS = ("nb_licence_ouverte", "nb_format_ouvert", "nb_schema", "nb_recents")


def _count(row: Row, column: str) -> int:
    return int(row.get(column) or 0)
