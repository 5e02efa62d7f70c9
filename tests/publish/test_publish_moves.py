"""What moved for each organisation, told in French."""

from __future__ import annotations

import pytest
from small_register import TABLES, edited, register

from observatoire.publish.moves import moves


def told(**changed: str) -> list[tuple[str, str, str]]:
    found = moves(register(), register(**changed))
    return [(m.siren, m.kind, m.sentence) for m in found]


@pytest.mark.parametrize(
    ("before", "after", "siren", "sentence"),
    [
        (",57,3,", ",61,3,", "243500139", "61 jeux sur « Rennes Métropole » au lieu de 57"),
        (",57,3,", ",1,3,", "243500139", "1 jeu sur « Rennes Métropole » au lieu de 57"),
        (
            ",57,3,",
            ",,3,",
            "243500139",
            "nombre de jeux inconnu sur « Rennes Métropole » au lieu de 57",
        ),
        ("3,2022-11-20,moisson,publie", "3,2022-11-20,moisson,disparu", "243500139",
         "a disparu de « Rennes Métropole »"),
        ("/organizations/rennes/", "/organizations/ville/", "213502388",
         "autre adresse sur « data.gouv.fr »"),
    ],
)  # fmt: skip
def test_a_publication_that_changes(before: str, after: str, siren: str, sentence: str) -> None:
    assert told(**edited("publications", before, after)) == [(siren, "publication", sentence)]


def test_a_date_alone_is_no_news() -> None:
    assert told(**edited("publications", "2022-11-20", "2022-11-21")) == []


def test_a_publication_that_comes_or_goes() -> None:
    line = "243500139,rennes-metropole,Rennes Métropole,,57,3,2022-11-20,moisson,publie\n"
    new = line.replace("Rennes Métropole,,57", "Autre compte,,")
    found = told(publications=TABLES["publications"].replace(line, new))

    assert found == [
        ("243500139", "publication", "plus de publication connue sur « Rennes Métropole »"),
        ("243500139", "publication", "publie sur « Rennes Métropole »"),
    ]


def test_a_sheet_that_changes_names_its_columns() -> None:
    found = told(**edited("organisations", "213502388,Rennes,COM", "213502388,RENNES,COM"))

    assert found == [("213502388", "modification", "fiche modifiée : nom")]


def test_nothing_moved_is_nothing_told() -> None:
    assert told() == []


def test_a_move_knows_where_its_organisation_is() -> None:
    move = moves(register(), register(**edited("publications", ",57,3,", ",61,3,")))[0]

    assert (move.nom, move.type, move.departement) == ("Rennes Métropole", "Métropole", "35")
