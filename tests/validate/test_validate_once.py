"""A person does one thing in a cell: it is reproached once, by the check that says most of it."""

from __future__ import annotations

import pytest
import specimen

from observatoire.model import Finding, Fix, Severity
from observatoire.validate.report import OneByCell

TITLES = [(code, code) for code in ("autre", "bornes", "forme-canonique", "verrou")]
FIX: Fix = (("nom", "b"),)


def one(code: str, field: str = "nom", severity: Severity = "erreur", fix: Fix = ()) -> Finding:
    return Finding(code, "« a » : b.", severity, "data/t.csv", 3, ("k",), field, "", fix)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([one("autre"), one("bornes")], ["autre"]),
        ([one("autre"), one("bornes", fix=FIX)], ["bornes"]),
        ([one("autre", fix=FIX), one("bornes", fix=FIX)], ["autre"]),
        ([one("forme-canonique", fix=FIX), one("verrou")], ["verrou"]),
        ([one("verrou"), one("forme-canonique", fix=FIX)], ["verrou"]),
        ([one("autre", severity="conseil", fix=FIX), one("bornes")], ["bornes"]),
        ([one("autre"), one("bornes", severity="conseil", fix=FIX)], ["autre"]),
        ([one("autre"), one("bornes", field="type")], ["autre", "bornes"]),
        ([one("autre"), one("autre")], ["autre", "autre"]),
        ([one("autre"), one("autre"), one("bornes", fix=FIX)], ["bornes"]),
        ([one("bornes"), one("verrou", field="type"), one("autre", field="")], ["autre"]),
        ([one("autre", field=""), one("bornes"), one("verrou", field="type")], ["autre"]),
        ([one("autre", field="", severity="conseil"), one("bornes")], ["bornes", "autre"]),
    ],
)
def test_of_two_findings_about_a_cell_the_one_that_says_more_is_kept(
    said: list[Finding], kept: list[str]
) -> None:
    collector = OneByCell()
    for finding in said:
        collector.add(finding.code, finding)
    tallies = collector.tallies(TITLES)
    assert [f.code for t in tallies for f in t.first] == kept
    assert sum(t.total for t in tallies) == len(kept)


def test_findings_about_files_are_all_kept() -> None:
    collector = OneByCell()
    for code in ("autre", "bornes"):
        collector.add(code, Finding(code, "x", file="data/t.csv", line=3))
    assert len(collector.tallies(TITLES)) == 2


ROW = "243500139,Rennes Métropole,MET,35,35200 Rennes,48.1147,-1.6794,,Culture|Social,,actif\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (ROW, ROW.replace("-1.6794,,", "-1.6794,n/c,"), ["laissez la cellule vide"]),
        (ROW, ROW.replace("MET,35", "MET,Ille-et-Vilaine"), ["écrivez « 35 »"]),
        (ROW, ROW + "TOTAL,,,,,,,120000,,,\n", ["« TOTAL » : cette ligne n'est pas"]),
        (ROW, ROW + specimen.TABLES["organisations"].splitlines()[0] + "\n", ["répète les noms"]),
    ],
)
def test_one_mistake_is_one_error(
    depot: specimen.Path, validate: specimen.Run, before: str, after: str, expected: list[str]
) -> None:
    path = depot / "data" / "organisations.csv"
    path.write_text(path.read_text().replace(before, after))
    status, text = validate("organisations")
    assert status == 1
    assert "1 erreur" in text
    assert [words for words in expected if words not in text] == []
