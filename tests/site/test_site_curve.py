"""The curve: dots where they belong, inside the drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.site.curve import Dot, draw, moment

DOTS = st.lists(
    st.builds(Dot, st.floats(2018, 2040), st.integers(0, 5000), st.just("x")), max_size=12
)


@given(DOTS, DOTS)
def test_every_mark_is_inside_the_drawing(published: list[Dot], computed: list[Dot]) -> None:
    drawing = draw(published, computed, 760, 320)

    assert len(drawing.published) == len(published)
    for mark in (*drawing.published, *drawing.computed, *drawing.grid, *drawing.years):
        assert 0 <= mark.x <= 760
        assert 0 <= mark.y <= 320


@given(
    st.lists(st.builds(Dot, st.floats(2018, 2040), st.integers(0, 5000), st.just("x")), min_size=2)
)
def test_a_higher_value_is_drawn_higher_and_a_later_one_further(dots: list[Dot]) -> None:
    drawing = draw(dots, [], 760, 320)
    marks = drawing.published

    assert [m.x for m in marks] == sorted(m.x for m in marks)
    ordered = sorted(marks, key=lambda m: int(m.text))
    assert [m.y for m in ordered] == sorted((m.y for m in marks), reverse=True)


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


def test_a_narrow_drawing_names_every_second_year() -> None:
    dots = [Dot(2018, 1, ""), Dot(2026.9, 2, "")]

    assert [m.text for m in draw(dots, [], 340, 300).years] == [
        "2018",
        "2020",
        "2022",
        "2024",
        "2026",
    ]
    assert len(draw(dots, [], 760, 320).years) == 9
