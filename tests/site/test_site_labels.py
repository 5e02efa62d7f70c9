"""The words of a curve: never on each other, nor on a point, nor outside, on any screen."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.site.charts import curve, labels
from observatoire.site.charts.curve import Series, Stop
from observatoire.site.charts.labels import NARROW, WIDE, Room, Wanted, placed
from observatoire.site.charts.marks import Point, Words
from observatoire.site.moments import moment

SCREENS = (NARROW, 375, 521.5, 768, WIDE)
STOPS = st.lists(
    st.tuples(st.floats(2018, 2030).map(lambda w: round(w, 2)), st.integers(0, 2000)).map(
        lambda found: Stop(*found, str(found[1]))
    ),
    max_size=9,
)


def boxes(drawing: curve.Drawing, width: float) -> list[tuple[float, float, float, float]]:
    """Where each value is on a screen: left, top, right, bottom."""
    out = []
    for word in drawing.marks:
        if isinstance(word, Words) and word.look == "halo":
            half = len(word.text) * labels.CHARACTER / 2
            middle = word.x * width + word.shift
            out.append((middle - half, word.y + 3 - labels.HEIGHT, middle + half, word.y + 3))
    return out


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    hair = 1e-6
    across = one[2] <= other[0] + hair or other[2] <= one[0] + hair
    return across or one[3] <= other[1] + hair or other[3] <= one[1] + hair


@given(STOPS, STOPS)
def test_no_value_covers_another_nor_a_point_nor_leaves_the_drawing(
    ours: list[Stop], theirs: list[Stop]
) -> None:
    drawing = curve.draw(
        [Series("a", tuple(sorted(ours, key=lambda s: s.when))), Series("b", tuple(theirs))]
    )
    points = [m for m in drawing.marks if isinstance(m, Point)]
    for width in SCREENS:
        told = boxes(drawing, width)
        assert all(apart(a, b) for a, b in combinations(told, 2))
        for left, top, right, bottom in told:
            assert left >= -1e-6
            assert right <= width + 1e-6
            assert top >= 0
            assert bottom <= curve.ABOVE + curve.TALL
        for mark in points[: len(ours) + len(theirs)]:
            x, y = mark.x * width, mark.y
            assert all(apart(box, (x - 4, y - 4, x + 4, y + 4)) for box in told)


def values(*series: list[tuple[float, int]]) -> set[str]:
    """The values that a curve writes."""
    drawing = curve.draw(
        [Series("", tuple(Stop(when, n, str(n)) for when, n in one)) for one in series]
    )
    return {m.text for m in drawing.marks if isinstance(m, Words) and m.look == "halo"}


def test_the_last_two_values_of_the_real_curve_are_both_written() -> None:
    """The register on the day of a version, then a week later: their points nearly touch."""
    ours = [(2021.997, 706), (2022.997, 829), (2026.88, 828), (2026.9, 784)]
    theirs = [(2018.083, 257), (2018.833, 343), (2020, 460), (2022.997, 868)]

    assert {"868", "829", "828", "784", "257"} <= values(ours, theirs)


def test_a_value_that_the_next_point_repeats_is_written_once() -> None:
    state = [Stop(2026.8 + month / 100, 828, "828") for month in range(3)]
    far = Stop(2022.9, 828, "828")
    made = curve.draw([Series("Registre", (Stop(2021.9, 706, "706"), far, *state))])
    said = [m.text for m in made.marks if isinstance(m, Words) and m.look == "halo"]

    assert sorted(said) == ["706", "828", "828"]


def test_two_values_at_one_place_are_written_over_and_under() -> None:
    assert values([(2020, 500), (2022, 500)], [(2022, 501)]) == {"500", "501"}


@pytest.mark.parametrize("width", SCREENS)
def test_what_meets_on_one_screen_meets(width: float) -> None:
    """A word left of its point and one right of an earlier point would cross between two widths."""
    one, other = Room(0.5, -40, -10, 0, 15), Room(0.45, 10, 40, 0, 15)

    assert one.meets(other)
    assert not Room(0.2, -10, 10, 0, 15).meets(Room(0.8, -10, 10, 0, 15))
    assert not one.meets(Room(0.5, -40, -10, 15, 30))
    assert one.at(width)[1] - one.at(width)[0] == pytest.approx(30)


def test_words_without_any_room_are_left_out() -> None:
    wanted = [Wanted(0.5, 5, "1", over=True), Wanted(0.5, 5, "2", over=True)]

    assert placed(wanted, [labels.point(0.5, 5)], [], (0, 10)) == []


def test_words_that_have_no_room_over_nor_under_stand_beside_their_point() -> None:
    wanted, high = Wanted(0.5, 20, "12", over=True), (12, 28)
    (right,) = placed([wanted], [], [], high)
    (left,) = placed([wanted], [Room(0.5, 10, 40, 0, 40)], [], high)

    half = 2 * labels.CHARACTER / 2
    assert (right.shift, left.shift) == (labels.ASIDE + half, -labels.ASIDE - half)


@pytest.mark.parametrize(
    ("vintage", "date", "when"),
    [
        ("2018-01", "", 2018.083),
        ("2018-10", "", 2018.833),
        ("2019", "", 2020),
        ("2022", "2022-12-31", 2022.997),
    ],
)
def test_a_figure_stands_at_its_date(vintage: str, date: str, when: float) -> None:
    assert moment(vintage, date) == when
