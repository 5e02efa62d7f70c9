"""The publication of a line on a local portal: which portal, under which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import accounts, forms, rules, urls
from observatoire.migrations.reprise_2022.joining import PTF, URL, local_names
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.migrations.reprise_2022.keys import Line
from observatoire.migrations.reprise_2022.platforms import DATAGOUV
from observatoire.migrations.reprise_2022.portals import Portals
from observatoire.migrations.reprise_2022.vocabulary import key
from observatoire.model import Row

COUNT, LABEL = "nb-ptf", "id-ods"
AND = " + "
"""Between the accounts of one body in ``id-ods``; the list ends with a star."""


@dataclass(frozen=True)
class Shelf:
    """The platforms of a year and, for lines that name none, those that a body had before."""

    portals: Portals
    past: Mapping[str, str]
    technos: Mapping[str, str]


def on_portal(line: Line, shelf: Shelf) -> list[dict[str, str]]:
    """The publications of a line on a local portal, one per account that it holds there."""
    row, pen = line.row, line.pen
    url, number = row[URL].strip(), accounts.count(pen, COUNT, row[COUNT])
    if not url and not row[COUNT].strip() and not row[LABEL].strip():
        return []
    if url and not number:
        pen.doubts(URL, url, url, rules.URL_WITHOUT_COUNT)
    if not url and number:
        pen.doubts(COUNT, row[COUNT], number, rules.COUNT_WITHOUT_URL)
    page = urls.datagouv_page(url) if url else None
    if page and page.kind == "organizations":
        home = urls.account_url(page.name)
        pen.corrects(URL, row[URL], home, rules.DATAGOUV_ELSEWHERE)
        _drop(pen, row, LABEL)
        return [accounts.publication(line.siren, DATAGOUV, page.name, home, number)]
    where = _platform(line, url, shelf)
    if not where:
        _drop(pen, row, URL, COUNT, LABEL)
        return []
    first, *others = _accounts(pen, row[LABEL], url)
    out = [accounts.publication(line.siren, where, first, _usable(pen, row[URL]), number)]
    return out + [accounts.publication(line.siren, where, o, "", "") for o in others]


def _drop(pen: Pen, row: Row, *champs: str) -> None:
    for champ in champs:
        if row[champ].strip():
            pen.drops(champ, row[champ], rules.PLATFORM_NOWHERE)


def _usable(pen: Pen, cell: str) -> str:
    url = urls.usable(cell)
    if url != cell.strip():
        pen.corrects(URL, cell, url, rules.URL_CLEANED)
    return url


def _accounts(pen: Pen, cell: str, url: str) -> list[str]:
    """The names of a body on a portal; the address, copied, is surer than the cell, typed."""
    label, said = forms.text(cell), forms.text(urls.publisher(url)) if url else ""
    if AND in label:
        names = [forms.text(n) for n in label.rstrip("*").split(AND)]
        names.sort(key=lambda n: n != said)
        pen.corrects(LABEL, cell, AND.join(names), rules.LABELS_SEVERAL)
        return names
    if label and said and label != said:
        if key(label) == key(said):
            pen.corrects(LABEL, cell, said, rules.LABEL_SPELT)
        else:
            pen.doubts(LABEL, cell, said, rules.LABEL_OTHER)
    return [said or label]


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
