"""Checks and statuses of commits on GitHub's face."""

from __future__ import annotations

from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Routes, reply
from observatoire.demo.forge.github import shapes
from observatoire.demo.forge.github.account import REPO
from observatoire.demo.forge.records import Status
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
ENDED = {"success": "success", "failed": "failure"}
STATES = frozenset(("error", "failure", "pending", "success"))
LONGEST = 140


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


def _status(visit: Visit, sha: str, one: Status) -> dict[str, Any]:
    return {
        "id": one.id,
        "node_id": f"SC_{one.id}",
        "url": f"{shapes.api(visit)}/statuses/{sha}",
        "avatar_url": None,
        "state": one.state,
        "description": one.said or None,
        "target_url": None,
        "context": one.name,
        "created_at": one.created,
        "updated_at": one.created,
    }


@ROUTES.on("GET", REPO + "/commits/{sha}/status")
def combined(visit: Visit, sha: str) -> Answer:
    """The combined status of a commit: the last of each context."""
    last = {s.name: s for s in visit.store.statuses.get(sha, [])}
    shown = [_status(visit, sha, s) for s in last.values()]
    states = {s.state for s in last.values()}
    state = "failure" if "failure" in states else "success" if states else "pending"
    facts = {"state": state, "statuses": shown, "sha": sha, "total_count": len(shown)}
    return reply(200, facts)


@ROUTES.on("POST", REPO + "/statuses/{sha}")
def set_status(visit: Visit, sha: str) -> Answer:
    """A new status of a commit."""
    fields = visit.fields
    state, said = str(fields.get("state")), str(fields.get("description") or "")
    if state not in STATES:
        raise shapes.invalid("Status", "state is not included in the list")
    if len(said) > LONGEST:
        raise shapes.invalid("Status", "description is too long (maximum is 140 characters)")
    if visit.store.repo.resolve(sha) is None:
        raise shapes.invalid("Status", f"No commit found for SHA: {sha}")
    facts = {"name": fields.get("context") or "default", "state": state, "said": said, "ref": ""}
    made = visit.store.status(visit.who, sha, facts)
    creator = {"creator": shapes.account(visit, made.author)}
    return reply(201, _status(visit, sha, made) | creator)
