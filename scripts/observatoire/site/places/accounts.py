"""Where an organisation publishes: each account, what the last harvest counts there, its proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.explain.evidence import Harvested
from observatoire.indicators.opening import proves
from observatoire.model import Key, Row
from observatoire.site.places.atlas import Atlas
from observatoire.site.places.links import Forge
from observatoire.site.places.proofs import Proof, Proofs

PROVED = ("nb_jeux", "nb_reutilisations", "derniere_mise_a_jour", "url")
"""The values of an account of which the page says where they come from."""

CRITERIA = {
    "nb_licence_ouverte": "sous licence ouverte",
    "nb_format_ouvert": "dans un format ouvert",
    "nb_recents": "mis à jour dans l'année",
    "nb_schema": "déclarant un schéma national",
}
"""What a harvest counts among the datasets of an account."""

STATES = {
    "publie": "",
    "vide": "Ce compte est vide : il ne contient aucun jeu de données.",
    "disparu": "Cette publication a disparu de la plateforme.",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many datasets of an account meet a criterion."""

    words: str
    part: int
    of: int


@dataclass(frozen=True, slots=True)
class Account:
    """Where the organisation publishes; ``proofs`` are sentences on why it is there.

    ``name`` tells it from the others of the organisation on the same platform, "" when it is alone
    there; ``edit`` and ``blame`` are addresses, or "".
    """

    platform: str
    name: str
    url: str
    datasets: str
    reuses: str
    updated: str
    state: str
    harvested: str
    shares: tuple[Share, ...]
    proofs: tuple[str, ...]
    values: tuple[Proof, ...]
    edit: str
    blame: str


@dataclass(frozen=True)
class Accounts:
    """What makes the accounts of a version."""

    atlas: Atlas
    proofs: Proofs
    forge: Forge

    def of(self, siren: str) -> Iterator[Account]:
        """The accounts of an organisation, the greatest first."""
        lines = self.atlas.publications(siren)
        names = self._names([row for _, row in lines])
        for (line, row), name in zip(lines, names, strict=True):
            key = (siren, row["plateforme"], row["identifiant"])
            platform = self.atlas.platforms.get(row["plateforme"], {})
            found = self.proofs.harvested(row["plateforme"], row["identifiant"])
            yield Account(
                platform=platform.get("nom", row["plateforme"]),
                name=name,
                url=row["url"] or platform.get("url", ""),
                datasets=row["nb_jeux"],
                reuses=row["nb_reutilisations"],
                updated=row["derniere_mise_a_jour"],
                state=_state(row),
                harvested=found.date if found else "",
                shares=tuple(_shares(found)),
                proofs=tuple(self.proofs.of_line("publications", key, row)),
                values=tuple(self._values(key, row)),
                edit=self.forge.edit("publications", line),
                blame=self.forge.blame("publications", line),
            )

    def _names(self, rows: Sequence[Row]) -> Iterator[str]:
        """What each account is called where there are several on a platform: its name there, else
        its identifier."""
        called = [(row["plateforme"], self._called(row)) for row in rows]
        places, alike = Counter(place for place, _ in called), Counter(called)
        for row, one in zip(rows, called, strict=True):
            name = one[1] if alike[one] == 1 else row["identifiant"]
            yield name if places[one[0]] > 1 else ""

    def _called(self, row: Row) -> str:
        found = self.proofs.harvested(row["plateforme"], row["identifiant"])
        return (found.row["nom"] if found else "") or row["identifiant"]

    def _values(self, key: Key, row: Row) -> Iterator[Proof]:
        for name in PROVED:
            if row[name]:
                why = tuple(self.proofs.of_cell("publications", key, row, name))
                yield Proof(self._titles[name], row[name], why)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {f.name: f.title for f in self.atlas.register.schema("publications").fields}


def _state(row: Row) -> str:
    if row["statut"] == "publie" and not proves(row):
        return STATES["vide"]
    return STATES.get(row["statut"], "")


def _shares(found: Harvested | None) -> Iterator[Share]:
    """What the harvest counts, where it counts something."""
    if found is None or not found.row["nb_jeux"].isdecimal() or not int(found.row["nb_jeux"]):
        return
    of = int(found.row["nb_jeux"])
    for name, words in CRITERIA.items():
        if found.row.get(name, "").isdecimal():
            yield Share(words, int(found.row[name]), of)
