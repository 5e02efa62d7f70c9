"""The face of Isogeo: the page of a share, and the CSW that stands under the same path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from observatoire.demo.accounts import Account
from observatoire.demo.csw import CswPortal
from observatoire.demo.faces import Answer, Ask

SHARE = "/s/1e07910d365449b59b6596a9b428ecd9/Exemple-de-jeton-de-partage-00"


@dataclass
class Isogeo:
    """One share of an organisation."""

    accounts: Sequence[Account]
    services: int = 1

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if ask.path == SHARE:
            return Answer(200, b"<!doctype html><title>OpenCatalog</title>", "text/html")
        return CswPortal(self.accounts, f"/ows{SHARE}", services=self.services).answer(ask)
