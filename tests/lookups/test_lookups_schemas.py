"""The catalogue of schemas: each one once, and whether it is one of the local ones."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from lookup_bench import after, refresh, register, rows

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.lookups import schemas
from observatoire.model import SourceError

SCDL = "Socle Commun des Données Locales"
CATALOGUE = {
    "schemas": [
        {
            "name": "scdl/deliberations",
            "title": "Délibérations",
            "schema_url": "https://schema.data.gouv.fr/schemas/scdl/deliberations/latest.json",
            "schema_type": "tableschema",
            "contact": "camille.exemple@exemple.fr",
            "labels": [SCDL],
            "versions": [{"version_name": "1.0.0"}, {"version_name": "2.1.3"}],
        },
        {"name": "etalab/autre", "schema_type": "geojson", "labels": None},
        {"name": ""},
    ]
}


@dataclass
class Catalogue:
    """Answers one document."""

    document: object

    def answer(self, ask: Ask) -> Answer:
        found = ask.path == "/schemas/schemas.json"
        return Answer(200 if found else 404, json.dumps(self.document).encode())


def test_each_schema_is_kept_without_its_contact() -> None:
    known = register()
    outcome, _ = refresh(schemas, known, Catalogue(CATALOGUE))
    assert rows(after(known, outcome), "reference/schemas") == [
        {"nom": "etalab/autre", "titre": "", "genre": "other", "version": "", "url": "",
         "scdl": "non"},
        {"nom": "scdl/deliberations", "titre": "Délibérations", "genre": "tableschema",
         "version": "2.1.3",
         "url": "https://schema.data.gouv.fr/schemas/scdl/deliberations/latest.json",
         "scdl": "oui"},
    ]  # fmt: skip
    assert outcome.said == ("2 schémas, dont 1 du Socle commun des données locales.",)
    again, _ = refresh(schemas, after(known, outcome), Catalogue(CATALOGUE))
    assert again.changes == {}


FATAL: list[tuple[object, tuple[Fault, ...], str]] = [
    ([], (), "pas la forme d'un catalogue"),
    ({"schemas": []}, (), "pas la forme d'un catalogue"),
    (CATALOGUE, (faces.status(500),), "en panne"),
    (CATALOGUE, (faces.html(),), "page web"),
    (CATALOGUE, (faces.truncated(),), "JSON lisible"),
]


@pytest.mark.parametrize(("document", "spoilt", "cause"), FATAL)
def test_a_broken_catalogue_changes_nothing(
    document: object, spoilt: tuple[Fault, ...], cause: str
) -> None:
    with pytest.raises(SourceError, match=cause):
        refresh(schemas, register(), Catalogue(document), *spoilt)
