"""Each link of the documentation leads to a file that is there, and to a heading of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatoire.site.markdown import anchor

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "scripts/README.md"],
)
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.M)
TEMPLATES = re.compile(r"\*\*(Signaler [^*]+)\*\*")


def links(page: Path) -> Iterator[tuple[str, str]]:
    for found in LINK.finditer(page.read_text("utf-8")):
        yield found[1], found[2] or ""


def anchors(page: Path) -> set[str]:
    """The ids that a forge gives to the headings of a page."""
    titles = HEADING.findall(page.read_text("utf-8"))
    plain = {re.sub(r"[^\w -]", "", t.lower()).replace(" ", "-") for t in titles}
    return plain | {anchor(t) for t in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_each_link_leads_somewhere(page: Path) -> None:
    for target, part in links(page):
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), target
        if part and there.suffix == ".md":
            assert part in anchors(there), f"{target}#{part}"


def test_the_guide_names_the_templates_as_they_are() -> None:
    named = set(TEMPLATES.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert named == {p.stem for p in (ROOT / ".gitlab/issue_templates").glob("*.md")}
