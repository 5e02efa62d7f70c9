"""Statuses of commits on GitLab's face."""

from __future__ import annotations

from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.records import Status
from observatoire.demo.forge.store import HEADS
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
STATES = frozenset(("pending", "running", "success", "failed", "canceled", "skipped"))
LONGEST = 255


def _shown(visit: Visit, sha: str, one: Status) -> dict[str, Any]:
    return {
        "id": one.id,
        "sha": sha,
        "ref": one.ref,
        "status": one.state,
        "name": one.name,
        "target_url": None,
        "description": one.said or None,
        "created_at": one.created,
        "author": shapes.account(visit, one.author),
        "allow_failure": False,
    }


@ROUTES.on("GET", "/projects/{project}/repository/commits/{sha}/statuses")
def list_statuses(visit: Visit, sha: str) -> Answer:
    """The statuses of a commit, of one name if asked."""
    name = visit.query.get("name")
    kept = [s for s in visit.store.statuses.get(sha, []) if name in {None, s.name}]
    return shapes.listed(visit, [_shown(visit, sha, s) for s in kept])


@ROUTES.on("POST", "/projects/{project}/statuses/{sha}")
def set_status(visit: Visit, sha: str) -> Answer:
    """A new status; the same one twice is refused, as is a commit that no reference holds."""
    (state,) = visit.required("state")
    name, said = visit.fields.get("name") or "default", visit.fields.get("description") or ""
    if state not in STATES:
        raise Refusal(400, {"error": "state does not have a valid value"})
    if len(said) > LONGEST:
        raise Refusal(
            400, {"message": {"description": ["is too long (maximum is 255 characters)"]}}
        )
    if visit.store.repo.resolve(sha) is None:
        raise Refusal(404, {"message": "404 Commit Not Found"})
    ref = visit.fields.get("ref") or _branch(visit, sha)
    last = [s for s in visit.store.statuses.get(sha, []) if s.name == name][-1:]
    if last and last[0].state == state:
        transition = f"Cannot transition status via :{state} from :{state}"
        raise Refusal(400, {"message": transition})
    facts = {"name": name, "state": state, "said": said, "ref": ref}
    return reply(201, _shown(visit, sha, visit.store.status(visit.who, sha, facts)))


def _branch(visit: Visit, sha: str) -> str:
    """A branch that holds a commit."""
    for name, tip in visit.store.repo.refs().items():
        if name.startswith(HEADS) and visit.store.repo.is_ancestor(sha, tip):
            return name.removeprefix(HEADS)
    raise Refusal(404, {"message": "404 References for commit Not Found"})
