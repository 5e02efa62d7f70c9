"""Where an organisation publishes: each account, what the last harvest counts there, its proofs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from observatoire.explain.evidence import Harvested
from observatoire.indicators.opening import proves
from observatoire.model import Row
from observatoire.site.places.atlas import Atlas
from observatoire.site.places.links import Forge
from observatoire.site.places.proofs import Proofs

CRITERIA = {
    "nb_licence_ouverte": "licence ouverte",
    "nb_format_ouvert": "format ouvert",
    "nb_recents": "mis à jour dans l'année",
    "nb_schema": "suivent un schéma national",
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
    """Where the organisation publishes; ``proofs`` are sentences.

    ``edit`` and ``blame`` are addresses, or "".
    """

    platform: str
    url: str
    datasets: str
    reuses: str
    updated: str
    state: str
    harvested: str
    shares: tuple[Share, ...]
    proofs: tuple[str, ...]
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
        for line, row in self.atlas.publications(siren):
            key = (siren, row["plateforme"], row["identifiant"])
            platform = self.atlas.platforms.get(row["plateforme"], {})
            found = self.proofs.harvested(row["plateforme"], row["identifiant"])
            yield Account(
                platform=platform.get("nom", row["plateforme"]),
                url=row["url"] or platform.get("url", ""),
                datasets=row["nb_jeux"],
                reuses=row["nb_reutilisations"],
                updated=row["derniere_mise_a_jour"],
                state=_state(row),
                harvested=found.date if found else "",
                shares=tuple(_shares(found)),
                proofs=(
                    *self.proofs.of_line("publications", key, row),
                    *self.proofs.of_cell("publications", key, row, "nb_jeux"),
                ),
                edit=self.forge.edit("publications", line),
                blame=self.forge.blame("publications", line),
            )


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
