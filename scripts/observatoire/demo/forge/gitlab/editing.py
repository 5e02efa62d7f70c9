"""Changing a thread as the fields of a call say, quick actions included."""

from __future__ import annotations

import re
from typing import Any

from observatoire.demo.forge.calls import Refusal
from observatoire.demo.forge.gitlab.quick import obey
from observatoire.demo.forge.records import Request, Thread
from observatoire.demo.forge.visit import Visit

DRAFT = re.compile(r"\s*(?:draft:|\[draft\]|\(draft\))\s*", re.I)
LONGEST_TITLE, LONGEST_BODY = 255, 1_048_576
STATES = {"close": "closed", "reopen": "opened"}


def words(value: object) -> list[str]:
    """A list given as such or as words between commas."""
    given = value if isinstance(value, list) else str(value or "").split(",")
    return [str(word).strip() for word in given if str(word).strip()]


def check(fields: dict[str, Any]) -> None:
    """Refuse what is too long."""
    if len(str(fields.get("title", ""))) > LONGEST_TITLE:
        raise Refusal(422, {"message": {"title": ["is too long (maximum is 255 characters)"]}})
    if len(str(fields.get("description") or "")) > LONGEST_BODY:
        said = "is too long (maximum is 1048576 characters)"
        raise Refusal(422, {"message": {"description": [said]}})


def edit(visit: Visit, thread: Thread) -> None:
    """Do what the fields of a call say."""
    fields, store = visit.fields, visit.store
    write(visit, thread, fields)
    if "labels" in fields:
        thread.labels.clear()
        store.label(thread, words(fields["labels"]))
    store.label(thread, words(fields.get("add_labels")))
    gone = set(words(fields.get("remove_labels")))
    thread.labels[:] = [name for name in thread.labels if name not in gone]
    if isinstance(thread, Request):
        thread.target = fields.get("target_branch", thread.target)
    wanted = STATES.get(fields.get("state_event", ""))
    if wanted == "closed" and thread.state == "opened":
        store.end(thread, "closed", visit.who)
    if wanted == "opened" and thread.state == "closed":
        store.end(thread, "opened", visit.who)
    thread.updated = store.moment()


def write(visit: Visit, thread: Thread, fields: dict[str, Any]) -> None:
    """Give a thread its title and text; the title says whether a request is a draft."""
    if "title" in fields:
        title = str(fields["title"])
        found = DRAFT.match(title) if isinstance(thread, Request) else None
        thread.title = title[found.end() :] if found else title
        if isinstance(thread, Request):
            thread.draft = bool(found)
    if "description" in fields:
        text = str(fields["description"] or "")
        thread.body = obey(visit.store, thread, visit.who, text)
