"""The defects of the old files (domain.md, section 8), put back one by one: each is caught."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.model import Finding
from observatoire.table import Table, from_records, serialize
from observatoire.validate import engine

TODAY = date(2026, 11, 23)
RENNES = ("243500139",)
PORTAL = ("rennes-metropole",)
ACCOUNT = ("243500139", "rennes-metropole", "Rennes Métropole")


def findings(table: str, key: tuple[str, ...], **cells: str) -> list[Finding]:
    """What is said of the specimen with one row edited, or added when its key is new."""
    register = specimen.register()
    rows = dict(register.keyed(table))
    own = dict(zip(register.schema(table).primary_key, key, strict=True))
    rows[key] = {**next(iter(rows.values())), **own, **rows.get(key, {}), **cells}
    content = serialize(from_records(register.schema(table).columns, rows.values()))
    report = engine.run(specimen.register(**{table: content}), TODAY)
    # Where the edited key is at the head of its table, the order of lines is not the point.
    return [f for t in report.tallies for f in t.first if f.line and f.field]


@pytest.mark.parametrize(
    ("table", "key", "cells", "expected"),
    [
        (
            "publications",
            ACCOUNT,
            {"siren": "243500139\u200e "},
            ("forme-attendue", "siren", "243500139", "sans espace ni caractère invisible autour"),
        ),
        (
            "organisations",
            ("219300662",),
            {"siren": "219740115"},
            ("siren-referentiel", "siren", "219300662", "« Saint-Denis » (département 974)"),
        ),
        (
            "plateformes",
            PORTAL,
            {"region": "BRE-53"},
            ("forme-attendue", "region", None, "n'a pas la forme attendue"),
        ),
        (
            "organisations",
            RENNES,
            {"departement": "01"},
            ("departement-referentiel", "departement", "35", "dans le département « 35 »"),
        ),
        (
            "organisations",
            RENNES,
            {"departement": "35, 56"},
            ("departement-referentiel", "departement", "35", "et non « 35, 56 »"),
        ),
        (
            "organisations",
            ("210100012",),
            {"departement": "1"},
            ("departement-referentiel", "departement", "01", "écrivez « 01 »"),
        ),
        (
            "organisations",
            RENNES,
            {"population_desservie": "35238"},
            ("population", "population_desservie", "", "vient de la référence"),
        ),
        (
            "publications",
            ACCOUNT,
            {"nb_jeux": "0"},
            ("publication-coherente", "statut", "vide", "aucun jeu de données"),
        ),
        (
            "publications",
            ACCOUNT,
            {"url": "http://data.rennesmetropole.fr/explore/"},
            ("adresse-non-chiffree", "url", None, "essayez « https://"),
        ),
        (
            "publications",
            ACCOUNT,
            {"url": "https://data.rennesmetropole.fr/mon portail"},
            ("forme-attendue", "url", "https://data.rennesmetropole.fr/mon%20portail", "écrivez"),
        ),
        (
            "publications",
            ACCOUNT,
            {"url": "https://data.rennesmetropole.fr/a;jsessionid=0A1B"},
            ("adresse-web", "url", "https://data.rennesmetropole.fr/a", "numéro de session"),
        ),
        (
            "publications",
            ACCOUNT,
            {"plateforme": "Rennes Métropole "},
            ("forme-attendue", "plateforme", "rennes-metropole", "est un nom"),
        ),
        (
            "organisations",
            RENNES,
            {"thematiques": "Social,Culture"},
            ("theme-inconnu", "thematiques", "Culture|Social", "séparés par une barre"),
        ),
        (
            "plateformes",
            PORTAL,
            {"techno": "ArcGIS"},
            ("valeur-permise", "techno", None, "« arcgis-hub »"),
        ),
        (
            "plateformes",
            PORTAL,
            {"techno": "CKAN, CKAN"},
            ("valeur-permise", "techno", None, "n'est pas dans la liste"),
        ),
        (
            "publications",
            ACCOUNT,
            {"derniere_mise_a_jour": "15/12/2021 11:57am"},
            ("type-de-valeur", "derniere_mise_a_jour", "2021-12-15", "année-mois-jour"),
        ),
        (
            "organisations",
            ("200012508",),
            {
                "nom": "Nouméa",
                "type": "AGCT",
                "departement": "974",
                "latitude": "-21.100001",
                "longitude": "-55.500001",
            },
            ("coordonnees", "longitude", "55.500001", "le signe de la longitude"),
        ),
        (
            "organisations",
            RENNES,
            {"adresse": "écrire à jeanne.martin@rennesmetropole.fr"},
            ("donnee-personnelle", "adresse", None, "semble être celle d'une personne"),
        ),
    ],
)
def test_each_known_defect_is_caught_with_its_organisation_line_words_and_fix(
    table: str,
    key: tuple[str, ...],
    cells: dict[str, str],
    expected: tuple[str, str, str | None, str],
) -> None:
    code, field, fix, words = expected
    found = {(f.code, f.field): f for f in findings(table, key, **cells)}
    finding = found[code, field]
    assert dict(finding.fix) == ({} if fix is None else {field: fix})
    assert words in finding.message
    register = specimen.register()
    places = [*register.keyed(table), key]
    assert finding.line == places.index(key) + 2
    assert finding.file == f"data/{table}.csv"
    assert finding.label


def test_a_column_shifted_by_one_row_is_caught() -> None:
    register = specimen.register()
    table = register.table("organisations")
    sirens = table.column("siren")
    rows = [(s, *r[1:]) for s, r in zip(sirens[1:] + sirens[:1], table.rows, strict=True)]
    shifted = serialize(Table(table.columns, rows))
    report = engine.run(specimen.register(organisations=shifted), TODAY)
    named = {f.label for t in report.tallies if t.code == "siren-referentiel" for f in t.first}
    assert {"Saint-Denis", "Rennes Métropole"} <= named


def test_predecessor_and_successor_both_listed_are_caught() -> None:
    found = findings(
        "organisations",
        ("219300597",),
        nom="Pierrefitte-sur-Seine",
        type="COM",
        population_desservie="",
    )
    codes = {f.code for f in found}
    assert {"siren-referentiel", "doublon-organisme"} <= codes


def test_a_header_with_a_typo_is_one_sentence() -> None:
    text = specimen.TABLES["organisations"].replace("thematiques", "Thèmatiques", 1)
    report = engine.run(specimen.register(organisations=text), TODAY, ["organisations"])
    (tally,) = report.tallies
    assert "« Thèmatiques »" in tally.first[0].message
    assert "« thematiques »" in tally.first[0].message
