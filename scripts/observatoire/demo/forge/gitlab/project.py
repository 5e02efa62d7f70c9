"""The project's own settings, its templates, its pipelines and its site on GitLab's face."""

from __future__ import annotations

import re
from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.records import Pipeline
from observatoire.demo.forge.store import HEADS
from observatoire.demo.forge.visit import Visit
from observatoire.git import Tree

ROUTES = Routes()
PROJECT = "/projects/{project}"
FOLDERS = {"issues": "issue_templates", "merge_requests": "merge_request_templates"}
WHO = "/personal_access_tokens/self"


@ROUTES.on("PUT", PROJECT)
def change_project(visit: Visit) -> Answer:
    """Some settings, changed; what GitLab does not know is left out in silence."""
    known = {k: v for k, v in visit.fields.items() if k in shapes.OPTIONS}
    if not known:
        raise Refusal(400, {"error": "at least one parameter must be provided"})
    visit.store.options.update(known)
    return reply(200, shapes.project(visit))


@ROUTES.on("GET", PROJECT + "/templates/{kind}")
def list_templates(visit: Visit, kind: str) -> Answer:
    """The templates that main has."""
    if kind not in FOLDERS or visit.store.tip(visit.store.main) is None:
        raise Refusal(404, {"message": "404 Not found"})
    files = Tree(visit.store.repo, HEADS + visit.store.main)
    paths = files.names(f".gitlab/{FOLDERS[kind]}")
    found = [m[1] for path in paths if (m := re.search(r"/([^/]+)\.md\Z", path))]
    return shapes.listed(visit, [{"key": name, "name": name} for name in found])


def _pipeline(visit: Visit, one: Pipeline) -> dict[str, Any]:
    web = f"{visit.call.base}/{visit.store.project}/-/pipelines/{one.id}"
    when = {"created_at": one.created, "updated_at": one.created, "web_url": web}
    facts = {"ref": one.ref, "status": one.status, "source": one.source, "sha": "0" * 40}
    return {"id": one.id, "iid": one.id, "project_id": visit.store.id, **facts, **when}


@ROUTES.on("GET", PROJECT + "/pipelines")
def list_pipelines(visit: Visit) -> Answer:
    """The pipelines, newest first."""
    kept = visit.store.pipelines[::-1]
    for name in ("ref", "source", "status"):
        kept = [p for p in kept if visit.query.get(name) in (None, getattr(p, name))]
    return shapes.listed(visit, [_pipeline(visit, p) for p in kept])


@ROUTES.on("GET", PROJECT + "/pages")
def get_pages(visit: Visit) -> Answer:
    """The site; 404 as long as none was published."""
    if not visit.store.pages:
        raise Refusal(404, {"message": "404 Not found"})
    made = {"created_at": "2026-01-01T08:00:00Z", "url": visit.store.pages, "path_prefix": ""}
    return reply(200, {"url": visit.store.pages, "force_https": True, "deployments": [made]})


@ROUTES.on("GET", WHO)
def who_am_i(visit: Visit) -> Answer:
    """The token itself: its scopes, its end."""
    if visit.token is None or visit.token.job:
        raise Refusal(401, {"message": "401 Unauthorized"})
    facts = {"id": 1, "name": "jeton", "revoked": False, "active": True}
    end = {"scopes": sorted(visit.token.scopes), "expires_at": visit.token.expires or None}
    return reply(200, {**facts, **end, "user_id": visit.who.id})
