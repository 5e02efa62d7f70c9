"""Issues on GitLab's face."""

from __future__ import annotations

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.gitlab.editing import edit, words
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()


@ROUTES.on("GET", "/projects/{project}/issues")
def list_issues(visit: Visit) -> Answer:
    """The issues, newest first."""
    query = visit.query
    kept = [i for i in visit.store.issues if query.get("state", "all") in {"all", i.state}]
    kept = [i for i in kept if set(words(query.get("labels"))) <= set(i.labels)]
    kept = [i for i in kept if query.get("search", "") in i.title]
    kept = [i for i in kept if visit.who.member or not i.confidential]
    return shapes.listed(visit, [shapes.issue(visit, i) for i in reversed(kept)])


@ROUTES.on("POST", "/projects/{project}/issues")
def create_issue(visit: Visit) -> Answer:
    """A new issue."""
    (title,) = visit.required("title")
    made = visit.store.open_issue(visit.who, title, "")
    edit(visit, made)
    return reply(201, shapes.issue(visit, made))


@ROUTES.on("GET", "/projects/{project}/issues/{iid}")
def get_issue(visit: Visit, iid: str) -> Answer:
    """An issue."""
    return reply(200, shapes.issue(visit, visit.found(visit.store.issues, number=iid)))


@ROUTES.on("PUT", "/projects/{project}/issues/{iid}")
def update_issue(visit: Visit, iid: str) -> Answer:
    """An issue, changed."""
    issue = visit.found(visit.store.issues, number=iid)
    edit(visit, issue)
    return reply(200, shapes.issue(visit, issue))
