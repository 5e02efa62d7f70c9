"""Issues, their labels and comments on GitHub's face; a pull request is an issue too."""

from __future__ import annotations

from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Routes, reply
from observatoire.demo.forge.github import shapes
from observatoire.demo.forge.github.account import REPO
from observatoire.demo.forge.records import Label, Thread
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
MANY = REPO + "/issues"
ONE = MANY + "/{number}"
LONGEST_BODY = 65_536


def _threads(visit: Visit) -> list[Thread]:
    both: list[Thread] = [*visit.store.issues, *visit.store.requests]
    return sorted(both, key=lambda t: t.number)


def _thread(visit: Visit, number: str) -> Thread:
    return visit.found(_threads(visit), number=number)


def check(fields: dict[str, Any]) -> None:
    """Refuse what is too long."""
    if len(str(fields.get("body") or "")) > LONGEST_BODY:
        raise shapes.invalid("Issue", "body is too long (maximum is 65536 characters)")


def _names(given: Any) -> list[str]:
    return [one if isinstance(one, str) else one["name"] for one in given or ()]


def edit(visit: Visit, thread: Thread, fields: dict[str, Any]) -> None:
    """Do what the fields of a call say."""
    thread.title = fields.get("title") or thread.title
    if "body" in fields:
        thread.body = fields["body"] or ""
    if "labels" in fields:
        thread.labels.clear()
        visit.store.label(thread, _names(fields["labels"]))
    if fields.get("state") == "closed" and thread.state == "opened":
        visit.store.end(thread, "closed", visit.who)
    if fields.get("state") == "open" and thread.state == "closed":
        visit.store.end(thread, "opened", visit.who)
    thread.updated = visit.store.moment()


@ROUTES.on("GET", MANY)
def list_issues(visit: Visit) -> Answer:
    """The issues and requests, newest first."""
    state, labels = visit.query.get("state", "open"), visit.query.get("labels", "")
    kept = [
        t for t in _threads(visit) if state == "all" or (t.state == "opened") == (state == "open")
    ]
    wanted = {name for name in labels.split(",") if name}
    kept = [t for t in kept if wanted <= set(t.labels)]
    return shapes.listed(visit, [shapes.issue(visit, t) for t in reversed(kept)])


@ROUTES.on("POST", MANY)
def create_issue(visit: Visit) -> Answer:
    """A new issue."""
    fields = visit.fields
    if not fields.get("title"):
        raise shapes.invalid("Issue", "title can't be blank")
    check(fields)
    made = visit.store.open_issue(visit.who, fields["title"], fields.get("body") or "")
    visit.store.label(made, _names(fields.get("labels")))
    return reply(201, shapes.issue(visit, made))


@ROUTES.on("GET", ONE)
def get_issue(visit: Visit, number: str) -> Answer:
    """An issue."""
    return reply(200, shapes.issue(visit, _thread(visit, number)))


@ROUTES.on("PATCH", ONE)
def update_issue(visit: Visit, number: str) -> Answer:
    """An issue or a request, changed."""
    thread = _thread(visit, number)
    check(visit.fields)
    edit(visit, thread, visit.fields)
    return reply(200, shapes.issue(visit, thread))


@ROUTES.on("GET", REPO + "/labels")
def list_labels(visit: Visit) -> Answer:
    """The labels of the repository."""
    return shapes.listed(visit, [shapes.label(visit, one) for one in visit.store.labels.values()])


@ROUTES.on("POST", REPO + "/labels")
def create_label(visit: Visit) -> Answer:
    """A new label."""
    name, fields = visit.fields.get("name"), visit.fields
    if not name or name in visit.store.labels:
        raise shapes.invalid("Label", "already_exists" if name else "name can't be blank")
    color, said = fields.get("color") or "ededed", fields.get("description") or ""
    visit.store.labels[name] = Label(visit.store.number(), name, color, said)
    return reply(201, shapes.label(visit, visit.store.labels[name]))


@ROUTES.on("GET", ONE + "/labels")
def issue_labels(visit: Visit, number: str) -> Answer:
    """The labels of an issue."""
    return shapes.listed(visit, shapes.labels(visit, _thread(visit, number)))


@ROUTES.on("POST", ONE + "/labels")
def add_labels(visit: Visit, number: str) -> Answer:
    """Labels, added to an issue."""
    thread, said = _thread(visit, number), visit.call.said
    visit.store.label(thread, _names(said if isinstance(said, list) else said.get("labels")))
    return reply(200, shapes.labels(visit, thread))


@ROUTES.on("PUT", ONE + "/labels")
def set_labels(visit: Visit, number: str) -> Answer:
    """The labels of an issue, all replaced."""
    _thread(visit, number).labels.clear()
    return add_labels(visit, number)


@ROUTES.on("DELETE", ONE + "/labels/{name}")
def remove_label(visit: Visit, number: str, name: str) -> Answer:
    """A label, taken off an issue."""
    thread = _thread(visit, number)
    visit.found([visit.store.labels[n] for n in thread.labels], name=name)
    thread.labels.remove(name)
    return reply(200, shapes.labels(visit, thread))


@ROUTES.on("GET", ONE + "/comments")
def list_comments(visit: Visit, number: str) -> Answer:
    """The comments under an issue, oldest first."""
    thread = _thread(visit, number)
    return shapes.listed(visit, [shapes.note(visit, thread, n) for n in thread.notes])


@ROUTES.on("POST", ONE + "/comments")
def create_comment(visit: Visit, number: str) -> Answer:
    """A new comment."""
    thread, body = _thread(visit, number), visit.fields.get("body")
    if not body:
        raise shapes.invalid("IssueComment", "body can't be blank")
    check(visit.fields)
    return reply(201, shapes.note(visit, thread, visit.store.note(thread, visit.who, body)))


@ROUTES.on("GET", MANY + "/comments/{id}")
def get_comment(visit: Visit, id: str) -> Answer:
    """A comment."""
    pairs = [(t, n) for t in _threads(visit) for n in t.notes]
    note = visit.found([n for _, n in pairs], id=id)
    thread = next(t for t, n in pairs if n is note)
    return reply(200, shapes.note(visit, thread, note))


@ROUTES.on("PATCH", MANY + "/comments/{id}")
def update_comment(visit: Visit, id: str) -> Answer:
    """A comment, changed."""
    check(visit.fields)
    note = visit.found([n for t in _threads(visit) for n in t.notes], id=id)
    note.body, note.updated = visit.fields.get("body") or note.body, visit.store.moment()
    return get_comment(visit, id)
