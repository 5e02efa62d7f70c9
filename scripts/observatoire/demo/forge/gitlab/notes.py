"""Notes under merge requests and issues on GitLab's face."""

from __future__ import annotations

from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.gitlab.quick import obey
from observatoire.demo.forge.records import Thread
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
LONGEST_NOTE = 1_000_000


def _thread(visit: Visit, kind: str, iid: str) -> Thread:
    threads: dict[str, list[Any]] = {
        "merge_requests": visit.store.requests,
        "issues": visit.store.issues,
    }
    found: Thread = visit.found(threads.get(kind, []), number=iid)
    return found


@ROUTES.on("GET", "/projects/{project}/{kind}/{iid}/notes")
def list_notes(visit: Visit, kind: str, iid: str) -> Answer:
    """The notes of a thread, newest first unless asked otherwise."""
    thread = _thread(visit, kind, iid)
    ordered = thread.notes if visit.query.get("sort") == "asc" else thread.notes[::-1]
    return shapes.listed(visit, [shapes.note(visit, thread, n) for n in ordered])


@ROUTES.on("POST", "/projects/{project}/{kind}/{iid}/notes")
def create_note(visit: Visit, kind: str, iid: str) -> Answer:
    """A new note; one that only holds quick actions leaves nothing."""
    thread = _thread(visit, kind, iid)
    (body,) = visit.required("body")
    if len(body) > LONGEST_NOTE:
        raise Refusal(400, {"message": "400 Bad request - Note is too long"})
    said = obey(visit.store, thread, visit.who, body)
    if not said.strip():
        return reply(202, {"commands_changes": {}, "summary": ["Applied."]})
    return reply(201, shapes.note(visit, thread, visit.store.note(thread, visit.who, said)))


@ROUTES.on("PUT", "/projects/{project}/{kind}/{iid}/notes/{id}")
def update_note(visit: Visit, kind: str, iid: str, id: str) -> Answer:
    """A note, changed by who wrote it."""
    thread = _thread(visit, kind, iid)
    note = visit.found(thread.notes, id=id)
    if note.author != visit.who:
        raise Refusal(403, {"message": "403 Forbidden"})
    note.body, note.updated = visit.required("body")[0], visit.store.moment()
    return reply(200, shapes.note(visit, thread, note))


@ROUTES.on("DELETE", "/projects/{project}/{kind}/{iid}/notes/{id}")
def delete_note(visit: Visit, kind: str, iid: str, id: str) -> Answer:
    """A note, gone."""
    thread = _thread(visit, kind, iid)
    thread.notes.remove(visit.found(thread.notes, id=id))
    return reply(204)
