"""Checks and statuses of commits on GitHub's face."""

from __future__ import annotations

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Routes, reply
from observatoire.demo.forge.github.account import REPO
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
ENDED = {"success": "success", "failed": "failure"}


@ROUTES.on("GET", REPO + "/commits/{sha}/check-runs")
def list_runs(visit: Visit, sha: str) -> Answer:
    """The check runs of a commit: one, when its pipeline is known."""
    state = visit.store.checks.get(sha)
    done = ENDED.get(state or "")
    run = {
        "id": 1,
        "name": "check",
        "head_sha": sha,
        "status": "completed" if done else "in_progress",
        "conclusion": done,
    }
    runs = [run] if state else []
    return reply(200, {"total_count": len(runs), "check_runs": runs})


@ROUTES.on("GET", REPO + "/commits/{sha}/status")
def combined(visit: Visit, sha: str) -> Answer:  # noqa: ARG001 (nothing sets statuses here)
    """The combined status of a commit: no status is ever set here."""
    return reply(200, {"state": "pending", "statuses": [], "sha": sha, "total_count": 0})
