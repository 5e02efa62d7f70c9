"""Files, and the commits made through the interface, on GitLab's face."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.gitlab.repository import TREE, commit_of
from observatoire.demo.forge.store import HEADS
from observatoire.demo.forge.visit import Visit
from observatoire.git import Person, Tree

ROUTES = Routes()
FILE = TREE + "/files/{path*}"
Edits = dict[str, bytes | None]


@ROUTES.on("GET", FILE + "/raw")
def get_raw(visit: Visit, path: str) -> Answer:
    """The content of a file."""
    content, facts = _read(visit, path)
    headers = {f"X-Gitlab-{k.replace('_', '-').title()}": str(v) for k, v in facts.items()}
    return Answer(200, content, "text/plain", headers | {"Cache-Control": "no-cache"})


@ROUTES.on("GET", FILE)
def get_file(visit: Visit, path: str) -> Answer:
    """A file, its content in base64."""
    content, facts = _read(visit, path)
    return reply(200, facts | {"content": base64.b64encode(content).decode()})


@ROUTES.on("HEAD", FILE)
def head_file(visit: Visit, path: str) -> Answer:
    """What is known of a file."""
    return get_raw(visit, path)


def _read(visit: Visit, path: str) -> tuple[bytes, dict[str, Any]]:
    ref = visit.query.get("ref", visit.store.main)
    sha = commit_of(visit, ref)
    content = Tree(visit.store.repo, sha).read(path)
    if content is None:
        raise Refusal(404, {"message": "404 File Not Found"})
    facts = {
        "file_name": path.rsplit("/", 1)[-1],
        "file_path": path,
        "size": len(content),
        "encoding": "base64",
        "content_sha256": hashlib.sha256(content).hexdigest(),
        "ref": ref,
        "commit_id": sha,
        "last_commit_id": last_commit(visit, sha, path),
        "execute_filemode": False,
    }
    return content, facts


def last_commit(visit: Visit, ref: str, path: str) -> str:
    """The last commit that touched a file; "" when none did."""
    found = visit.store.repo.log("-1", ref, path=path)
    return found[0].sha if found else ""


@ROUTES.on("POST", TREE + "/commits")
def create_commit(visit: Visit) -> Answer:
    """A commit of several changes, on a branch that exists or starts here."""
    branch, _, actions = visit.required("branch", "commit_message", "actions")
    start = _start(visit, branch)
    edits: Edits = {}
    for action in actions:
        edits |= _edit(visit, start, action)
    return reply(201, _commit(visit, branch, start, edits))


def _start(visit: Visit, branch: str) -> str:
    """The commit to build on."""
    fields, tip = visit.fields, visit.store.tip(branch)
    given = fields.get("start_sha") or fields.get("start_branch")
    if given and tip and not fields.get("force"):
        said = f"A branch called '{branch}' already exists. Switch to that branch in order to"
        raise Refusal(400, {"message": f"{said} make changes"})
    if given:
        return commit_of(visit, given)
    if tip is None:
        raise Refusal(
            400, {"message": "You can only create or edit files when you are on a branch"}
        )
    return tip


def _edit(visit: Visit, start: str, action: Mapping[str, Any]) -> Edits:
    """The files that one action changes."""
    kind, path = action.get("action"), str(action.get("file_path"))
    source = str(action.get("previous_path") or path)
    held = Tree(visit.store.repo, start).read(source)
    if kind == "create" and held is not None:
        raise Refusal(400, {"message": "A file with this name already exists"})
    if kind != "create" and held is None:
        raise Refusal(400, {"message": "A file with this name doesn't exist"})
    known = action.get("last_commit_id")
    if known and known != last_commit(visit, start, source):
        said = "You are attempting to update a file that has changed since you started editing it."
        raise Refusal(400, {"message": said})
    if kind == "delete":
        return {path: None}
    text = str(action.get("content") or "")
    content = base64.b64decode(text) if action.get("encoding") == "base64" else text.encode()
    if kind == "move":
        return {source: None, path: content if "content" in action else held}
    return {path: content}


def _commit(visit: Visit, branch: str, start: str, edits: Edits) -> dict[str, Any]:
    repo, fields = visit.store.repo, visit.fields
    who = Person(
        fields.get("author_name") or visit.who.name, fields.get("author_email") or visit.who.email
    )
    tree = repo.write_tree(start, edits)
    sha = repo.commit(tree, [start], fields["commit_message"], who, visit.store.moment())
    repo.update_ref(HEADS + branch, sha, visit.store.tip(branch) or "")
    visit.store.settle(visit.who, branch)
    return shapes.commit(visit, repo.log("-1", sha)[0])


@ROUTES.on("PUT", FILE)
def update_file(visit: Visit, path: str) -> Answer:
    """A file, changed by one commit."""
    return _one(visit, path, "update", 200)


@ROUTES.on("POST", FILE)
def create_file(visit: Visit, path: str) -> Answer:
    """A new file, by one commit."""
    return _one(visit, path, "create", 201)


def _one(visit: Visit, path: str, kind: str, status: int) -> Answer:
    branch, *_ = visit.required("branch", "commit_message")
    start = _start(visit, branch)
    action = {**visit.fields, "action": kind, "file_path": path}
    _commit(visit, branch, start, _edit(visit, start, action))
    return reply(status, {"file_path": path, "branch": branch})
