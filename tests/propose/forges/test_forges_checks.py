"""What GitHub's runs and statuses of a commit say together: nothing merges on half an answer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from observatoire.propose.forges import MergeRequest
from observatoire.propose.forges.github_merger import GitHubMerger

REQUEST = MergeRequest(1, "", "", "bot-x", "main", "ouverte", (), False, "", "abc", "", "")
GREEN, RED = ("completed", "success"), ("completed", "failure")
RUNNING = ("in_progress", None)


class Commits:
    """A repository of GitHub that only knows what was run on the commit of the request."""

    url = "https://api.example"

    def __init__(self, runs: list[tuple[str, str | None]], statuses: list[str]) -> None:
        self.said = {
            f"{self.url}/commits/abc/check-runs?per_page=100": {
                "check_runs": [{"status": s, "conclusion": c} for s, c in runs]
            },
            f"{self.url}/commits/abc/status": {"statuses": [{"state": s} for s in statuses]},
        }

    def _get(self, url: str) -> str:
        return url

    def _json(self, url: str, _: int) -> Any:
        return self.said[url]


@pytest.mark.parametrize(
    ("runs", "statuses", "checks"),
    [
        ([], [], "absents"),
        ([GREEN], [], "verts"),
        ([], ["success"], "verts"),
        ([GREEN, GREEN], ["success"], "verts"),
        ([GREEN, RED], [], "rouges"),
        ([GREEN], ["failure"], "rouges"),
        ([RED, RUNNING], [], "rouges"),
        ([RUNNING], [], "en cours"),
        ([GREEN], ["pending"], "en cours"),
        ([], ["pending"], "en cours"),
    ],
)
def test_all_must_have_ended_well(
    runs: list[tuple[str, str | None]], statuses: list[str], checks: str
) -> None:
    client = SimpleNamespace(_repository=Commits(runs, statuses), _ask=lambda _, call: call())
    assert GitHubMerger(cast(Any, client)).checks(REQUEST) == checks
