"""The platform tables of October 2022 as rows of ``plateformes``, before the names of 2022."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from observatoire.migrations.reprise_2022 import forms, rules, urls
from observatoire.migrations.reprise_2022.journal import Journal, Pen
from observatoire.migrations.reprise_2022.vocabulary import (
    GOUVERNANCES,
    TECHNOS,
    TYPES,
    key,
    region_code,
)
from observatoire.model import Row

DATAGOUV = "data-gouv-fr"
DATAGOUV_NAME = "data.gouv.fr"
UNKNOWN = "inconnue"
"""No old file says which portals still answer: the first harvest will."""

_SAME = {"Nom": "nom", "url": "url", "porteur": "porteur", "thèmatique": "thematique"}
"""Columns of the territorial table and ours, where data.gouv.fr's two lines may differ."""

_UNTOLD = {"Organisations 5", "Organisations copy", "Last Modified", "contact", "twitter"}


@dataclass(frozen=True)
class Platform:
    """One portal: its row, without an id yet, and the name it had in October 2022."""

    row: Row
    name: str

    @property
    def host(self) -> str:
        """The host of its home page."""
        return urls.host(self.row["url"])

    @property
    def national(self) -> bool:
        """Whether it belongs to no territory."""
        return self.row["perimetre"] == "national"

    def having(self, **cells: str) -> Platform:
        """The same platform with some other cells."""
        return replace(self, row={**self.row, **cells})


def october(
    territorial: Sequence[Row], national: Sequence[Row], journal: Journal
) -> list[Platform]:
    """The platforms of both tables of October 2022, each once, national ones last."""
    nationals = [_national(r, journal) for r in _once(national, "nom", journal)]
    kept = []
    for old in _once(territorial, "Nom", journal):
        if key(old["Nom"]) == "datagouv":
            nationals = [_hub(p, old, journal) for p in nationals]
        else:
            kept.append(_territorial(old, journal))
    return kept + nationals


def _hub(platform: Platform, old: Row, journal: Journal) -> Platform:
    """data.gouv.fr stands in both tables: the national line takes what only the other says."""
    if platform.name != DATAGOUV_NAME:
        return platform
    own = {k: platform.row[v] for k, v in _SAME.items()}
    own |= {"Techno": old["Techno"], "Type": old["Type"]}
    told = {"Collab", "nb-struct-hebergees"}
    _twin({k: v for k, v in old.items() if k not in told}, own, old["Nom"], journal)
    return platform.having(
        gouvernance=GOUVERNANCES.get(key(old["Collab"]), ""),
        nb_structures_declare=forms.integer(old["nb-struct-hebergees"]),
    )


def _once(rows: Sequence[Row], name: str, journal: Journal) -> list[Row]:
    """The lines of a table, those that share a name and a host made one."""
    kept: dict[tuple[str, str], Row] = {}
    for row in rows:
        at = (key(row[name]), urls.host(row["url"]))
        first = kept.get(at)
        if first is None:
            kept[at] = row
            continue
        one = {**first, "url": min(first["url"], row["url"], key=len)}
        _twin(first, one, row[name], journal)
        _twin(row, one, row[name], journal)
        kept[at] = one
    return list(kept.values())


def _twin(row: Row, kept: Row, name: str, journal: Journal) -> None:
    pen = journal.pen("plateformes", name, name)
    for champ, value in row.items():
        if value and value != kept.get(champ, "") and champ not in _UNTOLD:
            pen.drops(champ, value, rules.TWIN, suggestion=kept.get(champ, ""))


def _territorial(old: Row, journal: Journal) -> Platform:
    name = forms.text(old["Nom"])
    pen = journal.pen("plateformes", name, name)
    for column in ("contact", "twitter"):
        if old[column]:
            pen.drops(column, rules.CONTACT_SHOWN, rules.CONTACT)
    if old["nb-reuse"]:
        pen.drops("nb-reuse", old["nb-reuse"], rules.REUSES)
    row = {
        "nom": name,
        "url": _url(pen, "url", old["url"]),
        "type": _choice(pen, "Type", old["Type"], TYPES),
        "gouvernance": _choice(pen, "Collab", old["Collab"], GOUVERNANCES),
        "techno": _choice(pen, "Techno", old["Techno"], TECHNOS),
        "porteur": forms.text(old["porteur"]),
        "thematique": forms.text(old["thèmatique"]),
        "region": region_code(old["Regcode"]),
        "grappe": forms.text(old["grappe"]),
        "url_reutilisations": _url(pen, "url-reuse", old["url-reuse"]),
        "url_demandes": _url(pen, "url-forum-dodo", old["url-forum-dodo"]),
        "nb_structures_declare": forms.integer(old["nb-struct-hebergees"]),
        "perimetre": "territorial",
        "statut": UNKNOWN,
    }
    return Platform(row, name)


def _national(old: Row, journal: Journal) -> Platform:
    name = forms.text(old["nom"])
    pen = journal.pen("plateformes", name, name)
    row = {
        "nom": name,
        "url": _url(pen, "url", old["url"]),
        "type": _choice(pen, "type", old["type"], TYPES),
        "techno": _choice(pen, "techno", old["techno"], TECHNOS),
        "porteur": forms.text(old["porteur"]),
        "thematique": ", ".join(forms.values(old["thème"])),
        "perimetre": "national",
        "statut": UNKNOWN,
    }
    return Platform(row, name)


def _url(pen: Pen, champ: str, cell: str) -> str:
    url = urls.usable(cell)
    if url != cell.strip():
        pen.corrects(champ, cell, url, rules.URL_CLEANED)
    return url


def _choice(pen: Pen, champ: str, cell: str, words: Mapping[str, str]) -> str:
    word = words.get(key(cell), "")
    if cell.strip() and not word:
        pen.drops(champ, cell, rules.VALUE_UNKNOWN)
    return word
