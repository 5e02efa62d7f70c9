"""Merge requests on GitLab's face."""

from __future__ import annotations

from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.gitlab.editing import check, edit, words
from observatoire.demo.forge.records import Request
from observatoire.demo.forge.store import Invalid, Moved, Taken, Unmergeable
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
MANY = "/projects/{project}/merge_requests"
ONE = MANY + "/{iid}"


def _request(visit: Visit, iid: str) -> Request:
    return visit.found(visit.store.requests, number=iid)


@ROUTES.on("GET", MANY)
def list_requests(visit: Visit) -> Answer:
    """The requests, newest first unless asked otherwise; what is listed may be a little old."""
    query = visit.query
    kept = [r for r in visit.store.requests if query.get("state", "all") in {"all", r.state}]
    for name, field in (("source_branch", "source"), ("target_branch", "target")):
        if name in query:
            kept = [r for r in kept if getattr(r, field) == query[name]]
    kept = [r for r in kept if set(words(query.get("labels"))) <= set(r.labels)]
    kept.sort(key=lambda r: r.number, reverse=query.get("sort", "desc") == "desc")
    recheck = query.get("with_merge_status_recheck", "").lower() == "true"
    return shapes.listed(visit, [_cached(visit, r, recheck=recheck) for r in kept])


def _cached(visit: Visit, request: Request, *, recheck: bool) -> dict[str, Any]:
    """A request as a list shows it: kept until it is touched, whatever is pushed meanwhile."""
    key = f"{request.number}@{request.updated}"
    if recheck or key not in visit.store.shown:
        visit.store.shown[key] = shapes.request(visit, request, checked=recheck)
    return visit.store.shown[key]


@ROUTES.on("POST", MANY)
def create_request(visit: Visit) -> Answer:
    """A new request."""
    title, source, target = visit.required("title", "source_branch", "target_branch")
    check(visit.fields)
    store = visit.store
    try:
        made = store.open_request(visit.who, source, target, title, "")
    except Taken as taken:
        number = taken.request.number
        said = f"Another open merge request already exists for this source branch: !{number}"
        raise Refusal(409, {"message": [said]}) from None
    except Invalid as error:
        raise Refusal(422, {"message": {"base": [str(error)]}}) from None
    made.tidy = bool(visit.fields.get("remove_source_branch"))
    edit(visit, made)
    return reply(201, shapes.request(visit, made))


@ROUTES.on("GET", ONE)
def get_request(visit: Visit, iid: str) -> Answer:
    """A request as it is now."""
    return reply(200, shapes.request(visit, _request(visit, iid)))


@ROUTES.on("PUT", ONE)
def update_request(visit: Visit, iid: str) -> Answer:
    """A request, changed; one that is closed can be changed too."""
    request = _request(visit, iid)
    if not visit.fields:
        raise Refusal(400, {"error": "at least one parameter must be provided"})
    check(visit.fields)
    edit(visit, request)
    return reply(200, shapes.request(visit, request))


@ROUTES.on("PUT", ONE + "/merge")
def merge_request(visit: Visit, iid: str) -> Answer:
    """Merge a request."""
    request = _request(visit, iid)
    given = visit.parameters
    message = given.get("merge_commit_message") or f"Merge branch '{request.source}'"
    if request.state == "opened" and visit.store.conflicts(request):
        raise Refusal(422, {"message": "Branch cannot be merged"})
    try:
        visit.store.merge(request, visit.who, given.get("sha", ""), message)
    except Unmergeable:
        raise Refusal(405, {"message": "405 Method Not Allowed"}) from None
    except Moved:
        said = "SHA does not match HEAD of source branch: " + request.head
        raise Refusal(409, {"message": said}) from None
    return reply(200, shapes.request(visit, request))


@ROUTES.on("GET", ONE + "/commits")
def request_commits(visit: Visit, iid: str) -> Answer:
    """The commits of a request."""
    request = _request(visit, iid)
    commits = visit.store.repo.log(f"{request.start}..{request.head}")
    return shapes.listed(visit, [shapes.commit(visit, c) for c in commits])


@ROUTES.on("GET", ONE + "/raw_diffs")
def request_diff(visit: Visit, iid: str) -> Answer:
    """The difference that a request makes."""
    request = _request(visit, iid)
    text = visit.store.repo.diff(request.start, request.head)
    return Answer(200, text.encode(), "text/plain")


@ROUTES.on("GET", ONE + "/pipelines")
def request_pipelines(visit: Visit, iid: str) -> Answer:
    """The pipelines of a request: none runs here."""
    _request(visit, iid)
    return shapes.listed(visit, [])
