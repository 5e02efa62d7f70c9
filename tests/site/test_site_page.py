"""The public page: figures that are those of the table, nothing asked of others, text escaped."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from small_register import edited, files

from observatoire.files import Memory
from observatoire.publish import assets
from observatoire.publish.assemble import assemble
from observatoire.publish.draft import Draft
from observatoire.site.build import build
from observatoire.site.content import Content

PROJECT = "https://gitlab.com/groupe/observatoire"
DATAMI = "explorer/datami/index.html"
PAGES = (
    *("index.html", "explorer/index.html", DATAMI, "tableau/index.html"),
    *("contribuer/index.html", "contribuer/tables/index.html"),
)
LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


def site(project: str = PROJECT, **changed: str) -> dict[str, bytes]:
    made = files(**changed)
    made |= assemble(Draft(made, "v1.0.0", "2026-11-23", project), {"CHANGEMENTS.md": b"# v1\n"})
    content = Content(
        Memory(made), "v1.0.0", "2026-11-23", assets.build(made, "v1.0.0", "2026-11-23")
    )
    return dict(build(content))


class Page(HTMLParser):
    """What a page holds: elements, their attributes, and its text; refuses a badly nested one."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(source.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return site()


def policy(page: Page) -> str:
    return next(
        m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_from_elsewhere_by_itself(made: dict[str, bytes], name: str) -> None:
    page = Page(made[name])

    for tag, attribute in LOADS.items():
        for found in page.all(tag):
            assert not found[attribute].startswith(("http:", "https:", "//", "data:")), found


@pytest.mark.parametrize("name", PAGES)
def test_no_script_or_style_is_written_in_the_page(made: dict[str, bytes], name: str) -> None:
    page = Page(made[name])

    assert all(attrs.get("src") for attrs in page.all("script"))
    assert page.all("style") == []
    for _, attrs in page.elements:
        assert not any(a == "style" or a.startswith("on") for a in attrs if a != "onlypreview")


def test_the_home_page_has_a_strict_policy(made: dict[str, bytes]) -> None:
    rules = policy(Page(made["index.html"]))

    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    assert "http" not in rules


def test_the_explorer_reads_its_index_and_nothing_else(made: dict[str, bytes]) -> None:
    rules = policy(Page(made["explorer/index.html"]))

    assert rules.startswith("default-src 'none'")
    assert "connect-src 'self'" in rules
    assert "unsafe" not in rules
    assert "http" not in rules


def test_the_page_of_datami_allows_its_hosts_only(made: dict[str, bytes]) -> None:
    rules = policy(Page(made[DATAMI]))

    assert "https://datami-widget.multi.coop" in rules
    assert "connect-src https://gitlab.com " in rules
    assert "unsafe-eval" not in rules
    assert re.search(r"script-src [^;]*unsafe", rules) is None


def test_the_widget_waits_in_a_template_pinned_to_the_tag(made: dict[str, bytes]) -> None:
    page = Page(made[DATAMI])
    (widget,) = page.all("datami-file")

    assert widget["gitfile"] == f"{PROJECT}/-/raw/v1.0.0/publication/vue-datami.csv"
    assert widget["onlypreview"] == "true"
    assert f"{PROJECT}/-/raw/v1.0.0/publication/datami/schema.json" in widget["options"]
    before = made[DATAMI].decode().partition("<datami-file")[0]
    assert before.rstrip().endswith("<template>")


def test_a_forge_that_datami_cannot_read_has_no_widget_and_says_so() -> None:
    made = site("https://git.example.org/a/b")

    assert "ne sait pas lire le dépôt" in Page(made["explorer/index.html"]).text
    assert Page(made[DATAMI]).all("datami-file") == []


def test_the_tables_of_main_are_edited_with_settings_of_the_version(made: dict[str, bytes]) -> None:
    page = Page(made["contribuer/tables/index.html"])
    (widget,) = page.all("datami-multi-files")
    tabs = json.loads(widget["gitfiles"])

    assert [t["title"] for t in tabs][:1] == ["Organisations"]
    assert all(t["gitfile"].startswith(f"{PROJECT}/-/raw/main/data/") for t in tabs)
    assert all("/v1.0.0/" in t["options"]["schema"]["file"] for t in tabs)
    assert "usertoken" not in widget


def test_a_forge_that_datami_cannot_read_says_where_to_propose() -> None:
    page = Page(site("https://git.example.org/a/b")["contribuer/tables/index.html"])

    assert page.all("datami-multi-files") == []
    assert "https://git.example.org/a/b" in [a.get("href") for a in page.all("a")]


def test_each_departement_has_a_feed_to_follow(made: dict[str, bytes]) -> None:
    for code in ("01", "35", "93", "974"):
        page = Page(made[f"departements/{code}/index.html"])
        feeds = [a["href"] for a in page.all("a") if a.get("type") == "application/atom+xml"]

        assert feeds == [f"../../flux/{code}.xml"]
    assert b"Ille-et-Vilaine" in made["flux/35.xml"]


def test_pages_are_french_with_one_title_and_a_way_to_the_content(made: dict[str, bytes]) -> None:
    for name in PAGES:
        page = Page(made[name])

        assert page.all("html") == [{"lang": "fr"}]
        assert len(page.all("h1")) == len(page.all("main")) == 1
        (title,) = re.findall("^<title>(.*)</title>", made[name].decode(), re.M)
        assert title.endswith("Observatoire open data des territoires")
        assert page.all("a")[0]["href"] == "#contenu"


def test_key_figures_are_those_of_the_table_with_their_evidence(made: dict[str, bytes]) -> None:
    text = Page(made["index.html"]).text

    assert "18,2 % des collectivités obligées" in text
    assert "2 sur 11, au 23 novembre 2026" in text
    assert "intercommunalités (EPCI, EPT) et communes d’au moins 3 500 habitants" in text
    assert "18,2\u202f%" in made["index.html"].decode()


def test_published_figures_stand_beside_ours_on_the_page(made: dict[str, bytes]) -> None:
    assert "Une ligne vide, en trop." in Page(made["indicateurs/I1/index.html"]).text
    assert "−31,8 points" in Page(made["indicateurs/I3/index.html"]).text


def test_the_explorer_lists_names_without_javascript(made: dict[str, bytes]) -> None:
    text = Page(made["explorer/index.html"]).text

    for name in ("Rennes Métropole", "Syndicat mixte du nord parisien", "Clémenciat"):
        assert name in text


HOSTILE = """L'<script>alert(1)</script> "&' \u202e gauche"""


def test_hostile_names_are_inert() -> None:
    made = files()
    made |= assemble(Draft(made, "v1.0.0", "2026-11-23", PROJECT), {})
    view = made["publication/vue-datami.csv"].decode()
    bad = view.replace("Rennes Métropole,MET", f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",MET')
    bad = bad.replace("https://data.rennesmetropole.fr,", "javascript:alert(1),")
    assert bad != view
    made["publication/vue-datami.csv"] = bad.encode()
    done = dict(build(Content(Memory(made), "v1.0.0", "2026-11-23", {})))
    page = Page(done["explorer/index.html"])

    assert [s.get("src") for s in page.all("script")] == ["../explorer/index.js", "../site.js"]
    assert "javascript:" not in done["explorer/index.html"].decode()
    assert HOSTILE.split(maxsplit=1)[0] in page.text


def test_a_page_is_light(made: dict[str, bytes]) -> None:
    weight = sum(len(made[n]) for n in ("index.html", "style.css", "site.js", "icone.svg"))

    assert weight < 150_000


def test_the_explorer_is_light_without_its_index(made: dict[str, bytes]) -> None:
    own = [n for n in made if n.startswith("explorer/") and n.endswith((".html", ".js", ".css"))]

    assert sum(len(made[n]) for n in (*own, "style.css", "site.js")) < 100_000


def test_the_former_address_of_the_table_leads_to_the_explorer(made: dict[str, bytes]) -> None:
    page = Page(made["tableau/index.html"])
    (refresh,) = [m for m in page.all("meta") if m.get("http-equiv") == "refresh"]

    assert refresh["content"] == "0; url=../explorer/index.html"


def test_the_page_says_what_is_inherited() -> None:
    changed = edited("publications", ",57,3,2022-11-20,moisson,", ",57,3,2022-11-20,reprise,")

    assert "2 publications sur 4" in Page(site(**changed)["index.html"]).text


PAIRS = (
    ("encre", "papier"),
    ("encre", "carte"),
    ("discret", "papier"),
    ("discret", "carte"),
    ("accent", "papier"),
    ("sur-nuit", "nuit"),
    ("sur-nuit-2", "nuit"),
    ("or", "nuit"),
)


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_colours_have_the_contrast_of_wcag_aa(front: str, back: str, dark: bool) -> None:
    sheet = (
        Path(__file__).parents[2] / "scripts/observatoire/site/templates/static/style.css"
    ).read_text(encoding="utf-8")
    light, night = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light + (night if dark else "")))
    high, low = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)

    assert (high + 0.05) / (low + 0.05) >= 4.5
