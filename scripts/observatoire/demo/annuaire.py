"""The face of recherche-entreprises.api.gouv.fr: bodies by SIREN, with the people who run them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from observatoire.demo.answers import json_of
from observatoire.demo.contacts import PERSON
from observatoire.demo.faces import Answer, Ask

SHORTEST = 3
BODY: dict[str, Any] = {
    "nom_complet": "COMMUNE D'EXEMPLE",
    "nature_juridique": "7210",
    "etat_administratif": "A",
    "date_creation": "1983-03-01",
    "tranche_effectif_salarie": "21",
    "annee_tranche_effectif_salarie": "2023",
    "siege": {
        "adresse": "1 PLACE DE LA MAIRIE 81000 ALBI",
        "code_postal": "81000",
        "commune": "81004",
        "latitude": "43.928",
        "longitude": "-2.146",
    },
    "dirigeants": [{"nom": PERSON, "qualite": "Maire"}],
    "complements": {
        "collectivite_territoriale": {
            "code": "81004",
            "code_insee": "81004",
            "niveau": "Commune",
            "elus": [{"nom": PERSON, "fonction": "Maire"}],
        }
    },
}
"""What the service says of a body, unless told otherwise."""


@dataclass
class Annuaire:
    """The service; ``bodies`` tells by SIREN what differs from ``BODY``."""

    bodies: Mapping[str, Mapping[str, Any]]

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        words = ask.query.get("q", "")
        if ask.path != "/search":
            return json_of({"erreur": "Not found"}, 404)
        if len(words) < SHORTEST:
            return json_of({"erreur": "3 caractères minimum pour les termes de la requête"}, 400)
        found = [{"siren": words, **BODY, **self.bodies[words]}] if words in self.bodies else []
        if ask.query.get("minimal") == "true":
            kept = ask.query.get("include", "").split(",")
            left_out = {"siege", "complements", "dirigeants"} - set(kept)
            found = [{k: v for k, v in body.items() if k not in left_out} for body in found]
        page = {"page": 1, "per_page": 10, "total_pages": len(found)}
        return json_of({"results": found, "total_results": len(found), **page})
