"""The site of this very register: every link of every page, and its weight."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from whole import target

from observatoire.files import Folder
from observatoire.git import Repo
from observatoire.publish import preview
from observatoire.site.build import build
from observatoire.site.content import Content

ROOT = Path(__file__).parents[2]
PROJECT = "https://gitlab.com/groupe/observatoire"
LIGHT = 150_000

ADDRESS = re.compile(rb'<(?:a|link|script|img|iframe|form)\b[^>]*? (?:href|src|action)="([^"]*)"')
LOADED = re.compile(rb'<(?:link rel="stylesheet" href|script src)="([^"]*)"')
IDS = re.compile(rb' id="([^"]*)"')


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Each file of the site."""
    made = preview.of_folder(Repo(ROOT), Folder(ROOT), PROJECT)
    return dict(build(Content(made.files, made.tag, made.date, made.assets)))


def texts(pattern: re.Pattern[bytes], page: bytes) -> Iterator[str]:
    return (html.unescape(found.decode()) for found in {*pattern.findall(page)})


def test_every_link_and_anchor_resolves(pages: dict[str, bytes]) -> None:
    ids = {path: {*texts(IDS, page)} for path, page in pages.items() if path.endswith(".html")}
    count, broken = 0, []
    for path in ids:
        for address in texts(ADDRESS, pages[path]):
            found = target(path, address)
            if found is None:
                continue
            count += 1
            if found[0] not in pages or (found[1] and found[1] not in ids[found[0]]):
                broken.append((path, address))

    assert broken == []
    assert count > 20 * len(ids)


def test_every_page_weighs_less_than_150_kb_with_what_it_loads(pages: dict[str, bytes]) -> None:
    heavy = {}
    for path, page in pages.items():
        if path.endswith(".html"):
            loaded = {found[0] for a in texts(LOADED, page) if (found := target(path, a))}
            weight = len(page) + sum(len(pages[file]) for file in loaded)
            if weight >= LIGHT:
                heavy[path] = weight

    assert heavy == {}


def test_there_is_a_page_for_each_organisation_and_each_place(pages: dict[str, bytes]) -> None:
    lines = pages["donnees/organisations.csv"].decode().splitlines()[1:]

    assert all(f"organisations/{line[:9]}/index.html" in pages for line in lines)
    assert sum(path.startswith("departements/") for path in pages) >= 101
    assert sum(path.startswith("regions/") for path in pages) >= 18
