"""The home page: figures of the table, a map that says them, labels that can be read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_register import ROOT, edited, register
from small_site import content
from whole import Seen, words

from observatoire.files import Memory
from observatoire.indicators.reading import NEEDED
from observatoire.indicators.snapshot import Past
from observatoire.register import Register, path_of
from observatoire.site.build import plan
from observatoire.site.content import Content
from observatoire.site.maps import classes, france, outlines

OUTLINES = "data/reference/contours/departements.geojson"


@pytest.fixture(scope="module")
def version() -> Content:
    """A version whose register has its outlines, as the real one."""
    small = content()
    small.files[OUTLINES] = (ROOT / OUTLINES).read_bytes()
    return small


def home(version: Content) -> Seen:
    """The home page alone."""
    (found,) = [p for p in plan(version) if p.path == "index.html"]
    return Seen("index.html", found.make())


@pytest.fixture(scope="module")
def page(version: Content) -> Seen:
    return home(version)


def text(page: Seen) -> str:
    return " ".join(words(page.all("main")[0]).split())


def test_key_figures_have_numerator_denominator_date_and_scope(page: Seen) -> None:
    said = text(page)

    assert "18,2 % des collectivités obligées par la loi" in said
    assert "2 sur 11, au 23 novembre 2026." in said
    assert "intercommunalités (EPCI, EPT) et communes d’au moins 3 500 habitants" in said


def test_each_key_figure_leads_to_its_definition(page: Seen) -> None:
    cards = [e for e in page.all("li") if e.get("class") == "carte"]
    found = [card.find(".//p[@class='preuve']/a") for card in cards]

    assert [link is not None and link.get("href") for link in found] == [
        f"indicateurs/{name}/index.html" for name in ("I3", "I1", "I4", "I5")
    ]


def test_each_territory_of_the_map_says_its_figure_and_leads_to_its_page(
    page: Seen, version: Content
) -> None:
    figures, places = version.story.figures, version.atlas.reference.departements
    (drawing,) = [e for e in page.all("svg") if "carte-fr" in e.get("class", "")]
    shown = set()
    for link in (e for e in drawing.iter() if str(e.tag).endswith("}a")):
        code = link.attrib["href"].split("/")[1]
        (title,) = [e for e in link.iter() if str(e.tag).endswith("}title")]
        figure = figures.at("I3", ("departement", code))
        assert figure is not None
        assert words(title) == f"{places[code].nom} ({code}) : {figure.text}, {figure.ratio}"
        (shape,) = [e for e in link.iter() if str(e.tag).endswith("}path")]
        assert classes.of(figure.value) in shape.attrib["class"].split()
        assert link.attrib["tabindex"] == "-1"
        shown.add(code)

    assert shown == {"01", "35", "93", "974"}


def test_the_same_figures_stand_in_a_table_that_needs_no_pointing(page: Seen) -> None:
    (details,) = [
        d for d in page.all("details") if words(d).startswith("\nLes chiffres de la carte")
    ]
    links = {e.attrib["href"] for e in details.iter() if e.tag == "a"}

    assert links == {f"departements/{c}/index.html" for c in ("01", "35", "93", "974")}


@pytest.mark.parametrize(
    ("value", "look"),
    [
        ("", "cx"),
        ("0", "c0"),
        ("0.1", "c1"),
        ("4.9", "c1"),
        ("5", "c2"),
        ("39.9", "c4"),
        ("40", "c5"),
    ],
)
def test_a_rate_has_one_class(value: str, look: str) -> None:
    assert classes.of(value) == look


def test_the_legend_tells_every_class_in_order() -> None:
    looks, told = zip(*classes.legend(unknown=True), strict=True)

    assert looks == ("c0", "c1", "c2", "c3", "c4", "c5", "cx")
    assert told[1:4] == ("moins de 5 %", "de 5 à moins de 10 %", "de 10 à moins de 20 %")


def contours() -> dict[str, outlines.Shape]:
    files = Memory({OUTLINES: (ROOT / OUTLINES).read_bytes()})
    return dict(outlines.read(files, "departements"))


def test_every_departement_is_on_the_map_overseas_included() -> None:
    drawing = france.whole(contours(), ["975", "988"])
    codes = [p.code for p in drawing.parts]

    assert len({*codes}) == 103
    assert {c for c in codes if codes.count(c) > 1} == {*france.NEAR_PARIS}
    assert {*france.OVERSEAS} <= {*codes}
    assert all(re.fullmatch(r"(M[-\d ]+[lh][-\d v h]+z)+", p.path) for p in drawing.parts)


def test_no_territory_leaves_the_drawing() -> None:
    drawing = france.whole(contours())
    for part in drawing.parts:
        for x, y in corners(part.path):
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height


def corners(path: str) -> list[tuple[int, int]]:
    """The points of a path made of relative steps."""
    out = []
    for ring in re.findall(r"M(\d+) (\d+)l([-\d ]+)z", path):
        x, y = int(ring[0]), int(ring[1])
        out.append((x, y))
        steps = [int(n) for n in re.findall(r"-?\d+", ring[2])]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            out.append((x, y))
    return out


def test_the_map_of_a_region_is_as_large_as_it_can_be() -> None:
    drawing = france.some(contours(), ["22", "29", "35", "56"], 420, 420)
    xs = [x for part in drawing.parts for x, _ in corners(part.path)]

    assert max(xs) - min(xs) > 400
    assert drawing.height < 420


def test_a_register_without_outlines_has_squares_and_no_error() -> None:
    assert france.whole({}).parts == ()
    assert france.some({}, ["35"], 100, 100).parts == ()


def test_north_is_above_and_east_on_the_right() -> None:
    shapes = contours()
    lille, nice, brest = (outlines.extent([outlines.conic(shapes[c])]) for c in ("59", "06", "29"))

    assert lille.y < brest.y < nice.y
    assert brest.x < lille.x < nice.x


def test_what_changed_since_the_last_edition_is_what_the_indicator_counts() -> None:
    moved = content(
        **edited("publications", ",57,3,2022-11-20,moisson,publie", ",0,,,moisson,vide")
    )
    said = text(home(moved))

    for flow, told in (
        ("entrees", "Aucun nouvel organisme n’ouvre ses données"),
        ("sorties", "1 organisme ne publie plus"),
    ):
        figure = moved.story.figures.at("I2", (flow, "ensemble"))
        assert figure is not None
        assert told.startswith(figure.text if figure.part else "Aucun")
        assert told in said
    assert "Depuis l’édition 2022 (31 décembre 2022)" in said
    assert "Rennes Métropole (Ille-et-Vilaine)" in said


def test_what_changed_since_the_last_version_is_told_with_its_tables() -> None:
    before = Past(
        "v0.9.0", "2024-05-01", register(**edited("publications", ",30,,2022", ",12,,2022"))
    )
    version = replace(content(), past=lambda chosen: [before][chosen])
    said = text(home(version))

    assert "Depuis la version v0.9.0 (1er mai 2024)" in said
    assert "Publications : 1 ligne modifiée" in said


def test_tables_of_which_a_past_version_was_not_read_are_not_said_to_be_new() -> None:
    read = {path_of(name) for name in NEEDED}
    known = content().files
    part = Memory({p: c for p, c in known.items() if p.startswith("schemas/") or p in read})
    before = Past("v0.9.0", "2024-05-01", Register(part))
    told = replace(content(), past=lambda chosen: [before][chosen]).news

    assert told is not None
    assert told.tables == ()


def test_a_register_without_any_past_says_nothing_of_changes() -> None:
    alone = content()
    files = {p: c for p, c in alone.files.items() if not p.startswith("data/editions/")}
    version = replace(alone, files=Memory(files))

    assert version.news is None
    assert "Ce qui a changé" not in text(home(version))


def test_the_search_box_leads_to_the_explorer(page: Seen) -> None:
    (form,) = page.all("form")

    assert form.attrib["action"] == "explorer/index.html"
    assert [e.attrib["name"] for e in page.all("input")] == ["q"]
    assert any("form-action 'self'" in e.get("content", "") for e in page.all("meta"))


def test_figures_of_the_curve_are_in_its_tables(page: Seen, version: Content) -> None:
    (drawing,) = [e for e in page.all("svg") if e.get("class") == "dessin"]
    halos = [e for e in drawing.iter() if "halo" in (e.get("class") or "")]
    shown = [words(text) for group in halos for text in group]
    told = {stop.text for stop in version.story.published()}
    told |= {e.collectivites.text for e in version.story.editions()}

    assert shown
    assert {*shown} <= told


def test_the_note_of_the_outlines_says_where_they_come_from() -> None:
    note = (ROOT / "data/reference/contours/LISEZMOI.md").read_text(encoding="utf-8")

    assert "IGN, Admin Express" in note
    assert "Licence Ouverte" in note
    assert Path(OUTLINES).name.startswith("departements")


def test_a_past_register_is_read_when_it_is_asked_and_not_before() -> None:
    def never(_: slice) -> list[Past]:
        raise AssertionError

    version = replace(content(), past=never)
    assert Register(version.files).vintages() == ["2022"]
    assert next(iter(plan(replace(version, past=lambda _: [])))).path
