"""Charts: values in, SVG text out; nothing active, nothing hidden, the same bytes every time."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.indicators import discover, vocabulary
from observatoire.indicators.model import Dimension
from observatoire.site.charts import bars, choice, codes, columns, curve, scale, stacked, svg
from observatoire.site.charts.bars import Bar, Cut
from observatoire.site.charts.choice import Figure
from observatoire.site.charts.marks import PATTERNS, Box, Drawing, Line, Point, Words, shown
from observatoire.site.charts.svg import Caption

CAPTION = Caption("Taux d'ouverture", "Barres.", "Source : Observatoire, v1.0.0")


def words(drawing: Drawing) -> list[str]:
    return [m.text for m in drawing.marks if isinstance(m, Words)]


def boxes(drawing: Drawing, fill: str) -> list[Box]:
    return [m for m in drawing.marks if isinstance(m, Box) and m.fill == fill]


def share(code: str, part: int, of: int, value: str = "") -> Figure:
    return Figure(code, code.capitalize(), value or str(100 * part // of), "%", part, of)


def test_a_bar_carries_its_name_its_value_and_what_it_is_counted_among() -> None:
    drawing = bars.draw([Bar("Régions", 50, "50 %", "9 sur 18")], limit=100)

    assert words(drawing) == ["Régions", "50 % (9 sur 18)"]
    assert [b.width for b in boxes(drawing, "plein")] == [0.5]


def test_a_bar_without_value_is_empty_and_keeps_its_name() -> None:
    drawing = bars.draw([Bar("Contact", None, "–"), Bar("Forum", 3, "3")])

    assert words(drawing) == ["Contact", "Forum", "–", "3"]
    assert len(boxes(drawing, "plein")) == 1


def test_a_negative_value_goes_left_of_the_common_origin() -> None:
    drawing = bars.draw([Bar("Entrées", 3, "3"), Bar("Solde", -1, "−1")])
    came, net = boxes(drawing, "plein")

    assert (came.x, came.width) == (0.25, 0.75)
    assert (net.x, net.width) == (0, 0.25)


def test_a_long_name_is_folded_and_leaves_room_for_its_value() -> None:
    name = "Régions, départements, établissements publics de coopération intercommunale"
    drawing = bars.draw([Bar(name, 1, "27,9 %", "279 sur 1 000")])

    told = words(drawing)
    assert " ".join(told[:-1]).strip() == name
    assert max(len(line) for line in told) <= scale.WIDTH


def test_the_legal_threshold_is_a_line_between_two_brackets() -> None:
    drawing = bars.draw([Bar("a", 1, "1"), Bar("b", 2, "2")], cut=Cut(1, "La loi oblige"))

    (line,) = [m for m in drawing.marks if isinstance(m, Line)]
    first, second = boxes(drawing, "plein")
    assert first.y < line.y1 < second.y
    assert "La loi oblige" in words(drawing)


def test_the_parts_of_a_whole_fill_it_each_with_its_own_pattern() -> None:
    parts = (stacked.Part(50, "50 % (50)"), stacked.Part(45, "45 % (45)"), stacked.Part(5, "5 %"))
    drawing = stacked.draw(["A", "B", "C"], [stacked.Whole("", parts)])

    segments = [m for m in drawing.marks if isinstance(m, Box) and m.height == stacked.THICK][1:]
    assert [(s.x, s.width, s.fill) for s in segments] == [
        (0, 0.5, "plein"),
        (0.5, 0.45, "clair"),
        (0.95, pytest.approx(0.05), "raies"),
    ]
    assert words(drawing) == ["50 %", "45 %", "A", "50 % (50)", "B", "45 % (45)", "C", "5 %"]


def test_columns_touch_each_other_and_the_highest_is_the_greatest() -> None:
    drawing = columns.draw([Bar("de 1 à 5", 20, "20"), Bar("de 6 à 10", 10, "10")])
    first, second = boxes(drawing, "plein")

    assert (first.height, second.height) == (columns.TALL, columns.TALL / 2)
    assert first.y + first.height == second.y + second.height


def test_a_code_stands_above_the_interval_that_holds_its_value() -> None:
    places = [codes.Place("35", 0, "a"), codes.Place("2A", 10, "b"), codes.Place("974", 80, "c")]
    drawing = codes.draw(places, "%")

    found = {m.text: m.x for m in drawing.marks if isinstance(m, Words) and m.title}
    ticks = [m.x1 for m in drawing.marks if isinstance(m, Line) and m.x1 == m.x2]
    assert ticks == [pytest.approx(rank / 9) for rank in range(1, 9)]
    assert found["35"] < 1 / 9 < found["2A"] < 2 / 9 < 8 / 9 < found["974"]
    assert [codes.bin_of(v, 10) for v in (0, 0.1, 10, 10.1, 80, -0.1, -10)] == [
        *(0, 1, 1, 2, 8),
        *(-1, -1),
    ]


def test_a_loss_is_not_set_above_zero() -> None:
    places = [codes.Place("35", -6, "a"), codes.Place("2A", 0, "b"), codes.Place("01", 2, "c")]
    drawing = codes.draw(places, "organisations")

    found = {m.text: m.x for m in drawing.marks if isinstance(m, Words) and m.title}
    assert found["35"] < found["2A"] < found["01"]
    assert [codes.named(rank, 5) for rank in (-2, -1, 0, 1, 2)] == [
        *("−10 à −5", "−5 à 0", "0", "0–5", "5–10"),
    ]


def test_a_curve_starts_from_zero_and_tells_its_series_by_shape() -> None:
    ours = curve.Series("Recalculé", (curve.Stop(2022, 50, "50"), curve.Stop(2024, 100, "100")))
    theirs = curve.Series("Publié", (curve.Stop(2022, 60, "60"),))
    drawing = curve.draw([ours, theirs])

    points = [m for m in drawing.marks if isinstance(m, Point)]
    assert [p.shape for p in points] == ["rond", "rond", "carre", "rond", "carre"]
    assert points[1].y == curve.ABOVE
    assert points[0].y == curve.ABOVE + curve.TALL / 2
    assert {"0", "100", "2022", "2023", "Recalculé", "Publié"} <= set(words(drawing))


@pytest.mark.parametrize(
    ("values", "expected"), [([], 1), ([0], 1), ([7], 8), ([868], 1000), ([58.8], 60), ([0.4], 0.4)]
)
def test_an_axis_ends_on_a_round_value(values: list[float], expected: float) -> None:
    assert scale.top(values) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=8))
def test_an_axis_holds_its_values(values: list[float]) -> None:
    assert scale.top(values) >= max(values) * 0.999999


NAMES = st.text(max_size=60)
PLENTY = st.lists(
    st.builds(Figure, NAMES, NAMES, st.just("12.5"), st.just("%"), st.just(1), st.just(8)),
    min_size=2,
    max_size=6,
)
DIMENSIONS = [
    Dimension("region", "Par région", "regions"),
    Dimension("departement", "Par département", "departements"),
    Dimension("volume", "Par volume", {}),
]


@settings(max_examples=60)
@given(PLENTY, st.sampled_from(DIMENSIONS))
def test_whatever_the_names_the_drawing_is_sound_and_inert(
    figures: list[Figure], dimension: Dimension
) -> None:
    figures = [f for f in figures if (f.name + f.code).isprintable()]
    chosen = choice.chart(dimension, figures)
    if chosen is None:
        return
    for text in (
        svg.fluid(chosen.drawing, "i3-region", CAPTION),
        svg.alone(chosen.drawing, "i3-region", CAPTION).decode(),
    ):
        root = ElementTree.fromstring(text)
        assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {
            *("svg", "title", "desc", "defs", "pattern", "g", "path"),
            *("rect", "line", "circle", "text"),
        }
        attributes = {name for e in root.iter() for name in e.attrib}
        assert not {a for a in attributes if a.startswith("on") or a in {"style", "href"}}


def test_hostile_words_stay_words() -> None:
    drawing = bars.draw([Bar("<script>\"&'", 1, "1")])
    text = svg.fluid(drawing, "x", Caption("<b>", '"><script>'))

    assert "<script>" not in text
    assert next(e.text for e in ElementTree.fromstring(text).iter("text")) == "<script>\"&'"


def test_a_chart_in_a_page_is_named_and_described() -> None:
    text = svg.fluid(bars.draw([Bar("a", 1, "1")]), "i3-region", CAPTION)
    root = ElementTree.fromstring(text)

    assert root.attrib["role"] == "img"
    named = [root.find(f"*[@id='{name}']") for name in root.attrib["aria-labelledby"].split()]
    assert [e.text for e in named if e is not None] == ["Taux d'ouverture", "Barres."]


def test_a_file_says_its_title_and_its_source() -> None:
    root = ElementTree.fromstring(svg.alone(bars.draw([Bar("a", 1, "1")]), "x", CAPTION))
    texts = [e.text for e in root.iter(f"{{{svg.SPACE}}}text")]

    assert texts[0] == "Taux d'ouverture"
    assert texts[-1] == "Source : Observatoire, v1.0.0"


def test_marks_keep_their_look_without_a_style_sheet() -> None:
    parts = tuple(stacked.Part(1, f"{n}") for n in range(6))
    drawing = stacked.draw(list("ABCDEF"), [stacked.Whole("", parts)])
    text = svg.fluid(drawing, "n", CAPTION)
    fills = re.findall(r'<g class="(\w+)"([^>]*)><rect', text)

    assert {fill for fill, _ in fills} == {"fond", *PATTERNS}
    assert len({look for _, look in fills}) == 1 + len(PATTERNS)
    assert ' fill="url(#n-raies)"' in dict(fills)["raies"]


def test_a_pattern_that_fills_is_drawn_once_and_the_others_are_not() -> None:
    parts = (stacked.Part(1, "a"), stacked.Part(1, "b"), stacked.Part(1, "c"))
    hatched = svg.fluid(stacked.draw(list("ABC"), [stacked.Whole("", parts)]), "n", CAPTION)
    plain = svg.fluid(bars.draw([Bar("a", 1, "1")]), "n", CAPTION)

    assert re.findall(r'<pattern id="([^"]+)"', hatched) == ["n-raies"]
    assert "url(#n-raies)" in hatched
    assert "<defs>" not in plain


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (-0.001, "0"), (100, "100"), (12.345, "12.35"), (0.5, "0.5")]
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert shown(value) == text


def test_parts_of_one_whole_are_stacked_and_others_are_bars() -> None:
    whole = [share("a", 60, 100), share("b", 40, 100)]

    assert choice.partition(whole)
    assert not choice.partition([share("a", 60, 100), share("b", 60, 100)])
    assert not choice.partition([share("a", 1, 2), share("b", 2, 3)])


def test_regions_are_ranked_and_types_keep_their_order() -> None:
    figures = [share("a", 10, 100), share("b", 40, 100)]
    ranked = choice.chart(Dimension("region", "", "regions"), figures)
    kept = choice.chart(Dimension("type", "", "types"), figures)

    assert ranked is not None
    assert kept is not None
    assert words(ranked.drawing)[0] == "B"
    assert words(kept.drawing)[0] == "A"


def test_a_share_is_drawn_on_a_hundred_unless_all_are_small() -> None:
    dimension = Dimension("type", "", "types")
    large = choice.chart(dimension, [share("a", 10, 100), share("b", 40, 100)])
    small = choice.chart(dimension, [share("a", 5, 100), share("b", 10, 100)])

    assert large is not None
    assert small is not None
    assert [b.width for b in boxes(large.drawing, "plein")] == [0.1, 0.4]
    assert [b.width for b in boxes(small.drawing, "plein")] == [0.5, 1]


def test_nothing_is_drawn_where_there_is_nothing_to_compare() -> None:
    unknown = Figure("a", "A", "", "%", 0, 0)
    nobody = Figure("a", "A", "0", "%", 0, 8)

    assert choice.chart(Dimension("region", "", "regions"), [nobody, nobody]) is None
    assert choice.chart(Dimension("critere", "", {}), [unknown, unknown]) is None
    assert choice.chart(Dimension("ensemble", "", vocabulary.WHOLE), [share("a", 1, 2)]) is None


def test_every_dimension_of_every_indicator_can_be_drawn() -> None:
    figures = [
        Figure("0003500-0004999", "de 3 500 à 4 999 habitants", "10", "%", 1, 10),
        Figure("35", "Ille-et-Vilaine", "20", "%", 2, 10),
    ]
    for indicator in discover():
        for dimension in indicator.HEADER.dimensions:
            chosen = choice.chart(dimension, figures)
            assert chosen is not None
            assert chosen.drawing.height > 0
