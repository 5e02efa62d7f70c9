"""The whole site of the register of this folder, its pages made when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.git import Repo
from observatoire.publish import preview
from observatoire.site import build, pages, shelf
from observatoire.site.content import Content
from observatoire.site.page import Page
from observatoire.site.pages import territoires

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "scripts/observatoire/site/templates"
PROJECT = "https://gitlab.com/groupe/observatoire"
LEAVING = 'http-equiv="refresh"'
TRIED = 60
LISTED = 60
"""Organisations on a page of territory here: so that some département has a second page."""


def templates() -> list[str]:
    """The templates that are pages one can stay on; the others are pieces of them."""
    read = {p.name: p.read_text("utf-8") for p in TEMPLATES.glob("*.html.j2")}
    return sorted(
        name.removesuffix(".html.j2")
        for name, text in read.items()
        if text.startswith('{% extends "base.html.j2" %}') and LEAVING not in text
    )


@dataclass(frozen=True)
class Whole:
    """The site as a version would have it."""

    content: Content

    @cached_property
    def shelf(self) -> shelf.Shelf:
        """What a server gives."""
        return shelf.Shelf({p.path: p for p in build.plan(self.content)}, self.content.files)

    @cached_property
    def longest(self) -> dict[str, str]:
        """For each template, the path of the longest of its first pages: it shows the most."""
        paths: dict[str, list[str]] = defaultdict(list)
        for kind in pages.discover():
            for item in kind.pages(self.content):
                if isinstance(item, Page):
                    paths[item.template.removesuffix(".html.j2")].append(item.path)
        return {name: max(found[:TRIED], key=self._length) for name, found in paths.items()}

    def _length(self, path: str) -> int:
        return len(self.shelf.pages[path].make())


def whole() -> Whole:
    """What a release of this folder would publish."""
    with pytest.MonkeyPatch.context() as fewer:
        fewer.setattr(territoires, "SHOWN", LISTED)
        made = preview.of_folder(Repo(ROOT), Folder(ROOT), PROJECT)
        site = Whole(Content(made.files, made.tag, made.date, made.assets))
        assert site.longest
    return site
