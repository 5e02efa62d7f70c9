"""No row enters the register without obeying the schema of harvests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from observatoire import schema
from observatoire.model import Row, SourceError
from observatoire.schema import Schema
from observatoire.sources.kit.door import admit

GOOD = {"plateforme": "p", "identifiant": "1", "statut": "publie"}


@pytest.fixture
def described(root: Path) -> Schema:
    return schema.parse("moissons", (root / "schemas/moissons.json").read_bytes())


@pytest.fixture
def enter(described: Schema) -> Callable[[Row], Row]:
    return lambda row: admit([{**GOOD, **row}], described)[0]


@pytest.mark.parametrize(
    ("column", "raw", "cell"),
    [
        ("nom", 'Ville "de"\nRennes', "Ville « de » Rennes"),
        ("siren_declare", "213502388", "213502388"),
        ("siren_declare", "21350238800019", ""),
        ("nb_jeux", "12", "12"),
        ("nb_jeux", "-12", ""),
        ("nb_jeux", "12.5", ""),
        ("nb_jeux", "beaucoup", ""),
        ("nb_jeux", "9" * 40, ""),
        ("qualite", "0.78", "0.78"),
        ("qualite", "0", "0"),
        ("qualite", "1", "1"),
        ("qualite", "1.2", ""),
        ("qualite", "NaN", ""),
        ("derniere_mise_a_jour", "2025-05-12", "2025-05-12"),
        ("derniere_mise_a_jour", "20250512", ""),
        ("derniere_mise_a_jour", "2025-13-01", ""),
        ("url", "https://a.fr/é?x=1|2", "https://a.fr/é?x=1|2"),
        ("url", "javascript:alert(1)", ""),
        ("url", "https://a.fr/ b", ""),
        ("url", "https://a.fr/\u200e", ""),
        ("url", "https://a.fr/" + "x" * 1_000, "https://a.fr/" + "x" * 1_000),
        ("url", "https://a.fr/" + "x" * 9_000, ""),
        ("categorie", "b|a|b| ", "a|b"),
    ],
)
def test_a_cell_obeys_its_column_or_is_emptied(
    enter: Callable[[Row], Row], column: str, raw: str, cell: str
) -> None:
    assert enter({column: raw})[column] == cell


def test_a_publisher_without_an_id_condemns_the_answer(described: Schema) -> None:
    with pytest.raises(SourceError, match="pas de valeur pour « Identifiant »"):
        admit([{**GOOD, "identifiant": " \u200e"}], described)


def test_an_unknown_statut_condemns_the_answer(described: Schema) -> None:
    with pytest.raises(SourceError, match="« Statut »"):
        admit([{**GOOD, "statut": "ouvert"}], described)


def test_a_publisher_that_comes_twice_condemns_the_answer(described: Schema) -> None:
    with pytest.raises(SourceError, match="« 1 » est annoncé deux fois"):
        admit([GOOD, GOOD], described)


def test_a_column_that_no_schema_describes_is_a_bug(described: Schema) -> None:
    with pytest.raises(KeyError):
        admit([{**GOOD, "nb_jeuxx": "1"}], described)
