"""The names of columns: one sentence says which are misspelt, unknown, lacking or there twice."""

from __future__ import annotations

import pytest

from observatoire import header, intake
from observatoire.model import Malformed

COLUMNS = ("siren", "thematiques", "statut", "url_api")


@pytest.mark.parametrize(
    ("names", "said", "told"),
    [
        (
            "siren,Thématiques,statut,url_api",
            "« Thématiques » s'écrit « thematiques » (« observatoire format » le fait aussi).",
            "« Thématiques » is written « thematiques » (« observatoire format » does it too).",
        ),
        (
            "SIREN,THEMATIQUES,STATUT,URL API",
            "« SIREN » s'écrit « siren » ; « THEMATIQUES » s'écrit « thematiques » ; « STATUT »"
            " s'écrit « statut » ; « URL API » s'écrit « url_api » (« observatoire format » le fait"
            " aussi).",
            "« SIREN » is written « siren »; « THEMATIQUES » is written « thematiques »; « STATUT »"
            " is written « statut »; « URL API » is written « url_api » (« observatoire format »"
            " does it too).",
        ),
        (
            "siren,thematiques,statut,url_api,note",
            "colonne inconnue : « note ».",
            "unknown column: « note ».",
        ),
        (
            "siren,note,avis",
            "colonnes inconnues : « note », « avis » ; colonnes manquantes : « thematiques »,"
            " « statut », « url_api ».",
            "unknown columns: « note », « avis »; missing columns: « thematiques », « statut »,"
            " « url_api ».",
        ),
        (
            "siren,thematiques,statut,url_api,,",
            "2 colonnes sans nom, à supprimer (« observatoire format » le fait aussi).",
            "2 columns without a name, to be deleted (« observatoire format » does it too).",
        ),
        (
            "243500139,Culture,actif,",
            "la première ligne ne donne pas le nom des colonnes.",
            "the first line does not give the names of the columns.",
        ),
    ],
)
def test_each_name_is_told_as_it_is_to_be_written(names: str, said: str, told: str) -> None:
    finding = header.wrong_names("t.csv", names.split(","), COLUMNS)
    line = "siren,thematiques,statut,url_api"
    assert finding.message == f"{said} La première ligne doit être : {line}"
    assert finding.english == f"{told} The first line must be: {line}"


@pytest.mark.parametrize(
    ("names", "said", "told"),
    [
        ("a,b,a", "colonne présente deux fois : « a ».", "column that stands twice: « a »."),
        (
            "a,b,a,b",
            "colonnes présentes deux fois : « a », « b ».",
            "columns that stand twice: « a », « b ».",
        ),
    ],
)
def test_names_that_stand_twice_are_counted(names: str, said: str, told: str) -> None:
    with pytest.raises(Malformed) as refused:
        intake.parse(f"{names}\n".encode(), "t.csv")
    (finding,) = refused.value.findings
    assert (finding.message, finding.english) == (said, told)


def test_hundreds_of_unknown_names_are_not_all_shown() -> None:
    names = ["siren", *(f"colonne {i}" for i in range(300))]
    assert len(header.wrong_names("t.csv", names, COLUMNS).message) < 500
