"""The page of the checks follows the checks."""

from __future__ import annotations

from pathlib import Path

from observatoire import cli
from observatoire.validate import engine, page


def test_the_committed_page_is_up_to_date(root: Path) -> None:
    assert (root / page.PATH).read_text("utf-8") == page.render(engine.discover())


def test_every_check_has_its_section() -> None:
    text = page.render(engine.discover())
    for check in engine.discover():
        assert f"\n## {check.CODE}\n" in text


def test_the_command_writes_the_page_once(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "datapackage.json").write_text("{}")
    assert cli.main(["validate", "--depot", str(tmp_path), "--page"]) == 0
    written = (tmp_path / page.PATH).read_bytes()
    assert written.startswith("# Les contrôles".encode())
    assert cli.main(["validate", "--depot", str(tmp_path), "--page"]) == 0
    assert (tmp_path / page.PATH).read_bytes() == written
