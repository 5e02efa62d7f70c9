"""Open requests of the local forge, and marks kept with them: nobody has a fork of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from observatoire.propose.forges.local import LocalForge
from observatoire.propose.forges.reviewer import Mark, Submission

FIELD = "controles"


class LocalReviewer:
    """The open requests of the local forge."""

    def __init__(self, forge: LocalForge) -> None:
        self.forge = forge

    def waiting(self) -> Sequence[Submission]:
        """The open requests, oldest first."""
        found = (r for r in self.forge.all() if r.state == "ouverte")
        return [
            Submission(**asdict(r) | {"kept": f"refs/heads/{r.branch}"}, foreign=False)
            for r in found
        ]

    def mark(self, request: Submission, commit: str, name: str, state: Mark, said: str) -> bool:
        """Keep a mark in the file of the request."""
        cabinet = self.forge.cabinet
        with cabinet.locked():
            raw = cabinet.read(request.number)
            marks = raw.get(FIELD, {}) | {name: {"commit": commit, "etat": state, "texte": said}}
            changed = bool(marks != raw.get(FIELD))
            cabinet.write(raw | {FIELD: marks})
        return changed
