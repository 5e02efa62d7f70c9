"""Where a line publishes: its publication on a local portal and that on data.gouv.fr."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from observatoire.migrations.reprise_2022 import accounts, forms, rules, urls
from observatoire.migrations.reprise_2022.joining import PTF, TECHNO, URL, local_names
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.migrations.reprise_2022.keys import Line
from observatoire.migrations.reprise_2022.platforms import DATAGOUV
from observatoire.migrations.reprise_2022.portals import Portals
from observatoire.migrations.reprise_2022.vocabulary import TECHNOS, key
from observatoire.model import Row

TABLE = "publications"
COUNT, LABEL, MERGE = "nb-ptf", "id-ods", "merge"


@dataclass(frozen=True)
class Shelf:
    """The platforms of a year and, for lines that name none, those that a body had before."""

    portals: Portals
    past: Mapping[str, str]
    technos: Mapping[str, str]


def published(line: Line, shelf: Shelf) -> list[dict[str, str]]:
    """The publications of a line; each of its cells is in them or in the journal."""
    line = replace(line, pen=line.pen.into(TABLE))
    row, pen = line.row, line.pen
    out = [p for p in (_local(line, shelf), accounts.on_datagouv(line.siren, row, pen)) if p]
    for other in line.more:
        more = accounts.on_datagouv(line.siren, other, pen)
        out += [more] if more else []
    out = _distinct(out, pen)
    _check_merge(pen, row[MERGE], out)
    _check_platforms(pen, row, out, shelf)
    if not any(int(p["nb_jeux"] or 0) for p in out):
        pen.doubts("nb-ptf + nb-datagouv", "0", "0", rules.ZERO)
    return out


def _local(line: Line, shelf: Shelf) -> dict[str, str] | None:
    row, pen = line.row, line.pen
    url, label = row[URL].strip(), forms.text(row[LABEL])
    if not url and not row[COUNT].strip() and not label:
        return None
    number = accounts.count(pen, COUNT, row[COUNT])
    if url and not number:
        pen.doubts(URL, url, url, rules.URL_WITHOUT_COUNT)
    if not url:
        pen.doubts(COUNT, row[COUNT], number, rules.COUNT_WITHOUT_URL)
    page = urls.datagouv_page(url) if url else None
    if page and page.kind == "organizations":
        pen.corrects(URL, row[URL], urls.account_url(page.name), rules.DATAGOUV_ELSEWHERE)
        return accounts.publication(
            line.siren, DATAGOUV, page.name, urls.account_url(page.name), number
        )
    usable = urls.usable(url)
    if usable != url:
        pen.corrects(URL, row[URL], usable, rules.URL_CLEANED)
    where = _platform(line, url, shelf)
    if not where:
        for champ in (URL, COUNT, LABEL):
            if row[champ].strip():
                pen.drops(champ, row[champ], rules.PLATFORM_NOWHERE)
        return None
    said = forms.text(urls.publisher(url)) if url else ""
    if label and said and key(label) != key(said):
        pen.doubts(LABEL, label, label, rules.LABEL_OTHER, suggestion=said)
    return accounts.publication(line.siren, where, label or said, usable, number)


def _platform(line: Line, url: str, shelf: Shelf) -> str:
    """The id of the local platform of a line: named, else known by its host, else the past one."""
    pen, portals = line.pen, shelf.portals
    names = local_names(line.row)
    here = portals.of_url(url) if url else ""
    ids = {portals.of_name(n): n for n in names if portals.of_name(n)}
    if ids:
        return here if here in ids else next(iter(ids))
    if here and here != DATAGOUV:
        pen.corrects(PTF, line.row[PTF], here, rules.PLATFORM_BY_HOST)
        return here
    before = shelf.past.get(line.siren, "")
    if before:
        pen.doubts(PTF, line.row[PTF], before, rules.PLATFORM_BY_PAST)
    return before


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
