"""A visitor's message keeps what it says and loses who said it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.contribution.scrub import scrub

BLOCK = "\n----\n\nContribution from:\n\nUser name : {}\nEmail : {}"


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Adresse corrigée." + BLOCK.format("Jeanne Martin", "j@ville.fr"), "Adresse corrigée."),
        ("undefined" + BLOCK.format("Jeanne Martin", "j@ville.fr"), ""),
        ("Commit on branch 'datami-x'\nDate: 2026-11-23\nTime: 10:04:00", ""),
        ("Commit on branch 'datami-x'\nDate: 2026-11-23", ""),
        ("Corrigé par jeanne MARTIN" + BLOCK.format("Jeanne Martin", ""), "Corrigé par [nom]"),
        ("Écrivez à j.m+x@ville.fr", "Écrivez à [adresse électronique]"),
        ("Appelez le 02 99 12 34 56.", "Appelez le [téléphone]."),
        ("Le SIREN est 213500010, pas 213500028.", "Le SIREN est 213500010, pas 213500028."),
        ("Corrigé\n\nSigned-off-by: Jeanne <j@v.fr>\n", "Corrigé"),
        ("Corrigé\r\n----\r\n\r\nContribution from:\r\n\r\nUser name : A", "Corrigé"),
        ("Deux lignes.\n\n----\n\nEncore.", "Deux lignes.\n\n----\n\nEncore."),
        ("", ""),
    ],
)
def test_the_text_is_kept_without_the_person(message: str, kept: str) -> None:
    assert scrub(message) == kept


people = st.from_regex(r"[A-Z][a-z]{3,8} [A-Z][a-z]{3,8}", fullmatch=True)
mails = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?@[a-z]{2,8}\.(fr|org)", fullmatch=True)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), people, mails, st.booleans())
def test_no_name_or_address_is_left_wherever_the_visitor_put_it(
    said: str, name: str, mail: str, signed: bool
) -> None:
    text = f"{said} {name} {mail} {said}" if signed else said
    left = scrub(text + BLOCK.format(name, mail))
    assert name not in left
    assert mail not in left
    assert scrub(left) == left
