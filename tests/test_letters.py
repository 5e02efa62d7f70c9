"""Letters without accents and ligatures, and the slugs made of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.letters import fold, plain, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cœur d’Été", "coeur d’ete"),
        ("ŒUVRE", "oeuvre"),
        ("Ex Æquo", "ex aequo"),
        ("L'Haÿ-les-Roses", "l'hay-les-roses"),
        ("Cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_a_text_loses_case_accents_and_ligatures(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cœur d’Été", "coeur-d-ete"),
        ("  Île-de-France -- Mobilités ", "ile-de-france-mobilites"),
        ("data_77", "data-77"),
        ("Dat'Armor", "dat-armor"),
        ("«»", ""),
    ],
)
def test_a_slug_joins_the_words_of_a_text(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_of_the_usual_shape_and_its_own_slug(text: str) -> None:
    made = slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", made)
    assert slug(made) == made
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Bouches-du-Rhône", "bouchesdurhone"), ("Cœur  d’Été", "coeurdete"), ("– !", "")],
)
def test_folded_texts_keep_letters_and_digits_alone(text: str, expected: str) -> None:
    assert fold(text) == expected
