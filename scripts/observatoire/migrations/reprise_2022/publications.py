"""Where a line publishes: its publication on a local portal and that on data.gouv.fr."""

from __future__ import annotations

from dataclasses import replace

from observatoire.migrations.reprise_2022 import accounts, forms, rules
from observatoire.migrations.reprise_2022.joining import PTF, TECHNO, local_names
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.migrations.reprise_2022.keys import Line
from observatoire.migrations.reprise_2022.platforms import DATAGOUV
from observatoire.migrations.reprise_2022.shelves import COUNT, Shelf, on_portal
from observatoire.migrations.reprise_2022.vocabulary import TECHNOS, key
from observatoire.model import Row

TABLE = "publications"
MERGE = "merge"


def published(line: Line, shelf: Shelf) -> list[dict[str, str]]:
    """The publications of a line; each of its cells is in them or in the journal."""
    line = replace(line, pen=line.pen.into(TABLE))
    row, pen = line.row, line.pen
    found = [accounts.on_datagouv(line.siren, r, pen) for r in (row, *line.more)]
    out = _distinct([*on_portal(line, shelf), *(p for p in found if p)], pen)
    _check_merge(pen, row[MERGE], out)
    _check_platforms(pen, row, out, shelf)
    if not any(int(p["nb_jeux"] or 0) for p in out):
        pen.doubts("nb-ptf + nb-datagouv", "0", "0", rules.ZERO)
    return out


def _distinct(rows: list[dict[str, str]], pen: Pen) -> list[dict[str, str]]:
    """One publication per account: the local column may repeat that of data.gouv.fr."""
    out: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        at = (row["plateforme"], row["identifiant"])
        if at in out and row["nb_jeux"] != out[at]["nb_jeux"]:
            pen.drops(COUNT, out[at]["nb_jeux"], rules.LINE_MERGED, suggestion=row["nb_jeux"])
        out[at] = row
    return list(out.values())


def _check_merge(pen: Pen, cell: str, out: list[dict[str, str]]) -> None:
    local = any(p["plateforme"] != DATAGOUV for p in out)
    central = any(p["plateforme"] == DATAGOUV for p in out)
    derived = "+".join(["ptf"] * local + ["datagouv"] * central)
    if cell.strip() != derived:
        pen.drops(MERGE, cell or "(vide)", rules.MERGE_WRONG, suggestion=derived)


def _check_platforms(pen: Pen, row: Row, out: list[dict[str, str]], shelf: Shelf) -> None:
    """Names and software are derived from the publications: what contradicts them gets a line."""
    used = {p["plateforme"] for p in out}
    several = len(local_names(row)) > 1
    for name in forms.values(row[PTF]):
        known = shelf.portals.of_name(name)
        if known not in used and (known or used <= {DATAGOUV}):
            second = several and known != DATAGOUV
            pen.drops(PTF, name, rules.PLATFORM_SECOND if second else rules.PLATFORM_LISTED)
    soft = {shelf.technos.get(p, "") for p in used}
    for techno in forms.values(row[TECHNO]):
        if TECHNOS.get(key(techno), "") not in soft:
            pen.drops(TECHNO, techno, rules.TECHNO_DERIVED, suggestion="|".join(sorted(soft)))
