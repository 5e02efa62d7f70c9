"""Cells that a spreadsheet moved are told as such, and honest edits are not."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.model import Finding
from observatoire.register import Register
from observatoire.validate import engine

TODAY = date(2026, 11, 23)
HEADER = specimen.TABLES["organisations"].splitlines()[0]
NAMES = ("Bains", "Cesson", "Dinard", "Fougères", "Janzé", "Vitré", "Redon")


def bodies(names: tuple[str, ...], points: tuple[str, ...] = ()) -> str:
    """Seven bodies of Brittany, by name and point."""
    points = points or tuple(f"48.{i}1,-1.{i}1" for i in range(1, 8))
    lines = [
        f"{siren},Syndicat de {name},AGCT,35,{i} rue Haute,{point},,,,actif"
        for i, (siren, name, point) in enumerate(zip(SIRENS, names, points, strict=True))
    ]
    return "\n".join([HEADER, *lines, ""])


SIRENS = tuple(f"24350{i:04}" for i in range(7))


def found(before: str, after: str) -> list[Finding]:
    start = Register(specimen.files(organisations=before))
    report = engine.run(Register(specimen.files(organisations=after)), TODAY, before=start)
    return [f for t in report.tallies if t.code == "cellules-deplacees" for f in t.first]


def test_a_column_shifted_by_one_line_is_told_once() -> None:
    (finding,) = found(bodies(NAMES), bodies(("Acigné", *NAMES[:-1])))
    assert "la colonne « nom » a été triée ou décalée sans les autres : 7 lignes" in finding.message
    assert (finding.line, finding.severity) == (2, "erreur")


def test_several_columns_moved_together_are_told_together() -> None:
    points = tuple(f"48.{i}1,-1.{i}1" for i in range(1, 8))
    (finding,) = found(bodies(NAMES, points), bodies(NAMES, (*points[1:], points[0])))
    assert (
        "les colonnes « latitude » et « longitude » ont été triées ou décalées" in finding.message
    )


def test_names_that_come_back_to_their_siren_are_no_slip() -> None:
    edited = {"210100012": "219300662", "219300662": "210100012"}
    sound = specimen.TABLES["organisations"]
    rows = [line.split(",") for line in sound.splitlines()]
    more = [line.split(",") for line in bodies(NAMES).splitlines()[1:]]
    table = rows[:1] + sorted(rows[1:] + more)
    names = {row[0]: row[1] for row in table}
    wrong = [[r[0], names.get(edited.get(r[0], ""), r[1]), *r[2:]] for r in table]
    moved = [r[1] for r in wrong if r[0] in SIRENS]
    for row in wrong:
        if row[0] in SIRENS:
            row[1] = moved[SIRENS.index(row[0]) - 1]
    one, other = ("\n".join([*map(",".join, t), ""]) for t in (wrong, table))
    assert found(one, other) == []
    assert len(found(other, one)) == 1


def test_an_ordinary_edit_of_many_lines_is_no_slip() -> None:
    assert found(bodies(NAMES), bodies(tuple(f"{n} et environs" for n in NAMES))) == []


def test_counts_that_all_rise_are_no_slip() -> None:
    lines = [
        f"{siren},data-gouv-fr,{'a' * 23}{i},,{{}},,,moisson,publie"
        for i, siren in enumerate(SIRENS)
    ]
    header = specimen.TABLES["publications"].splitlines()[0]

    def publications(first: int) -> str:
        return "\n".join([header, *(x.format(first + i) for i, x in enumerate(lines)), ""])

    before, after = (
        Register(specimen.files(organisations=bodies(NAMES), publications=publications(first)))
        for first in (3, 4)
    )
    report = engine.run(after, TODAY, before=before)
    assert [t.code for t in report.tallies if t.code == "cellules-deplacees"] == []


def test_one_cell_over_several_others_is_an_advice() -> None:
    points = tuple(f"48.{i}1,-1.{i}1" for i in range(1, 8))
    told = found(bodies(NAMES, points), bodies(NAMES, (*points[:3], *[points[2]] * 4)))
    assert [f.severity for f in told] == ["conseil", "conseil"]
    assert "« 48.31 » remplace 4 cellules différentes de la colonne « latitude »" in told[0].message
    assert told[0].line == 5


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("0 rue Haute,48.11,-1.11,", ",0 rue Haute,48.11,-1.11", True),
        ("AGCT,35,", "35,AGCT,", True),
        ("48.11,-1.11", "-1.11,48.11", False),
        ("0 rue Haute,48.11,-1.11", "12 rue Basse,48.12,-1.12", False),
        ("0 rue Haute,48.11,-1.11", ",,", False),
    ],
)
def test_a_line_whose_cells_changed_columns_is_put_back_whole(
    old: str, new: str, slip: bool
) -> None:
    before = bodies(NAMES)
    told = found(before, before.replace(old, new, 1))
    assert [f.line for f in told] == ([2] if slip else [])
    for finding in told:
        assert "Remettez la ligne comme elle était" in finding.message
        assert set(finding.fix) <= set(
            zip(HEADER.split(","), before.splitlines()[1].split(","), strict=True)
        )


def test_decimals_that_are_gone_come_back_in_one_click() -> None:
    before = bodies(NAMES)
    (finding,) = found(before, before.replace("48.11,-1.11", "48,-1.11"))
    assert dict(finding.fix) == {"latitude": "48.11"}


def test_a_table_saved_while_it_was_filtered_is_told_of_in_one_sentence() -> None:
    header, *lines = specimen.TABLES["organisations"].splitlines()
    more = [f"2499{i:05},Syndicat {i},AGCT,93,,,,,,,actif" for i in range(60)]
    whole = "\n".join([header, *lines, *more, ""])
    part = "\n".join([header, *lines, *more[:20], ""])
    before, after = (specimen.register(organisations=text) for text in (whole, part))
    report = engine.run(after, TODAY, before=before)
    ((finding,),) = (t.first for t in report.tallies)
    assert (finding.code, finding.severity, finding.line) == ("cle-disparue", "erreur", 0)
    assert finding.message.startswith("40 lignes sur 64 ont disparu : le tableau a sans doute été")


def rotated(edited: int, fresh: int = 0) -> list[Finding]:
    """What is told when some of the names go down by a line, the first ones being new."""
    names = [*NAMES, *(f"Autre {i}" for i in range(20))]
    sirens = [f"24350{i:04}" for i in range(len(names))]
    moved = [*(f"Neuf {i}" for i in range(fresh)), *names[: edited - fresh], *names[edited:]]

    def register(shown: list[str]) -> str:
        lines = [
            f"{siren},Syndicat de {name},AGCT,35,,,,,,,actif"
            for siren, name in zip(sirens, shown, strict=True)
        ]
        return "\n".join([HEADER, *lines, ""])

    return found(register(names), register(moved))


@pytest.mark.parametrize(
    ("edited", "fresh", "said"), [(4, 1, 0), (5, 1, 1), (5, 2, 0), (20, 2, 1), (20, 3, 0)]
)
def test_a_column_is_shifted_when_five_lines_are_and_one_in_ten_is_new(
    edited: int, fresh: int, said: int
) -> None:
    assert len(rotated(edited, fresh)) == said


@pytest.mark.parametrize(
    ("kinds", "lines", "said"), [(4, 8, 0), (5, 10, 1), (9, 20, 0), (10, 20, 1)]
)
def test_values_that_come_back_often_tell_no_line_from_another(
    kinds: int, lines: int, said: int
) -> None:
    names = tuple(f"Ville {i % kinds}" for i in range(lines))

    def register(shown: tuple[str, ...]) -> str:
        lines = [
            f"24350{i:04},Syndicat {i},AGCT,35,,,,,,{name},actif" for i, name in enumerate(shown)
        ]
        return "\n".join([HEADER, *lines, ""])

    assert len(found(register(names), register((*names[1:], names[0])))) == said


def test_a_cell_in_another_column_alone_is_not_a_line_that_was_shifted() -> None:
    before = bodies(NAMES)
    after = before.replace("0 rue Haute,48.11,-1.11", "0 rue Haute,-1.11,-1.11")
    assert found(before, after) == []
    after = before.replace("AGCT,35,0 rue Haute", "AGCT,0 rue Haute,")
    assert found(before, after) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("0 rue Haute,48.11,-1.11,,,", ",0 rue Haute,48.11,,,"),
        ("0 rue Haute,48.11,-1.11,,,", ",0 rue Haute,48.11,120000,,"),
        ("0 rue Haute,48.11,-1.11,,,", ",0 rue Haute,48.11,120000,Culture,"),
    ],
)
def test_a_shifted_line_may_hold_one_new_cell_and_no_more(cells: str, said: str) -> None:
    before = bodies(NAMES)
    told = found(before, before.replace(cells, said, 1))
    assert len(told) == (0 if "Culture" in said else 1)


def test_the_cells_of_empty_ones_and_those_that_are_emptied_are_no_drag() -> None:
    points = tuple(f"48.{i}1,-1.{i}1" for i in range(1, 8))
    some = (*points[:3], ",", *points[4:])
    filled = (points[0], points[0], points[0], points[0], *points[4:])
    assert found(bodies(NAMES, some), bodies(NAMES, filled)) == []
    empty = (*points[:2], *[","] * 5)
    assert found(bodies(NAMES, empty), bodies(NAMES, (*points[:2], *[points[0]] * 5))) == []
    assert found(bodies(NAMES, points), bodies(NAMES, empty)) == []


def test_the_columns_where_neighbours_hold_the_same_are_not_dragged() -> None:
    lines = [f"24350{i:04},Syndicat {i},AGCT,{i + 10},,,,,,,actif" for i in range(7)]
    before = "\n".join([HEADER, *lines, ""])
    same = [line.replace(f",{i + 10},", ",35,") for i, line in enumerate(lines)]
    assert found(before, "\n".join([HEADER, *same, ""])) == []
