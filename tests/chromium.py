"""Which Chromium the tests drive: the system's, else the one that an npm package carries."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from node_tools import MODULES, NODE, TOOLS, node_package, with_node

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
UNPACKED = MODULES / ".navigateur"
MISSING = "Il manque un navigateur qui démarre : « apt-get install chromium », puis relancez ({})."

QUIET = (
    "--no-sandbox",  # root has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Program:
    """A browser: its command, and what it needs around it."""

    command: Path
    environment: dict[str, str]


def installed() -> Program | None:
    """The browser of the system."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Program(Path(found), dict(os.environ)) if found else None


def packed() -> Program:
    """The browser of the npm package, unpacked at its first use (some seconds, 220 MB)."""
    node_package("@sparticuz/chromium")
    if not UNPACKED.exists():
        subprocess.run(
            ["node", TOOLS / "navigateur.mjs", UNPACKED],
            check=True,
            env=with_node(),
            timeout=100,
        )
    around = {
        "LD_LIBRARY_PATH": str(UNPACKED / "al2023" / "lib"),
        "FONTCONFIG_PATH": str(UNPACKED / "fonts"),
    }
    return Program(UNPACKED / "chromium", os.environ | around)


@contextmanager
def launched(program: Program | None = None) -> Iterator[Browser]:
    """A browser without a window; the session fails in one line when none starts."""
    chosen = program or installed() or packed()
    with pytest.MonkeyPatch.context() as around:
        # The Node.js that Playwright carries wants libatomic, which a fresh Debian has not.
        around.setenv("PLAYWRIGHT_NODEJS_PATH", str(NODE))
        with sync_playwright() as playwright:
            browser = _start(playwright, chosen)
            yield browser
            browser.close()


def _start(playwright: Playwright, program: Program) -> Browser:
    try:
        return playwright.chromium.launch(
            executable_path=program.command, args=list(QUIET), env=dict(program.environment)
        )
    except Error as refusal:
        lines = refusal.message.splitlines()
        pytest.exit(
            MISSING.format(next((x for x in lines if "error while" in x), lines[0])), returncode=1
        )
