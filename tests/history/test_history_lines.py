"""The difference of two tables by key: right whatever the order, the columns, the quotes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.history import keys, lines, walk
from observatoire.history.model import Cell, Difference, Side
from observatoire.model import Malformed
from observatoire.table import Table, serialize

BEFORE = "siren,nom,statut\n1,Rennes,actif\n2,Brest,actif\n3,Vannes,actif\n"


def side(text: str | None, key: tuple[str, ...] = ("siren",)) -> Side:
    """A table as it stands in a state whose schema has the columns of its header, sorted."""
    if text is None:
        return Side(None, (), (), "t.csv")
    header = text.removeprefix("\ufeff").splitlines()[0]
    return Side(text.encode(), tuple(sorted(header.split(","))), key, "t.csv")


def told(old: str | None, new: str | None, key: tuple[str, ...] = ("siren",)) -> Difference:
    return lines.compare(side(old, key), side(new, key))


def summary(found: Difference) -> tuple[list[str], list[str], Mapping[str, tuple[Cell, ...]]]:
    """Keys that came, keys that went, cells that changed."""
    return (
        ["/".join(x.key) for x in found.added],
        ["/".join(x.key) for x in found.removed],
        {"/".join(x.key): x.cells for x in found.edited},
    )


def test_lines_that_come_go_and_change_are_told_apart() -> None:
    after = "siren,nom,statut\n1,Rennes,cesse\n3,Vannes,actif\n4,Lorient,actif\n"

    assert summary(told(BEFORE, after)) == (
        ["4"],
        ["2"],
        {"1": (Cell("statut", "actif", "cesse"),)},
    )


def test_a_line_that_came_has_all_its_cells() -> None:
    found = told(BEFORE, BEFORE + "4,Lorient,actif\n")

    assert found.added[0].row == {"nom": "Lorient", "siren": "4", "statut": "actif"}


@pytest.mark.parametrize(
    "same",
    [
        "siren,nom,statut\n3,Vannes,actif\n1,Rennes,actif\n2,Brest,actif\n",
        "nom,statut,siren\nRennes,actif,1\nBrest,actif,2\nVannes,actif,3\n",
        'siren,nom,statut\n1,"Rennes",actif\n2,Brest,"actif"\n"3",Vannes,actif\n',
        BEFORE.replace("\n", "\r\n"),
        "\ufeff" + BEFORE,
    ],
    ids=["rows", "columns", "quotes", "crlf", "bom"],
)
def test_another_writing_of_the_same_table_is_no_difference(same: str) -> None:
    assert told(BEFORE, same).empty
    assert told(same, BEFORE).empty


def test_rows_reordered_and_one_cell_changed_is_one_cell() -> None:
    after = "siren,nom,statut\n3,Vannes,actif\n2,Brest,cesse\n1,Rennes,actif\n"

    assert summary(told(BEFORE, after)) == ([], [], {"2": (Cell("statut", "actif", "cesse"),)})


def test_a_column_that_comes_is_a_column_and_not_a_change_of_every_line() -> None:
    after = "siren,nom,type,statut\n1,Rennes,COM,actif\n2,Brest,COM,cesse\n3,Vannes,COM,actif\n"
    found = told(BEFORE, after)

    assert (found.new_columns, found.lost_columns) == (("type",), ())
    assert summary(found) == ([], [], {"2": (Cell("statut", "actif", "cesse"),)})
    back = told(after, BEFORE)
    assert (back.new_columns, back.lost_columns) == ((), ("type",))
    assert summary(back)[2] == {"2": (Cell("statut", "cesse", "actif"),)}


def test_lines_that_come_are_seen_where_tables_share_only_their_key() -> None:
    found = told("siren,nom\n1,Rennes\n2,Brest\n", "siren,ville\n1,Rennes\n3,Vannes\n")

    assert summary(found) == (["3"], ["2"], {})


def test_a_broken_line_is_named_where_columns_differ_too() -> None:
    with pytest.raises(Malformed, match="ligne 3"):
        told("siren,nom,statut\n1,Rennes,a\n2\n", "siren,nom,type\n1,Rennes,b\n2,Brest,b\n")


def test_a_key_of_several_columns_matches_whole_keys() -> None:
    before = "siren,plateforme,nb\n1,a,5\n1,b,6\n2,a,7\n"
    after = "siren,plateforme,nb\n1,a,5\n1,c,6\n2,a,8\n"

    assert summary(told(before, after, ("siren", "plateforme"))) == (
        ["1/c"],
        ["1/b"],
        {"2/a": (Cell("nb", "7", "8"),)},
    )


def test_a_key_that_changed_its_columns_matches_by_what_both_have() -> None:
    old = Side(b"siren,nom\n1,Rennes\n2,Brest\n", ("siren", "nom"), ("siren",), "t.csv")
    new = Side(
        b"siren,compte,nom\n1,a,Rennes\n2,b,Quimper\n",
        ("siren", "compte", "nom"),
        ("siren", "compte"),
        "t.csv",
    )
    found = lines.compare(old, new)

    assert summary(found) == ([], [], {"2": (Cell("nom", "Brest", "Quimper"),)})
    assert found.new_columns == ("compte",)


def test_tables_without_any_common_key_are_replaced() -> None:
    old = Side(b"a,b\n1,x\n", ("a", "b"), ("a",), "t.csv")
    new = Side(b"c,b\n2,x\n", ("c", "b"), ("c",), "t.csv")
    found = lines.compare(old, new)

    assert summary(found) == (["2"], ["1"], {})
    assert (found.new_columns, found.lost_columns) == (("c",), ("a",))


def test_a_table_that_comes_or_goes_has_lines_and_no_column_of_its_own() -> None:
    assert summary(told(None, BEFORE)) == (["1", "2", "3"], [], {})
    assert summary(told(BEFORE, None)) == ([], ["1", "2", "3"], {})
    assert told(None, BEFORE).new_columns == ()


@pytest.mark.parametrize(
    "twice",
    [
        BEFORE + "3,Vannes,actif\n",
        BEFORE + "3,Auray,actif\n",
        'siren,nom,statut\n1,Rennes,actif\n2,Brest,actif\n3,Vannes,actif\n"3",Vannes,actif\n',
        "siren,nom,statut\n3,Auray,actif\n3,Vannes,actif\n",
        "siren,nom,statut\n4,Auray,actif\n4,Vannes,actif\n",
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_line(twice: str) -> None:
    with pytest.raises(Malformed, match="est déjà plus haut") as caught:
        told(BEFORE, twice)
    (finding,) = caught.value.findings
    assert finding.line == len(twice.splitlines())


def test_a_broken_line_is_named_by_its_place_in_the_file() -> None:
    with pytest.raises(Malformed, match=r"la ligne compte 2 cellules au lieu de 3") as caught:
        told(BEFORE, BEFORE.replace("2,Brest,actif", "2,Brest"))
    assert caught.value.findings[0].line == 3


def test_an_empty_file_is_not_a_table_that_went() -> None:
    with pytest.raises(Malformed, match="le fichier est vide"):
        lines.compare(side(BEFORE), Side(b"", ("siren",), ("siren",), "t.csv"))


CELL = st.text(st.sampled_from('ab,"é |'), max_size=4)
ROWS = st.dictionaries(st.tuples(CELL, CELL), st.tuples(CELL, CELL), max_size=8)
COLUMNS = ("k", "l", "x", "y")


def table(rows: Mapping[tuple[str, str], tuple[str, str]]) -> Side:
    made = Table(COLUMNS, [(*key, *cells) for key, cells in rows.items()])
    return Side(serialize(made), COLUMNS, ("k", "l"), "t.csv")


def replayed(old: Side, found: Difference) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The old rows once the difference is made."""
    rows = dict(keys.rows(old, ("k", "l")))
    for line in found.removed:
        del rows[line.key]
    for line in found.added:
        assert line.key not in rows
        rows[line.key] = tuple(line.row[c] for c in COLUMNS)
    for edited in found.edited:
        cells = dict(zip(COLUMNS, rows[edited.key], strict=True))
        for cell in edited.cells:
            assert cells[cell.champ] == cell.avant != cell.apres
            cells[cell.champ] = cell.apres
        rows[edited.key] = tuple(cells.values())
    return rows


@given(ROWS, ROWS)
def test_a_difference_replayed_on_the_old_table_gives_the_new_one(
    before: dict[tuple[str, str], tuple[str, str]], after: dict[tuple[str, str], tuple[str, str]]
) -> None:
    old, new = table(before), table(after)

    assert replayed(old, lines.compare(old, new)) == dict(keys.rows(new, ("k", "l")))


@given(ROWS, ROWS)
def test_lines_first_gives_what_reading_everything_gives(
    before: dict[tuple[str, str], tuple[str, str]], after: dict[tuple[str, str], tuple[str, str]]
) -> None:
    old, new = table(before), table(after)
    crlf = Side((new.data or b"").replace(b"\n", b"\r\n"), new.columns, new.key, new.file)

    assert lines.compare(old, new) == lines.compare(old, crlf)


@given(ROWS, ROWS, st.permutations(["k", "l", "x", "z", "y"]))
def test_it_does_so_when_columns_come_go_and_move(
    before: dict[tuple[str, str], tuple[str, str]],
    after: dict[tuple[str, str], tuple[str, str]],
    order: list[str],
) -> None:
    columns = tuple(c for c in order if c != "x")
    picked = [dict(zip(COLUMNS, (*k, *v), strict=True)) | {"z": v[0]} for k, v in after.items()]
    made = Table(columns, [tuple(row[c] for c in columns) for row in picked])
    new = Side(serialize(made), columns, ("k", "l"), "t.csv")
    crlf = Side((new.data or b"").replace(b"\n", b"\r\n"), new.columns, new.key, new.file)
    found = lines.compare(table(before), new)

    assert found == lines.compare(table(before), crlf)
    assert (found.new_columns, found.lost_columns) == (("z",), ("x",))
    assert {x.key for x in found.added} == after.keys() - before.keys()
    assert {x.key for x in found.removed} == before.keys() - after.keys()
    assert {x.key for x in found.edited} == {
        key for key in before.keys() & after.keys() if before[key][1] != after[key][1]
    }


@given(ROWS)
def test_a_table_does_not_differ_from_itself(
    rows: dict[tuple[str, str], tuple[str, str]],
) -> None:
    reversed_rows = dict(reversed(rows.items()))

    assert lines.compare(table(rows), table(reversed_rows)).empty


def ordered(rows: Mapping[tuple[str, str], tuple[str, str]]) -> Side:
    return table(dict(sorted(rows.items())))


def walked(old: Side, new: Side) -> Difference:
    """The difference found by walking the files side by side, however many lines differ."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "SHARE", 1)
        patch.setattr(walk, "FIRST", 4)
        patch.setattr(walk, "LEAST", 2)
        return lines.compare(old, new)


@given(ROWS, ROWS)
def test_walking_sorted_files_gives_what_reading_everything_gives(
    before: dict[tuple[str, str], tuple[str, str]], after: dict[tuple[str, str], tuple[str, str]]
) -> None:
    old, new = ordered(before), ordered(after)
    crlf = Side((new.data or b"").replace(b"\n", b"\r\n"), new.columns, new.key, new.file)

    assert walked(old, new) == lines.compare(old, crlf)


@given(ROWS, ROWS)
def test_walking_files_in_any_order_gives_it_too(
    before: dict[tuple[str, str], tuple[str, str]], after: dict[tuple[str, str], tuple[str, str]]
) -> None:
    old, new = table(before), table(after)

    assert walked(old, new) == lines.compare(old, new)


LONG = "siren,nom,statut\n" + "".join(f"{i},Commune {i},actif\n" for i in range(10_000, 12_000))


def test_few_lines_of_a_long_sorted_file_are_found_without_reading_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    after = LONG.replace("10700,Commune 10700", "10700,Bourg 10700")
    after = after.replace("11500,Commune 11500,actif\n", "") + "12345,Nouvelle,actif\n"
    monkeypatch.setattr("observatoire.history.apart._cut", None)

    assert summary(told(LONG, after)) == (
        ["12345"],
        ["11500"],
        {"10700": (Cell("nom", "Commune 10700", "Bourg 10700"),)},
    )


@pytest.mark.parametrize("line", ["10700,Autre,actif\n", '"10700",Autre,actif\n'])
def test_a_key_added_again_at_the_end_of_a_long_file_is_refused(line: str) -> None:
    with pytest.raises(Malformed, match="est déjà plus haut") as caught:
        told(LONG, LONG + line)
    assert caught.value.findings[0].line == 2002


MANY = "siren,nom,statut\n" + "".join(f"{n:04},Commune {n},actif\n" for n in range(400))


@pytest.mark.parametrize("key", ["0000", "0200", "0399"])
def test_a_key_that_stands_twice_in_a_large_sorted_table_is_named(key: str) -> None:
    line = f"{key},Commune {int(key)},actif\n"
    for twice in (MANY.replace(line, line + f"{key},Zz,actif\n"), MANY.replace(line, 2 * line)):
        for old, new in ((MANY, twice), (twice, MANY)):
            with pytest.raises(Malformed) as caught:
                told(old, new)
            [finding] = caught.value.findings
            assert (finding.key, finding.line) == ((key,), int(key) + 3)
