"""The browser of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser


def test_a_browser_renders_text_and_runs_scripts(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>Été</h1>")

    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().height") > 0
    assert page.inner_text("h1") == "Été"
    page.close()


def test_a_session_without_a_browser_fails_in_one_line_that_says_what_to_install(
    tmp_path: Path,
) -> None:
    here = Path(__file__).parents[2]
    (tmp_path / "test_rien.py").write_text(
        f"""import os, sys
sys.path.insert(0, {str(here)!r})
from pathlib import Path
from chromium import Program, launched

def test_rien():
    with launched(Program(Path("/bin/false"), dict(os.environ))):
        pass

def test_suivant():
    pass
""",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "Il manque un navigateur qui démarre : « apt-get install chromium »" in done.stdout
    assert "passed" not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
