"""What is watched block by block is what the whole columns would show."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.validate import doubtful, squeeze
from observatoire.validate.checks import siren_cle
from observatoire.validate.points import POINTS, Seen
from observatoire.validate.watch import Distinct, InOrder, Picked, Repeats, Values, Watch, Watcher

CELLS = st.lists(st.sampled_from(["", "a", "b", "é", "a b", "10", "9"]), max_size=12)
SIZE = st.integers(1, 5)


def watch(one: Watch[object], size: int, **columns: list[str]) -> object:
    return fed(one, 0, size, **columns).result()


def fed(one: Watch[object], start: int, size: int, **columns: list[str]) -> Watcher[object]:
    watcher = one.start()
    for first in range(start, max(map(len, columns.values())), size):
        watcher.feed(first, {n: c[first : first + size] for n, c in columns.items()})
    return watcher


def in_two_parts(one: Watch[object], cut: int, **columns: list[str]) -> object:
    watcher = fed(one, 0, 2, **{n: c[:cut] for n, c in columns.items()})
    watcher.join(fed(one, min(cut, max(map(len, columns.values()))), 2, **columns))
    return watcher.result()


@settings(max_examples=100)
@given(CELLS, SIZE)
def test_keys_are_in_order_only_when_each_is_above_the_one_before(
    cells: list[str], size: int
) -> None:
    assert watch(InOrder(("k",)), size, k=cells) == (cells == sorted(set(cells)))


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=8), SIZE)
def test_keys_of_two_columns_are_compared_as_pairs(keys: list[tuple[str, str]], size: int) -> None:
    columns = {"k": [k for k, _ in keys], "l": [m for _, m in keys]}
    assert watch(InOrder(("k", "l")), size, **columns) == (keys == sorted(set(keys)))


@settings(max_examples=100)
@given(CELLS, CELLS, SIZE, st.integers(0, 3))
def test_a_column_holds_all_the_cells_of_another_however_they_are_kept(
    cells: list[str], other: list[str], size: int, few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Values, "FEW", few)
        patch.setattr(Values, "BLOCKS", 2)
        one = watch(Distinct("k"), size, k=cells)
        two = watch(Distinct("k"), size, k=other)
        assert isinstance(one, Values)
        assert isinstance(two, Values)
        assert (one <= two) == (one.all() <= two.all())
    assert one.all() == set(cells) - {""}
    assert bool(one) == any(cells)


@settings(max_examples=100)
@given(CELLS, SIZE)
def test_rows_whose_cell_stands_several_times_are_told(cells: list[str], size: int) -> None:
    expected = [i for i, c in enumerate(cells) if c and cells.count(c) > 1]
    assert watch(Repeats(("k",)), size, k=cells) == expected


@settings(max_examples=50)
@given(CELLS, SIZE)
def test_rows_picked_block_by_block_are_those_of_the_whole_column(
    cells: list[str], size: int
) -> None:
    def pick(column: list[str]) -> list[int]:
        return [at for at, cell in enumerate(column) if cell == "é"]

    assert watch(Picked(("k",), pick), size, k=cells) == pick(cells)


@settings(max_examples=200)
@given(st.lists(st.text("aAéÉàÀçÇŸÿœŒ’' -.áñ\u00a0\u202fßK", max_size=6), max_size=5))
def test_many_names_are_squeezed_as_each_is(names: list[str]) -> None:
    assert squeeze.squeezed(names) == [squeeze.squeeze(n) for n in names]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["243500139", "243500193", "", "12", "24350013٩"]), max_size=8))
def test_wrong_sirens_are_picked_among_any_cells(cells: list[str]) -> None:
    expected = [at for at, cell in enumerate(cells) if cell == "243500193"]
    assert watch(siren_cle._wrong("k"), 3, k=cells) == expected


NUMBERS = st.sampled_from(["48.1", "-1.5", "", "x", "1e1", "nan", "inf", "-21", "55.5", "999"])


@settings(max_examples=100)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from(["35", "974", ""])), max_size=8), SIZE)
def test_each_point_is_sorted_as_it_is_alone(rows: list[tuple[str, str, str]], size: int) -> None:
    names = ("latitude", "longitude", "departement")
    columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    whole = watch(POINTS, size, **columns)
    assert isinstance(whole, Seen)
    inside = {row for group in whole.groups.values() for row in group.rows}
    for at, row in enumerate(rows):
        alone = watch(POINTS, 1, **{n: [c] for n, c in zip(names, row, strict=True)})
        assert isinstance(alone, Seen)
        assert (at in whole.abroad, at in whole.halves) == (bool(alone.abroad), bool(alone.halves))
        assert (at in inside) == bool(alone.groups)


def test_checks_that_watch_the_same_thing_share_it() -> None:
    assert {Distinct("a"), Distinct("a"), InOrder(("a",))} == {InOrder(("a",)), Distinct("a")}
    assert siren_cle._wrong("siren") == siren_cle._wrong("siren")


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["210100012", "210100020", "243500193"]),
        st.sampled_from(["COM", "AGCT", "REG"]),
        st.sampled_from(["35", "974", ""]),
        NUMBERS,
        NUMBERS,
    ),
    max_size=8,
)
WATCHES: list[Watch[object]] = [
    InOrder(("siren",)),
    InOrder(("siren", "type")),
    Repeats(("siren",)),
    Picked(("siren",), siren_cle._among),
    doubtful.Claims(),
    doubtful.Claims("COM", "departement"),
]


@settings(max_examples=100)
@given(ROWS, st.integers(0, 8))
def test_two_parts_joined_are_the_whole(rows: list[tuple[str, ...]], cut: int) -> None:
    names = ("siren", "type", "departement", "latitude", "longitude")
    columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    for one in WATCHES:
        assert flat(in_two_parts(one, cut, **columns)) == flat(watch(one, 2, **columns))
    points = [watch(POINTS, 3, **columns)]
    points.append(in_two_parts(POINTS, cut, **columns))
    one, two = ({k: flat(v) for k, v in vars(p).items()} for p in points)
    assert one == two
    both = (watch(Distinct("siren"), 3, **columns), in_two_parts(Distinct("siren"), cut, **columns))
    assert both[0].all() == both[1].all()


def flat(result: object) -> object:
    """What was seen, whatever the parts it was seen in."""
    if isinstance(result, dict):
        return {k: {n: list(a) for n, a in vars(g).items()} for k, g in result.items()}
    if isinstance(result, list) and result and isinstance(result[0], tuple):
        return [
            (row, c)
            for group, text in result
            for row, c in zip(group, text.split("\n"), strict=True)
        ]
    return result
