"""A redirection that stands in its table, well written or not, is not asked for again."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.register import Register
from observatoire.validate import engine

TODAY = date(2026, 11, 23)
HEADER = specimen.TABLES["redirections"]


def codes(redirections: str) -> set[str]:
    """What is said of a change that renames Rennes' portal everywhere."""
    renamed = {
        name: specimen.TABLES[name].replace("rennes-metropole,", "rennes-open-data,")
        for name in ("plateformes", "publications")
    }
    after = Register(specimen.files(**renamed, redirections=redirections))
    report = engine.run(after, TODAY, before=specimen.register())
    return {t.code for t in report.tallies}


def test_a_key_that_changes_without_a_redirection_is_told() -> None:
    assert "cle-disparue" in codes(HEADER)
    assert "cle-disparue" in codes(HEADER + "organisations,rennes-metropole,x,faute\n")
    assert "cle-disparue" in codes(HEADER + "Plateformes,rennes-metropole,x,faute\n")
    assert "cle-disparue" in codes("abîmé")


def test_a_key_that_changes_with_its_redirection_is_sound() -> None:
    assert codes(HEADER + "plateformes,rennes-metropole,rennes-open-data,faute\n") == set()


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("plateformes,rennes-metropole,rennes-open-data\n", "lecture"),
        ("plateformes,rennes-metropole,rennes-open-data,faute, bête\n", "lecture"),
        ('"plateformes";"rennes-metropole";"rennes-open-data";"faute"\n', "lecture"),
        ("plateformes, rennes-metropole ,rennes-open-data,faute\n", "forme-canonique"),
    ],
)
def test_a_badly_written_redirection_is_told_once_where_it_stands(line: str, slip: str) -> None:
    found = codes(HEADER + line)
    assert slip in found
    assert "cle-disparue" not in found
