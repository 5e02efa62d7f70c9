"""What is certain about a line is written in one suggestion, whatever cells it takes."""

from __future__ import annotations

import json
from datetime import date

import pytest
import specimen

from observatoire.validate import engine, reports
from observatoire.validate.formatting.tidy import tidy
from observatoire.validate.report import Report

RENNES = "Rennes Métropole,MET,35,35200 Rennes,48.1147,-1.6794"
SWAPPED = "Rennes Métropole,MET,35,35200 Rennes,-1.679400000000012,48.114700000000034"
EXCHANGED = "Rennes Métropole,MET,35,35200 Rennes,48.114700000000034,-1.679400000000012"


def organisations(line: str) -> str:
    return specimen.TABLES["organisations"].replace(RENNES, line)


def examined(line: str) -> Report:
    register = specimen.register(organisations=organisations(line))
    return engine.run(register, date(2026, 11, 23))


def test_swapped_coordinates_are_one_mistake_whose_repair_takes_two_cells() -> None:
    report = examined(SWAPPED)
    (repair,) = report.repairs
    ((finding,),) = (t.first for t in report.tallies)
    assert report.errors == 1
    assert dict(finding.fix) == {
        "latitude": "48.114700000000034",
        "longitude": "-1.679400000000012",
    }
    assert repair.line == 5
    assert f",{EXCHANGED}," in repair.text
    assert examined(EXCHANGED).errors == 0


def test_the_repairs_of_several_mistakes_on_a_line_are_one_suggestion() -> None:
    report = examined(SWAPPED.replace("Rennes Métropole", "Rennes MÃ©tropole"))
    (note,) = json.loads(reports.renderer("suggestions")(report))
    assert note["ligne"] == 5
    assert note["texte"].count("\n- ") == 1
    assert f"suggestion:-0+0\n243500139,{EXCHANGED},,Culture|Social,,actif\n```" in note["texte"]


def test_the_note_shows_both_coordinates_in_full() -> None:
    text = reports.renderer("markdown")(examined(SWAPPED))
    assert "`-1.679400000000012`" in text
    assert "`48.114700000000034`" in text


@pytest.mark.parametrize("quoted", ["35200 Rennes", '"35200, Rennes"', "35200  Rennes  "])
def test_format_puts_swapped_coordinates_back(quoted: str) -> None:
    schema = specimen.register().schema("organisations")
    swapped = organisations(SWAPPED.replace("35200 Rennes", quoted))
    done = tidy(swapped.encode(), "data/organisations.csv", schema)
    assert ",48.114700000000034,-1.679400000000012," in done.content.decode()
    assert (
        "latitude et longitude échangées, elles étaient inversées (1 ligne) : ligne 5,"
        " latitude « 48.114700000000034 », longitude « -1.679400000000012 »"
    ) in done.changes


@pytest.mark.parametrize("point", ["48.1147, -1.6794", "48.1147 -1.6794", "48.1147;-1.6794"])
def test_a_pair_in_one_cell_is_put_in_both(point: str) -> None:
    cell = f'"{point}"' if "," in point else point
    report = examined(RENNES.replace("48.1147,-1.6794", f"{cell},"))
    (repair,) = report.repairs
    assert report.errors == 1
    assert ",48.1147,-1.6794," in repair.text


def test_format_leaves_coordinates_that_are_elsewhere_in_the_world() -> None:
    schema = specimen.register().schema("organisations")
    abroad = organisations(RENNES.replace("48.1147,-1.6794", "40.7,-74"))
    assert tidy(abroad.encode(), "data/organisations.csv", schema).changes == ()
