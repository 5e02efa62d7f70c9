"""The sentences that say why a line is in the register, and where each of its values comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from observatoire.explain.evidence import Evidence, Harvested
from observatoire.french import counted, day, joined
from observatoire.model import Key, Row
from observatoire.publish.labels import labels
from observatoire.reconcile.links import same_link
from observatoire.reconcile.merge import FIELDS
from observatoire.reconcile.verdicts import METHODS
from observatoire.reconcile.vetoes import ROW
from observatoire.reconcile.vocabulary import COLLECTIVITES

ORIGINS = {
    "moisson": "ligne tenue à jour par la moisson",
    "reprise": "ligne reprise des anciennes éditions, qu'aucune moisson n'a encore changée",
    "manuel": "ligne saisie à la main",
}
DECISIONS = {
    "automatique": "rapproché sans question",
    "acceptee": "rapprochement accepté par une personne",
    "refusee": "rapprochement refusé par une personne",
}
ONE_EDITION = "l'édition"
BY_HAND = "aucune source ni ancienne édition ne donne cette valeur : elle est saisie à la main"
REFERENCED = ("nom", "type", "departement")
"""The cells of a new body that the reference gives."""


@dataclass(frozen=True)
class Origins:
    """The writer of the sentences, from the evidence."""

    evidence: Evidence

    def of_line(self, table: str, key: Key, row: Row) -> Iterator[str]:
        """Why a line is in the register."""
        yield from self.evidence.vetoes(table, key, ROW)
        if table == "publications":
            yield from self._account(key, row)
        elif table == "plateformes":
            yield from self._platform(key[0])
        elif table == "organisations":
            yield self._reference(key[0], row["type"])
        if held := self.evidence.reprise.holding(table, key):
            years = [year for year, _ in held]
            yield f"présent dans {_editions(years)}"

    def of_cell(self, table: str, key: Key, row: Row, champ: str) -> Iterator[str]:
        """Where the value of a cell comes from."""
        yield from self.evidence.vetoes(table, key, champ)
        if champ == "origine":
            return  # said of the line, and nobody types it
        said = list(self._said(table, key, row, champ))
        yield from said
        years = [
            y for y, old in self.evidence.reprise.holding(table, key) if _same(old, row, champ)
        ]
        if years:
            yield f"même valeur dans {_editions(years)}"
        elif not said and row[champ]:
            yield BY_HAND

    def _said(self, table: str, key: Key, row: Row, champ: str) -> Iterator[str]:
        if table == "publications" and champ in FIELDS:
            harvested = self.evidence.harvested(key[1], key[2])
            if harvested is not None:
                yield self._source(harvested, row, champ)
        body = self.evidence.reference.bodies.get(key[0]) if table == "organisations" else None
        vintage = f"la référence {self.evidence.reference.vintage}"
        if body is not None and champ in REFERENCED:
            official = {"nom": body.nom, "type": body.type, "departement": body.departement}[champ]
            if official == row[champ]:
                yield f"{vintage} dit la même chose"
            elif official:
                yield f"{vintage} dit « {self._words(champ, official)} »"
        elif body is not None and (champ, row[champ]) == ("statut", "actif"):
            yield f"il est dans {vintage}"

    def _source(self, harvested: Harvested, row: Row, champ: str) -> str:
        """What the source says of a cell, set beside the register."""
        name = self.evidence.platform(row["plateforme"])
        when = f"moisson du {day(harvested.date)}" if harvested.date else "moisson sans date"
        theirs = harvested.row[FIELDS[champ]]
        if not theirs:
            return f"{name} ne le dit pas ({when})"
        link = champ == "url" and same_link(row[champ], theirs, row["identifiant"])
        if theirs == row[champ] or link:
            return f"{name} le dit ({when})"
        return f"{name} dit « {theirs} » ({when}) : le registre garde sa valeur"

    def _account(self, key: Key, row: Row) -> Iterator[str]:
        name = self.evidence.platform(key[1])
        for match in self.evidence.matches(key[1], key[2]):
            why = METHODS.get(match["methode"], (match["methode"],))[0]
            sure = match["score"] in {"", "1"}
            score = "" if sure else f", score {match['score'].replace('.', ',')}"
            other = f" avec {match['siren']}" if match["siren"] not in {"", key[0]} else ""
            by = "" if match["methode"] == "decision" else f" : {why}{score}"
            yield f"{DECISIONS[match['decision']]}{other}{by}"
        harvested = self.evidence.harvested(key[1], key[2])
        if harvested is None:
            yield f"{name} : aucune moisson ne donne ce compte"
        else:
            yield from self._harvest(harvested, name)
        yield ORIGINS.get(row["origine"], f"origine « {row['origine']} »")

    def _harvest(self, harvested: Harvested, name: str) -> Iterator[str]:
        account = harvested.row["nom"] or harvested.row["identifiant"]
        siren = harvested.row["siren_declare"]
        declared = f"déclare le SIREN {siren}" if siren else "ne déclare aucun SIREN"
        if found := harvested.row["siren_trouve"]:
            declared += f", {name} lui a trouvé {found}"
        when = f"dernière moisson le {day(harvested.date)}" if harvested.date else "date inconnue"
        yield f"{name} appelle ce compte « {account} », qui {declared} ({when})"
        if harvested.row["absent_depuis"]:
            yield f"{name} ne donne plus ce compte depuis le {day(harvested.row['absent_depuis'])}"

    def _platform(self, plateforme: str) -> Iterator[str]:
        found = self.evidence.journal(plateforme)
        for row in found:
            publishers = counted(int(row["lignes"]), "publicateur lu", "publicateurs lus")
            when = day(row["derniere_reussite"])
            yield f"moissonnée par la source {row['source']} : {publishers}, le {when}"
        if not found:
            yield "jamais moissonnée"

    def _reference(self, siren: str, type: str) -> str:
        body = self.evidence.reference.bodies.get(siren)
        vintage = f"référence {self.evidence.reference.vintage}"
        if body is None and type in COLLECTIVITES:
            return f"absent de la {vintage}, qui liste toutes les collectivités"
        if body is None:
            return f"inconnu de la {vintage}, qui ne liste que les collectivités"
        place = f", département {body.departement}" if body.departement else ""
        kind = self._words("type", body.type).lower()
        return f"{vintage} : {body.nom}, {kind}{place}"

    def _words(self, champ: str, official: str) -> str:
        """A value of the reference as people read it: a type by its name."""
        return self._types.get(official, official) if champ == "type" else official

    @cached_property
    def _types(self) -> Mapping[str, str]:
        return labels(self.evidence.register.schema("organisations"), "type")


def _same(old: Row, row: Row, champ: str) -> bool:
    return bool(row[champ]) and old.get(champ, "") == row[champ]


def _editions(years: list[str]) -> str:
    return f"{'les éditions' if len(years) > 1 else ONE_EDITION} {joined(years)}"
