"""Issues « Signaler… » on each forge: their texts, and the gestures of people and of the night."""

from __future__ import annotations

from dataclasses import dataclass

import forges_stage as stages
from forges_stage import HUMAN, STRANGER
from propose_register import Desk

from folder_bytes import contents
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account, Issue, Request
from observatoire.git import Repo, Tree
from observatoire.propose.forges.local_tickets import LocalTickets

NEW = """\
### Nom de l'organisme

Mairie d'Amanlis

### Département

35

### Ce qui se passe

- [x] Il publie des données ouvertes et manque dans le registre
- [ ] Il a changé de nom

### Page de ses données ouvertes

https://www.data.gouv.fr/organizations/mairie-damanlis/

### Nombre de jeux de données

4
"""
WRONG = """\
### Organisme ou portail

Acigné

### Ce qui est faux

Le nombre de jeux de données

### Valeur juste

12
"""
HALF = NEW.replace("Mairie d'Amanlis", "Nulle-Part-sur-Rien")


@dataclass
class Ticket:
    """An issue as it is on the forge, whatever its kind."""

    state: str
    labels: tuple[str, ...]
    notes: tuple[str, ...]


class Place:
    """A clone of the small register, its forge, people with issues, the scheduled command."""

    def __init__(self, kind: str, desk: Desk, fictive: ForgeFictive | None) -> None:
        self.kind = kind
        self.desk = desk
        self.fictive = fictive

    def open(self, body: str, author: Account = STRANGER, *, confidential: bool = False) -> int:
        """Somebody opens an issue."""
        if self.fictive is None:
            return self._local().deposit("Signaler", body, author.username).number
        made = self.fictive.store.open_issue(author, "Signaler", body)
        made.confidential = confidential
        return made.number

    def edit(self, number: int, body: str) -> None:
        """The author writes the issue again."""
        if self.fictive is None:
            self._local().edit(number, body)
        else:
            self._issue(number).body = body

    def close(self, number: int) -> None:
        """Somebody closes the issue."""
        if self.fictive is None:
            self._local().close(number)
        else:
            self.fictive.store.end(self._issue(number), "closed", HUMAN)

    def ticket(self, number: int) -> Ticket:
        """The issue now."""
        if self.fictive is None:
            raw = self._local()._read(number)
            notes = tuple(n["body"] for n in raw["notes"])
            return Ticket(raw["state"], tuple(raw["labels"]), notes)
        found = self._issue(number)
        labels = tuple(sorted(found.labels))
        return Ticket(found.state, labels, tuple(n.body for n in found.notes))

    def requests(self) -> list[tuple[str, str, str]]:
        """The requests: title, text, state."""
        if self.fictive is None:
            return [(r.title, r.body, r.state) for r in self.desk.forge.all()]
        states = {"opened": "ouverte", "closed": "fermee", "merged": "fusionnee"}
        return [(r.title, r.body, states[r.state]) for r in self.fictive.store.requests]

    def refuse(self) -> None:
        """A maintainer closes the last request without merging."""
        if self.fictive is None:
            last = self.desk.forge.all()[-1]
            self.desk.forge.close(last.number, last.body, "2026-11-23")
        else:
            self.fictive.store.end(self.fictive.store.requests[-1], "closed", HUMAN)

    def merge(self) -> None:
        """A maintainer merges the last request."""
        if self.fictive is None:
            self.desk.forge.merge(self.desk.forge.all()[-1].number, stages.ANNE, "2026-11-23")
        else:
            self.fictive.store.merge(self.fictive.store.requests[-1], HUMAN, "", "Fusion")

    def night(self, *words: str) -> int:
        """The scheduled command."""
        return self.desk.observatoire("signalements", "--date", "2026-11-23", *words)

    def tables(self, ref: str) -> Tree:
        """The files of a branch of the forge."""
        repo = self.desk.forge.repo if self.fictive is None else self.fictive.store.repo
        return Tree(Repo(repo.path), ref)

    def snapshot(self) -> object:
        """Everything that is on the forge."""
        if self.fictive is None:
            return contents(self.desk.forge.folder)
        store = self.fictive.store
        threads: list[Issue | Request] = [*store.issues, *store.requests]
        said = [(t.body, t.title, t.state, list(t.labels), len(t.notes)) for t in threads]
        noted = [(n.body, n.updated) for t in threads for n in t.notes]
        return said, noted, store.repo.refs()

    def _local(self) -> LocalTickets:
        return LocalTickets(self.desk.forge.folder)

    def _issue(self, number: int) -> Issue:
        assert self.fictive is not None
        return next(i for i in self.fictive.store.issues if i.number == number)
