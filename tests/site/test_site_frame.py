"""The frame of the site: what is written, when; menu, map of the site, previews."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_register import files
from small_site import PROJECT, content, edited_content, repository

from observatoire import cli
from observatoire.git import Repo
from observatoire.site import fingerprint, output, pages, render, sitemap
from observatoire.site.build import Planned, build, plan
from observatoire.site.page import Entry, Frame, Page

TEMPLATES = Path(render.__file__).parent / "templates"


def read(folder: Path) -> dict[str, bytes]:
    found = (p for p in folder.rglob("*") if p.is_file() and p.name != output.NOTE)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def test_pages_are_planned_one_at_a_time_and_none_is_made_before_it_is_asked() -> None:
    planned = plan(content())

    assert next(planned).path
    assert not isinstance(planned, list)


def test_every_path_is_made_once() -> None:
    paths = [p.path for p in plan(content())]

    assert len(paths) == len(set(paths))


def test_what_is_written_is_what_is_built(tmp_path: Path) -> None:
    output.write(tmp_path, plan(content()))

    assert read(tmp_path) == dict(build(content()))


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    output.write(tmp_path, plan(content()))
    done = output.write(tmp_path, plan(content()))

    assert (done.written, done.gone) == ([], [])
    assert done.files > done.rendered


def test_after_a_change_the_folder_is_as_if_built_anew(tmp_path: Path) -> None:
    output.write(tmp_path / "one", plan(content()))
    done = output.write(tmp_path / "one", plan(edited_content()))
    output.write(tmp_path / "two", plan(edited_content()))

    assert read(tmp_path / "one") == read(tmp_path / "two")
    assert 0 < len(done.written) < done.files


def plans(contents: dict[str, str]) -> list[Planned]:
    return [
        Planned(path, fingerprint.of(text.encode()) if len(text) % 2 else "", text.encode)
        for path, text in contents.items()
    ]


SITES = st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "e/f/g"]), st.text(max_size=4))


@given(st.lists(SITES, min_size=1, max_size=4))
def test_any_series_of_sites_ends_as_the_last_one(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("site")
    for site in sites:
        output.write(folder, plans(site))

    assert read(folder) == {path: text.encode() for path, text in sites[-1].items()}


def test_a_page_that_somebody_touched_is_written_again(tmp_path: Path) -> None:
    output.write(tmp_path, plans({"a": "x"}))
    (tmp_path / "a").write_text("y", encoding="utf-8")
    os.utime(tmp_path / "a", (0, 0))

    assert output.write(tmp_path, plans({"a": "x"})).written == ["a"]


def test_a_page_without_a_change_is_not_even_rendered(tmp_path: Path) -> None:
    output.write(tmp_path, plans({"a": "x"}))

    def never() -> bytes:
        raise AssertionError

    done = output.write(tmp_path, [Planned("a", fingerprint.of(b"x"), never)])

    assert done.rendered == 0


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à moi", encoding="utf-8")
    (tmp_path / output.NOTE).write_text('{"../voisin": ["", 0, 0]}', encoding="utf-8")
    (tmp_path.parent / "voisin").write_text("à toi", encoding="utf-8")
    output.write(tmp_path, plans({"a": "x"}))

    assert (tmp_path / "notes.txt").exists()
    assert (tmp_path.parent / "voisin").exists()


@pytest.mark.parametrize("note", ["", "[]", "{", '{"a": 1}', '{"a": ["x", "y", "z"]}', "null"])
def test_a_note_that_cannot_be_read_is_no_note(tmp_path: Path, note: str) -> None:
    (tmp_path / output.NOTE).write_text(note, encoding="utf-8")

    assert output.write(tmp_path, plans({"a": "x"})).written == ["a"]


NOWHERE = Frame("")


def digest(page: Page, frame: Frame = NOWHERE) -> str:
    return fingerprint.of_page(page, frame)


def test_a_closed_page_is_another_as_soon_as_anything_of_it_changes() -> None:
    page = Page("a/index.html", "a.html.j2", {"nom": "A", "jeux": [1]}, closed=True)

    others = [
        digest(replace(page, path="b/index.html")),
        digest(replace(page, template="b.html.j2")),
        digest(replace(page, values={"nom": "A", "jeux": [2]})),
        digest(replace(page, csp="default-src *")),
        digest(page, Frame("", "https://exemple.fr")),
        digest(page, Frame("", preview=True)),
    ]
    assert len({digest(page), *others}) == 1 + len(others)
    assert digest(page) == digest(replace(page, values={"nom": "A", "jeux": [1]}))


def test_a_closed_page_that_is_given_more_than_plain_data_is_a_bug() -> None:
    with pytest.raises(TypeError):
        digest(Page("a", "a.html.j2", {"x": object()}, closed=True))


def test_the_menu_is_in_order_and_every_line_is_a_page() -> None:
    entries = pages.menu()

    assert entries[0] == Entry(0, "Accueil", "index.html")
    assert [e.order for e in entries] == sorted({e.order for e in entries})
    assert {e.path for e in entries} <= {p.path for p in plan(content())}


@pytest.mark.parametrize(
    ("entry", "path", "holds"),
    [
        ("index.html", "index.html", True),
        ("index.html", "regions/53/index.html", False),
        ("territoires/index.html", "territoires/index.html", True),
        ("territoires/index.html", "territoires/liste/index.html", True),
        ("territoires/index.html", "donnees/index.html", False),
    ],
)
def test_a_page_belongs_to_one_line_of_the_menu(entry: str, path: str, holds: bool) -> None:
    assert Entry(1, "", entry).holds(path) is holds


def test_without_an_address_nothing_absolute_is_written() -> None:
    made = dict(build(content()))

    assert "sitemap.xml" not in made
    assert made["robots.txt"] == b"User-agent: *\nAllow: /\n"
    assert b"og:url" not in made["index.html"]
    assert b'rel="self"' not in made["flux/35.xml"]


def test_with_an_address_pages_are_listed_and_can_be_shared() -> None:
    made = dict(build(content(address="https://exemple.fr/obs/")))

    assert b"Sitemap: https://exemple.fr/obs/sitemap.xml" in made["robots.txt"]
    listed = made["sitemap.xml"].decode()
    assert "<loc>https://exemple.fr/obs/</loc>" in listed
    assert "<loc>https://exemple.fr/obs/contribuer/</loc>" in listed
    assert listed.count("<loc>") == sum(p.endswith(".html") and p != "404.html" for p in made)
    assert (
        b'<meta property="og:image" content="https://exemple.fr/obs/og.png">'
        in (made["index.html"])
    )


def test_a_feed_says_where_it_is_and_which_page_of_the_site_it_goes_with() -> None:
    made = dict(build(content(address="https://exemple.fr/obs/")))
    feed = made["flux/35.xml"].decode()

    assert (
        'rel="self" type="application/atom+xml" href="https://exemple.fr/obs/flux/35.xml"' in feed
    )
    assert 'rel="alternate" type="text/html" href="https://exemple.fr/obs/departements/35/"' in feed
    assert "departements/35/index.html" in made


def test_a_site_of_more_pages_than_a_map_may_hold_has_several() -> None:
    paths = [f"organisations/{n:09}/index.html" for n in range(sitemap.MOST + 1)]
    made = {f.path: f.content for f in sitemap.files(Frame("", "https://exemple.fr"), paths)}

    assert sorted(made) == ["robots.txt", "sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert made["sitemap-1.xml"].count(b"<loc>") == sitemap.MOST
    assert b"<loc>https://exemple.fr/sitemap-2.xml</loc>" in made["sitemap.xml"]


def test_a_preview_says_so_everywhere_and_hides_from_search_engines() -> None:
    made = dict(build(content(address="https://exemple.fr", preview=True)))

    html = {path: page for path, page in made.items() if path.endswith(".html")}
    assert all("rien de ce qui suit n’est publié" in page.decode() for page in html.values())
    assert all(b'<meta name="robots" content="noindex">' in page for page in html.values())
    assert made["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    assert "sitemap.xml" not in made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register in its repository; the working folder has one line more than main."""
    folder = tmp_path / "registre"
    folder.mkdir()
    repository(folder)
    (folder / "data/organisations.csv").write_bytes(
        files()["data/organisations.csv"].replace(b"Rennes,COM", b"Rennes la belle,COM")
    )
    return folder


def site(root: Path, *words: str) -> tuple[int, bytes]:
    code = cli.main(["site", *words, "--depot", str(root), "--sortie", str(root / "page")])
    table = root / "page/donnees/organisations.csv"
    return code, table.read_bytes() if table.exists() else b""


def test_a_preview_of_the_folder_shows_what_is_not_committed(root: Path) -> None:
    code, page = site(root, "--travail")

    assert code == 0
    assert b"Rennes la belle" in page
    assert Repo(root).line("tag", "--list") == ""


def test_a_preview_of_a_branch_shows_the_branch(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = site(root, "--depuis-branche", "main")

    assert code == 0
    assert b"Rennes,COM" in page
    assert "Aperçu, rien n'est publié" in capsys.readouterr().out


def test_a_branch_that_does_not_exist_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site(root, "--depuis-branche", "ailleurs")[0] == 2
    assert "« ailleurs » n'est ni une branche" in capsys.readouterr().err


def test_an_address_that_is_none_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        site(root, "--adresse", "exemple.fr")
    assert "n'est pas une adresse http" in capsys.readouterr().err


def test_the_project_of_the_tests_is_public() -> None:
    assert content().project == PROJECT


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda p: p.name)
def test_no_line_of_a_page_begins_with_a_mark_that_french_sets_apart(path: Path) -> None:
    words = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)

    assert re.findall(r".{0,20} [?!;:»](?=[\s<\"]|$).{0,20}|« .{0,20}", words) == []
