"""The pages of indicators: every figure is that of the table, with what it counts."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from defusedxml import ElementTree
from small_site import content

from observatoire import french
from observatoire.indicators import discover
from observatoire.indicators.model import CURRENT, Header
from observatoire.site.build import build
from observatoire.site.content import Content
from observatoire.site.measures import families
from observatoire.site.render import prose

IDS = [i.HEADER.id for i in discover()]


class Rows(HTMLParser):
    """The rows of the tables of a page: the words of each cell, by the id that names the table."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self.table = ""
        self.feed(source.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.table = dict(attrs).get("aria-labelledby") or ""
            self.rows[self.table] = []
        if tag == "tr" and self.table:
            self.rows[self.table].append([])
        if tag in {"td", "th"} and self.table:
            self.rows[self.table][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.table = ""

    def handle_data(self, data: str) -> None:
        if self.table and self.rows[self.table] and self.rows[self.table][-1]:
            self.rows[self.table][-1][-1] += f" {data.strip()}" if data.strip() else ""


@pytest.fixture(scope="module")
def made(version: Content) -> dict[str, bytes]:
    return dict(build(version))


def text(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


@pytest.mark.parametrize("header", [i.HEADER for i in discover()], ids=IDS)
def test_every_figure_of_a_page_is_that_of_the_table(
    version: Content, made: dict[str, bytes], header: Header
) -> None:
    tables = Rows(made[f"indicateurs/{header.id}/index.html"]).rows
    rows = [r for r in version.table("indicateurs.csv").records() if r["indicateur"] == header.id]

    columns = [column for table in tables.values() for column in values(table)]

    for dimension in header.dimensions:
        expected = [
            french.measure(r["valeur"], r["unite"])
            for r in rows
            if r["dimension"] == dimension.nom and r["millesime"] == CURRENT and r["valeur"]
        ]
        assert any(follows(column, expected) for column in columns), dimension.nom


def follows(column: list[str], figures: list[str]) -> bool:
    """Whether figures stand one under the other in a column."""
    size = len(figures)
    return any(column[at : at + size] == figures for at in range(len(column) + 1))


def values(table: list[list[str]]) -> list[list[str]]:
    """The figures of each column, what each is counted among left out."""
    lines = [cells for cells in table if len(cells) > 1]
    wide = max(len(cells) for cells in lines)
    found = [[cells[at].split(" ")[1] for cells in lines[1:]] for at in range(1, wide)]
    return [[value for value in column if value != "–"] for column in found]


@pytest.mark.parametrize("header", [i.HEADER for i in discover()], ids=IDS)
def test_a_page_says_what_its_indicator_means(made: dict[str, bytes], header: Header) -> None:
    page = made[f"indicateurs/{header.id}/index.html"].decode()

    for words in (header.definition, header.formule, header.portee, header.limites):
        assert prose(words).replace("'", "&#39;").replace(">", "&gt;") in page


def test_the_list_gives_each_indicator_with_its_key_figure(made: dict[str, bytes]) -> None:
    page = made["indicateurs/index.html"].decode()

    for name in IDS:
        assert f'href="{name}/index.html"' in page
    assert "2 sur 11" in text(page.encode())
    assert "18,2\u202f%" in page


def test_every_indicator_is_in_one_family() -> None:
    grouped = families.grouped(i.HEADER for i in discover())

    assert sorted(h.id for _, found in grouped for h in found) == sorted(IDS)
    assert families.OTHERS not in [family for family, _ in grouped]


def test_charts_are_files_that_say_their_source(made: dict[str, bytes]) -> None:
    charts = {n: data for n, data in made.items() if n.endswith(".svg") and "indicateurs/" in n}

    assert "indicateurs/I4/i4-population-communes.svg" in charts
    for data in charts.values():
        assert "version v1.0.0 du 23 novembre 2026" in " ".join(
            ElementTree.fromstring(data).itertext()
        )


def test_the_table_of_an_indicator_is_beside_its_page(
    version: Content, made: dict[str, bytes]
) -> None:
    name = "indicateurs/i03_taux_ouverture.csv"

    assert made["indicateurs/I3/i03_taux_ouverture.csv"] == version.files[f"publication/{name}"]


def test_published_figures_stand_beside_ours_with_the_reason(made: dict[str, bytes]) -> None:
    page = text(made["indicateurs/I3/index.html"])

    assert "Publié 50 % 2 sur 4 Calculé" in page
    assert "Autre liste de collectivités obligées." in page


def test_what_cannot_be_worked_out_is_not_a_zero(made: dict[str, bytes]) -> None:
    page = text(made["indicateurs/I16/index.html"])

    assert "Rien ne permet encore de calculer ces chiffres : ce n’est pas un zéro." in page
    assert "Aucune moisson ne le dit." in page
    assert "<svg" not in made["indicateurs/I16/index.html"].decode()


def test_hostile_names_are_harmless_in_a_page_and_in_its_charts() -> None:
    bad = content()
    path = "publication/indicateurs/i15_cooperation.csv"
    told = bad.files[path].decode()
    bad.files[path] = told.replace("Mutualisée", "<b onclick=x>&").encode()
    made = dict(build(bad))

    page = made["indicateurs/I15/index.html"].decode()
    assert "&lt;b onclick=x&gt;&amp;" in page
    assert "<b onclick" not in page
    charts = [data.decode() for n, data in made.items() if n.startswith("indicateurs/I15/i15-")]
    assert not any("<b onclick" in c for c in charts if c.startswith("<svg"))


def test_a_page_is_light(made: dict[str, bytes]) -> None:
    sheets = sum(len(made[name]) for name in ("style.css", "documents.css"))

    for name in IDS:
        assert len(made[f"indicateurs/{name}/index.html"]) + sheets < 150_000


def test_the_key_figure_has_its_own_scope(made: dict[str, bytes]) -> None:
    page = text(made["indicateurs/I4/index.html"])

    assert "Communes d’au moins 3 500 habitants, toute la France." in page.partition("Part des")[0]


def test_several_things_by_the_same_places_share_a_table(made: dict[str, bytes]) -> None:
    tables = Rows(made["indicateurs/I9/index.html"]).rows

    assert [cell.split()[:2] for cell in tables["t-par-type"][0][1:]] == [
        ["Borne", "basse"],
        ["Borne", "haute"],
    ]
    assert "i6-parts-region.svg" in made["indicateurs/I6/index.html"].decode()


def test_a_figure_on_a_card_is_told_in_words_that_need_no_other_title(
    made: dict[str, bytes],
) -> None:
    page = text(made["indicateurs/I4/index.html"])

    assert "Communes d’au moins 3 500 habitants qui publient au moins un jeu" in page
    assert "par type : Commune" not in page


@pytest.mark.parametrize("place", families.PLAIN)
def test_plain_words_are_those_of_a_figure_that_exists(
    version: Content, place: families.Code
) -> None:
    figures = version.table("indicateurs.csv").records()

    assert place in {(r["indicateur"], r["dimension"], r["modalite"]) for r in figures}
