"""The whole site, all pages: links, figures, weight, hostile data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from small_register import register
from small_site import DATE, content
from whole import Seen, pages, target, words

from observatoire import french
from observatoire.files import Memory
from observatoire.indicators import files as measures
from observatoire.indicators import snapshot
from observatoire.indicators.tidy import KEY
from observatoire.site.build import build

LIGHT = 150_000


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(build(content()))


@pytest.fixture(scope="module")
def seen(made: dict[str, bytes]) -> list[Seen]:
    return pages(made)


def test_every_link_and_anchor_resolves(made: dict[str, bytes], seen: list[Seen]) -> None:
    ids = {page.path: {*page.ids} for page in seen}
    broken = []
    for page in seen:
        for address in page.links():
            found = target(page.path, address)
            if found is None:
                continue
            file, anchor = found
            if file not in made or (anchor and anchor not in ids[file]):
                broken.append((page.path, address))

    assert broken == []


def test_every_page_can_be_reached_from_the_home_page(
    made: dict[str, bytes], seen: list[Seen]
) -> None:
    by_path = {page.path: page for page in seen}
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        page = by_path[ahead.pop()]
        found = {t[0] for address in page.links() if (t := target(page.path, address))}
        new = {path for path in found if path in by_path} - reached
        reached |= new
        ahead += new

    assert sorted({*by_path} - reached - MOVED) == []


MOVED = {"tableau/index.html", "404.html"}
"""An old address, which leads to the new one; what is served where there is nothing."""


def test_a_browser_has_nothing_to_guess(seen: list[Seen]) -> None:
    assert [(page.path, page.errors) for page in seen if page.errors] == []


def test_ids_are_unique_and_what_names_or_fills_exists(seen: list[Seen]) -> None:
    for page in seen:
        assert len(page.ids) == len({*page.ids}), page.path
        for _, element in page.elements:
            named = f"{element.get('aria-labelledby', '')} {element.get('for', '')}"
            assert {*named.split()} <= {*page.ids}, page.path
            filled = re.fullmatch(r"url\(#(.*)\)", element.get("fill", ""))
            assert filled is None or filled[1] in page.ids, page.path


def test_every_page_is_french_with_one_title_one_main_and_a_way_to_it(seen: list[Seen]) -> None:
    for page in seen:
        assert page.root.attrib["lang"] == "fr"
        assert len(page.all("h1")) == len(page.all("main")) == 1, page.path
        assert page.all("a")[0].attrib["href"] == "#contenu"
        (title,) = [t for t in page.all("title") if t in [*page.all("head")[0]]]
        assert words(title).endswith("Observatoire open data des territoires"), page.path


def test_titles_say_which_page_it_is(seen: list[Seen]) -> None:
    titles = Counter(words(page.all("title")[0]) for page in seen)

    assert [title for title, count in titles.items() if count > 1] == []


def test_the_part_of_the_site_is_marked_in_the_menu(seen: list[Seen]) -> None:
    for page in seen:
        current = [e for e in page.all("a") if "aria-current" in e.attrib]
        assert all(e.attrib["aria-current"] in {"page", "true"} for e in current), page.path
        if page.path.split("/")[0] in {"territoires", "indicateurs", "contribuer", "index.html"}:
            assert current, page.path


def loaded(page: Seen) -> list[str]:
    """What a page loads by itself."""
    sheets = [e.attrib["href"] for e in page.all("link") if e.get("rel") in {"stylesheet", "icon"}]
    others = [e.attrib["src"] for tag in ("script", "img", "iframe") for e in page.all(tag)]
    return [*sheets, *others]


def test_no_page_loads_anything_from_elsewhere(made: dict[str, bytes], seen: list[Seen]) -> None:
    for page in seen:
        for address in loaded(page):
            found = target(page.path, address)
            assert found is not None, (page.path, address)
            assert found[0] in made


def test_no_page_weighs_more_than_150_kb_with_all_that_it_loads(
    made: dict[str, bytes], seen: list[Seen]
) -> None:
    for page in seen:
        files = {t[0] for address in loaded(page) if (t := target(page.path, address))}
        assert len(page.source) + sum(len(made[f]) for f in files) < LIGHT, page.path


def test_no_script_nor_style_is_written_in_a_page(seen: list[Seen]) -> None:
    for page in seen:
        assert page.all("style") == []
        assert [e for e in page.all("script") if not e.get("src") or words(e)] == []
        for _, element in page.elements:
            assert not any(a == "style" or re.match(r"on(?!lypreview)", a) for a in element.attrib)


def test_pages_that_need_nobody_have_a_policy_that_allows_nobody(seen: list[Seen]) -> None:
    strict = 0
    for page in seen:
        (rules,) = [
            e.attrib["content"]
            for e in page.all("meta")
            if e.get("http-equiv") == "Content-Security-Policy"
        ]
        assert rules.startswith("default-src 'none'"), page.path
        assert "unsafe-eval" not in rules
        assert re.search(r"script-src [^;]*unsafe", rules) is None
        strict += "http" not in rules and "unsafe" not in rules

    assert strict >= len(seen) - 3


def test_every_figure_is_that_of_the_table_recomputed(seen: list[Seen]) -> None:
    """Each element that says which figure it shows shows it, with its numerator and all."""
    again = measures.make(register(), snapshot.snapshots(register(), DATE)).figures.by(*KEY)
    shown = 0
    for page in seen:
        for _, element in page.elements:
            if key := element.get("data-chiffre"):
                row = again[tuple(key.split("/"))]
                assert words(element) == french.measure(row["valeur"], row["unite"]), page.path
                shown += 1
            if key := element.get("data-rapport"):
                row = again[tuple(key.split("/"))]
                ratio = french.ratio(row["numerateur"], row["denominateur"])
                assert words(element) == ratio, page.path
                shown += 1

    assert shown > 60


HOSTILE = """L'<script>alert(1)</script> "&' \u202e\u2067 gauche"""
CELL = '"{}"'.format(HOSTILE.replace('"', '""'))
NAMES = ("Rennes", "Rennes Métropole", "Ille-et-Vilaine", "Bretagne", "data.gouv.fr", "Culture")


def poisoned() -> dict[str, bytes]:
    """The site of a register whose names and addresses are those of an attacker."""
    clean = content()
    files = dict(clean.files)
    for path, source in clean.files.items():
        if path.endswith(".csv") and path.startswith(("data/", "publication/")):
            text = source.decode()
            for name in NAMES:
                text = re.sub(f"(?<=,){name}(?=,)", lambda _: CELL, text)
            text = text.replace("https://data.rennesmetropole.fr", "javascript:alert(1)//")
            files[path] = text.encode()
    assert files["data/organisations.csv"].count(b"<script>") == 2
    return dict(build(replace(clean, files=Memory(files))))


@pytest.fixture(scope="module")
def bad() -> list[Seen]:
    return pages(poisoned())


def test_hostile_names_make_no_element(bad: list[Seen], seen: list[Seen]) -> None:
    def shape(page: Seen) -> Counter[tuple[str, ...]]:
        return Counter((tag, *sorted(e.attrib)) for tag, e in page.elements if tag not in MAYBE)

    clean = {page.path: shape(page) for page in seen}
    assert [p.path for p in bad] == [*clean]
    for page in bad:
        assert page.errors == [], page.path
        assert set(shape(page)) <= set(clean[page.path]), page.path


MAYBE = {"a", "small", "option"}
"""An address that is none of the web makes no link; two themes may become one."""


def test_hostile_names_are_read_as_they_are_without_what_turns_words_over(bad: list[Seen]) -> None:
    plain = HOSTILE.replace("\u202e", "").replace("\u2067", "")
    (home,) = [p for p in bad if p.path == "organisations/213502388/index.html"]

    assert words(home.all("h1")[0]) == plain
    for page in bad:
        assert "\u202e" not in page.source.decode(), page.path
        assert "<script>alert" not in page.source.decode(), page.path
        assert all(not a.startswith("javascript:") for a in page.links()), page.path
