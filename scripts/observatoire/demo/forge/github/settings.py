"""Rulesets, secrets, workflow rights, site and options of a repository on GitHub's face."""

from __future__ import annotations

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.github import shapes
from observatoire.demo.forge.github.account import REPO
from observatoire.demo.forge.github.checks import ENDED
from observatoire.demo.forge.github.face import NOT_FOUND
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
RULESETS = REPO + "/rulesets"
WORKFLOW = "/actions/permissions/workflow"
RIGHTS = {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": False}


def _admin(visit: Visit) -> None:
    if not (visit.who.member and visit.who.level >= shapes.ADMIN):
        raise Refusal(403, {"message": "Resource not accessible by personal access token"})


@ROUTES.on("PATCH", REPO)
def change_repository(visit: Visit) -> Answer:
    """Some options, changed."""
    _admin(visit)
    visit.store.options.update(visit.fields)
    return reply(200, shapes.repository(visit))


@ROUTES.on("GET", RULESETS)
def list_rulesets(visit: Visit) -> Answer:
    """The rulesets, without their rules."""
    short = ("id", "name", "target", "enforcement", "source_type", "source")
    return shapes.listed(visit, [{k: one[k] for k in short} for one in visit.store.rulesets])


@ROUTES.on("POST", RULESETS)
def create_ruleset(visit: Visit) -> Answer:
    """A new ruleset; a name is taken once."""
    _admin(visit)
    name = visit.fields.get("name")
    if not name or any(one["name"] == name for one in visit.store.rulesets):
        raise shapes.invalid("Ruleset", "Name must be unique" if name else "name can't be blank")
    more = {"id": visit.store.number(), "source_type": "Repository", "source": visit.store.project}
    visit.store.rulesets.append({**visit.fields, **more})
    return reply(201, visit.store.rulesets[-1])


@ROUTES.on("GET", RULESETS + "/{id}")
def get_ruleset(visit: Visit, id: str) -> Answer:
    """A ruleset with its rules."""
    found = [one for one in visit.store.rulesets if str(one["id"]) == id]
    if not found:
        raise Refusal(404, NOT_FOUND)
    return reply(200, found[0])


@ROUTES.on("GET", REPO + "/actions/secrets")
def list_secrets(visit: Visit) -> Answer:
    """The names of the secrets; GitHub never says their values."""
    _admin(visit)
    dates = {"created_at": shapes.DAWN, "updated_at": shapes.DAWN}
    found = [{"name": name, **dates} for name in visit.store.variables]
    return reply(200, {"total_count": len(found), "secrets": found})


@ROUTES.on("GET", REPO + WORKFLOW)
def get_workflow_rights(visit: Visit) -> Answer:
    """What the token of a workflow may do unless it says so."""
    _admin(visit)
    held = {k: v for k, v in visit.store.options.items() if k in RIGHTS}
    return reply(200, RIGHTS | held)


@ROUTES.on("PUT", REPO + WORKFLOW)
def set_workflow_rights(visit: Visit) -> Answer:
    """The same, changed."""
    _admin(visit)
    visit.store.options.update(visit.fields)
    return reply(204)


@ROUTES.on("GET", REPO + "/pages")
def get_pages(visit: Visit) -> Answer:
    """The site; 404 without any."""
    if not visit.store.pages:
        raise Refusal(404, NOT_FOUND)
    return reply(200, {"html_url": visit.store.pages, "status": "built", "build_type": "workflow"})


@ROUTES.on("GET", REPO + "/actions/runs")
def list_runs(visit: Visit) -> Answer:
    """The runs of workflows, newest first."""
    kept = [
        p for p in visit.store.pipelines[::-1] if visit.query.get("event", p.source) == p.source
    ]
    runs = [
        {
            "id": one.id,
            "name": "nuit",
            "head_branch": one.ref,
            "event": one.source,
            "status": "completed" if one.status in ENDED else "in_progress",
            "conclusion": ENDED.get(one.status),
            "created_at": one.created,
            "html_url": f"{shapes.web(visit)}/actions/runs/{one.id}",
        }
        for one in kept
    ]
    return reply(200, {"total_count": len(runs), "workflow_runs": runs})
