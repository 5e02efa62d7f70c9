"""The whole loop, as a newcomer runs it: a clone, the demonstration, a look at what it left."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from observatoire import git


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(__file__).parent.parent
    return git.clone(str(root), tmp_path_factory.mktemp("clone") / "depot").path


@pytest.fixture(scope="module")
def shown(clone: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "observatoire", "demo"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


TOTALS = re.compile(r"Ensemble +(\d+) sur (\d+) .*?(\d+) sur (\d+) .*?(\d+) sur (\d+)")


def test_the_bot_finds_what_people_found(shown: str) -> None:
    totals = TOTALS.search(shown)
    assert totals is not None
    entries, all_entries, counts, all_counts, right, decided = map(int, totals.groups())

    assert entries / all_entries >= 0.98
    assert counts / all_counts >= 0.99
    assert right / decided >= 0.995


def test_the_second_round_proposes_nothing(shown: str, clone: Path) -> None:
    again = shown.split("── Recommencer")[1]
    requests = clone / ".observatoire/demo/.observatoire/forge/merge-requests"

    states = [json.loads(p.read_text())["state"] for p in requests.glob("*.json")]
    opened = shown.split("── Accepter", maxsplit=1)[0].count(" ouverte : ")
    assert "Rien n'a changé." in again
    assert again.count("rien à proposer.") == opened
    assert set(states) == {"fusionnee"}
    assert len(states) >= opened  # questions beyond those that one request asks come in another


def test_a_release_and_a_page_are_made(shown: str, clone: Path) -> None:
    demo = clone / ".observatoire/demo"

    assert git.Repo(demo).line("tag", "--list") == "v1.0.0"
    assert "v1.0.0" in (demo / "public/index.html").read_text(encoding="utf-8")


def test_the_newcomer_s_own_tree_is_untouched(shown: str, clone: Path) -> None:
    found = git.Repo(clone).line("status", "--porcelain", "--ignored").splitlines()
    assert [line for line in found if "__pycache__" not in line] == ["!! .observatoire/"]
