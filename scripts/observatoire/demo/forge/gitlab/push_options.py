"""Merge requests made and changed by the options of a push (MergeRequests::PushOptionsHandler)."""

from __future__ import annotations

from typing import Any

from observatoire.demo.forge.gitlab.editing import DRAFT
from observatoire.demo.forge.gitlab.quick import obey
from observatoire.demo.forge.records import Account, Request
from observatoire.demo.forge.smart import Push
from observatoire.demo.forge.store import Invalid, Store

PREFIX = "merge_request."


def handle(store: Store, who: Account, push: Push) -> None:
    """Do what the options say to the requests of the branches that moved; errors stay unsaid."""
    options = [o.removeprefix(PREFIX) for o in push.options if o.startswith(PREFIX)]
    if not options:
        return
    for branch, sha in push.branches.items():
        if not sha or branch == store.main:
            continue
        request = store.open_from(branch)
        if request is None and "create" in options:
            request = _create(store, who, branch, options)
        if request is not None:
            _update(store, who, request, options)


def _values(options: list[str], name: str) -> list[str]:
    return [o.partition("=")[2] for o in options if o.startswith(f"{name}=")]


def _last(options: list[str], name: str, other: Any) -> Any:
    return ([other, *_values(options, name)])[-1]


def _create(store: Store, who: Account, branch: str, options: list[str]) -> Request | None:
    target = _last(options, "target", store.main)
    subject = store.repo.log("-1", f"refs/heads/{branch}")[0].subject
    try:
        return store.open_request(who, branch, target, subject, "")
    except Invalid:
        return None


def _update(store: Store, who: Account, request: Request, options: list[str]) -> None:
    title = _last(options, "title", None)
    if title is not None:
        found = DRAFT.match(title)
        request.title, request.draft = title[found.end() :] if found else title, bool(found)
    description = _last(options, "description", None)
    if description is not None:
        request.body = obey(store, request, who, description.replace("\\n", "\n"))
    request.target = _last(options, "target", request.target)
    request.draft = request.draft or "draft" in options
    request.tidy = request.tidy or "remove_source_branch" in options
    store.label(request, _values(options, "label"))
    gone = set(_values(options, "unlabel"))
    request.labels[:] = [name for name in request.labels if name not in gone]
    request.updated = store.moment()
