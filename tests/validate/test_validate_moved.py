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
