"""Every kind of page is valid HTML, says html-validate.

Two of its counsels are not followed: a name may be longer than 70 characters, in a title too; and
what scrolls is a region of its own, where ``section`` would add space around it.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from real_site import Whole, templates

from node_tools import TOOLS, node_tool, with_node

LIGHT = 150_000
"""Bytes of a page, without what it shares with the others."""


def test_every_kind_of_page_is_valid(site: Whole, tmp_path: Path) -> None:
    for kind, path in site.longest.items():
        (tmp_path / f"{kind}.html").write_bytes(site.shelf.pages[path].make())
    done = subprocess.run(
        [
            node_tool("html-validate"),
            *("--config", TOOLS / ".htmlvalidate.json", "--formatter", "json", tmp_path),
        ],
        env=with_node(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    said = json.loads(done.stdout)

    assert [
        f"{Path(file['filePath']).name}:{m['line']} {m['ruleId']} {m['message']}"
        for file in said
        for m in file["messages"]
    ] == []
    assert done.returncode == 0
    assert len(list(tmp_path.glob("*.html"))) >= len(templates())


def test_what_is_not_valid_is_seen(tmp_path: Path) -> None:
    wrong = tmp_path / "faux.html"
    wrong.write_text("<!DOCTYPE html><p><div id=a></div><div id=a></div></p>", "utf-8")
    done = subprocess.run(
        [node_tool("html-validate"), "--config", TOOLS / ".htmlvalidate.json", wrong],
        env=with_node(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert done.returncode == 1
    assert "no-dup-id" in done.stdout


def test_every_page_of_the_register_is_light(site: Whole) -> None:
    pages = [p for path, p in site.shelf.pages.items() if path.endswith(".html")]
    sizes = {p.path: len(p.make()) for p in pages}

    assert {path: size for path, size in sizes.items() if size > LIGHT} == {}
    assert len(sizes) > len(templates())
