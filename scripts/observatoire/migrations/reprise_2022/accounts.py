"""The account on data.gouv.fr that a line states, and the dataset counts of its columns."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.migrations.reprise_2022 import forms, rules, urls
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.migrations.reprise_2022.platforms import DATAGOUV
from observatoire.model import Row

URL, COUNT, IDENT = "url-datagouv", "nb-datagouv", "id-datagouv"


def publication(
    siren: str, plateforme: str, identifiant: str, url: str, count: str
) -> dict[str, str]:
    """A row of ``publications`` taken from an old file."""
    return {
        "siren": siren,
        "plateforme": plateforme,
        "identifiant": identifiant,
        "url": url,
        "nb_jeux": count,
        "origine": "reprise",
        "statut": "vide" if count == "0" else "publie",
    }


def count(pen: Pen, champ: str, cell: str) -> str:
    """The number of datasets of a cell; an unreadable one is dropped with a line."""
    number = forms.integer(cell)
    if cell.strip() and not number:
        pen.drops(champ, cell, rules.COUNT_UNREADABLE)
    return number


def on_datagouv(siren: str, row: Row, pen: Pen) -> dict[str, str] | None:
    """The publication on data.gouv.fr of a line, or None."""
    url, ident = row[URL].strip(), row[IDENT].strip()
    if not url and not ident and not row[COUNT].strip():
        return None
    page = urls.datagouv_page(url) if url else urls.Page("organizations", ident)
    if page is None:
        for champ in (URL, IDENT, COUNT):
            if row[champ].strip():
                pen.drops(champ, row[champ], rules.NOT_DATAGOUV)
        return None
    number = count(pen, COUNT, row[COUNT])
    if url and not number:
        pen.doubts(URL, url, url, rules.URL_WITHOUT_COUNT)
    if page.kind != "organizations" or not page.name:
        pen.doubts(URL, url, url, rules.DATASET_PAGE)
        return publication(siren, DATAGOUV, _only(pen, ident), urls.usable(url), number)
    name = _account(pen, page.name, ident)
    return publication(siren, DATAGOUV, name, urls.account_url(page.name), number)


def _only(pen: Pen, ident: str) -> str:
    if not ident or urls.ACCOUNT.fullmatch(ident):
        return ident
    pen.drops(IDENT, ident, rules.ACCOUNT_REPAIRED)
    return ""


def _account(pen: Pen, name: str, ident: str) -> str:
    """The account's 24 digits where one of the cells gives them, else its short name."""
    if not ident or ident == name:
        return name
    if not urls.ACCOUNT.fullmatch(name):
        return ident if urls.ACCOUNT.fullmatch(ident) else _repaired(pen, ident, name)
    if urls.ACCOUNT.fullmatch(ident):
        pen.doubts(IDENT, ident, name, rules.ACCOUNT_OTHER, suggestion=urls.account_url(ident))
        return name
    return _repaired(pen, ident, name)


def _repaired(pen: Pen, ident: str, name: str) -> str:
    pen.corrects(IDENT, ident, name, rules.ACCOUNT_REPAIRED)
    return name


def explain_shared(pens: Mapping[str, Pen], rows: list[dict[str, str]]) -> None:
    """An account held by several bodies is a doubt on each of them."""
    holders: dict[str, list[str]] = {}
    for row in rows:
        if row["plateforme"] == DATAGOUV and row["identifiant"]:
            holders.setdefault(row["identifiant"], []).append(row["siren"])
    for ident, sirens in holders.items():
        for siren in sirens if len(sirens) > 1 else ():
            others = ", ".join(f"{s} {pens[s].nom}" for s in sirens if s != siren)
            pens[siren].doubts(
                IDENT, ident, ident, rules.ACCOUNT_SHARED, suggestion=f"aussi à {others}"
            )
