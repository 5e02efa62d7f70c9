"""Branches, references, trees, commits and files on GitHub's face, from the real repository."""

from __future__ import annotations

import base64
from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.github import commit_shapes, shapes
from observatoire.demo.forge.github.account import REPO
from observatoire.demo.forge.store import HEADS
from observatoire.demo.forge.visit import Visit
from observatoire.git import Person, StaleRef, Tree

ROUTES = Routes()
NOT_FOUND = {"message": "Not Found", "status": "404"}


def commit_of(visit: Visit, ref: str) -> str:
    """The commit that a branch, tag or name is; 404 without any."""
    for name in (HEADS + ref, f"refs/tags/{ref}", ref):
        found = visit.store.repo.resolve(name)
        if found:
            return found
    raise Refusal(404, NOT_FOUND)


def _ref(visit: Visit, ref: str, sha: str) -> dict[str, Any]:
    url = f"{shapes.api(visit)}/git/commits/{sha}"
    held = {"type": "commit", "sha": sha, "url": url}
    address = f"{shapes.api(visit)}/git/{ref}"
    return {"ref": ref, "node_id": f"REF_{sha[:8]}", "url": address, "object": held}


@ROUTES.on("GET", REPO + "/git/ref/{ref*}")
def get_ref(visit: Visit, ref: str) -> Answer:
    """A reference."""
    sha = visit.store.repo.refs().get(f"refs/{ref}")
    if sha is None:
        raise Refusal(404, NOT_FOUND)
    return reply(200, _ref(visit, f"refs/{ref}", sha))


@ROUTES.on("POST", REPO + "/git/refs")
def create_ref(visit: Visit) -> Answer:
    """A new reference."""
    ref, sha = visit.fields.get("ref", ""), visit.fields.get("sha", "")
    if visit.store.repo.resolve(ref):
        raise shapes.invalid("Reference", "Reference already exists")
    visit.store.repo.update_ref(ref, sha, "")
    visit.store.settle(visit.who, ref.removeprefix(HEADS))
    return reply(201, _ref(visit, ref, sha))


@ROUTES.on("PATCH", REPO + "/git/refs/{ref*}")
def move_ref(visit: Visit, ref: str) -> Answer:
    """A reference, moved; backwards only by force."""
    repo, sha, name = visit.store.repo, visit.fields.get("sha", ""), f"refs/{ref}"
    old = repo.resolve(name)
    if old is None:
        raise shapes.invalid("Reference", "Reference does not exist")
    if not visit.fields.get("force") and not repo.is_ancestor(old, sha):
        raise shapes.invalid("Reference", "Update is not a fast forward")
    repo.update_ref(name, sha, old)
    visit.store.settle(visit.who, name.removeprefix(HEADS))
    return reply(200, _ref(visit, name, sha))


@ROUTES.on("DELETE", REPO + "/git/refs/{ref*}")
def delete_ref(visit: Visit, ref: str) -> Answer:
    """A reference, gone."""
    held = visit.store.repo.refs().get(f"refs/{ref}")
    if held is None:
        raise shapes.invalid("Reference", "Reference does not exist")
    visit.store.repo.update_ref(f"refs/{ref}", "", held)
    visit.store.settle(visit.who, ref.removeprefix("heads/"))
    return reply(204)


@ROUTES.on("GET", REPO + "/branches/{branch}")
def get_branch(visit: Visit, branch: str) -> Answer:
    """A branch."""
    sha = visit.store.tip(branch)
    if sha is None:
        raise Refusal(404, {"message": "Branch not found", "status": "404"})
    base = f"{shapes.api(visit)}/branches/{branch}"
    out = {
        "name": branch,
        "commit": commit_shapes.whole_commit(visit, visit.store.repo.log("-1", sha)[0]),
        "_links": {"self": base, "html": f"{shapes.web(visit)}/tree/{branch}"},
        "protected": branch in visit.store.protected,
        "protection": {"enabled": branch in visit.store.protected},
        "protection_url": f"{base}/protection",
    }
    return reply(200, out)


@ROUTES.on("GET", REPO + "/commits/{ref}")
def get_commit(visit: Visit, ref: str) -> Answer:
    """A commit."""
    sha = commit_of(visit, ref)
    return reply(200, commit_shapes.whole_commit(visit, visit.store.repo.log("-1", sha)[0]))


@ROUTES.on("POST", REPO + "/git/blobs")
def create_blob(visit: Visit) -> Answer:
    """A new content."""
    text = visit.fields.get("content", "")
    coded = visit.fields.get("encoding") == "base64"
    content = base64.b64decode(text) if coded else text.encode()
    sha = visit.store.repo.line("hash-object", "-w", "--stdin", stdin=content)
    return reply(201, {"sha": sha, "url": f"{shapes.api(visit)}/git/blobs/{sha}"})


@ROUTES.on("POST", REPO + "/git/trees")
def create_tree(visit: Visit) -> Answer:
    """A new tree: contents, or files taken out."""
    repo, base = visit.store.repo, visit.fields.get("base_tree") or ""
    edits: dict[str, bytes | None] = {}
    for item in visit.fields.get("tree") or ():
        if "content" in item:
            edits[item["path"]] = item["content"].encode()
        else:
            sha = item.get("sha")
            edits[item["path"]] = repo.run("cat-file", "blob", sha) if sha else None
    tree = repo.write_tree(base, edits)
    url = f"{shapes.api(visit)}/git/trees"
    held = [
        {"path": path, "mode": mode, "type": "blob", "sha": sha, "size": 0, "url": f"{url}/{sha}"}
        for path, (mode, sha) in repo.entries(tree).items()
    ]
    return reply(201, {"sha": tree, "url": f"{url}/{tree}", "tree": held, "truncated": False})


@ROUTES.on("POST", REPO + "/git/commits")
def create_commit(visit: Visit) -> Answer:
    """A new commit; nothing points to it yet."""
    fields, repo = visit.fields, visit.store.repo
    given = fields.get("author") or {}
    who = Person(given.get("name", visit.who.name), given.get("email", visit.who.email))
    date = given.get("date") or visit.store.moment()
    sha = repo.commit(fields["tree"], fields.get("parents") or [], fields["message"], who, date)
    one = commit_shapes.commit(visit, repo.log("-1", sha)[0])
    words = ("author", "committer", "message", "tree", "verification")
    inner = {k: one["commit"][k] for k in words}
    kept = {k: one[k] for k in ("sha", "node_id", "html_url", "parents")}
    return reply(201, kept | inner | {"url": one["commit"]["url"]})


@ROUTES.on("GET", REPO + "/contents/{path*}")
def get_contents(visit: Visit, path: str) -> Answer:
    """A file, its content in base64."""
    ref = visit.query.get("ref") or visit.store.main
    return reply(200, _file(visit, path, commit_of(visit, ref), ref))


def _file(visit: Visit, path: str, sha: str, ref: str) -> dict[str, Any]:
    content = Tree(visit.store.repo, sha).read(path)
    if content is None:
        raise Refusal(404, NOT_FOUND)
    blob = visit.store.repo.entries(sha)[path][1]
    url = f"{shapes.api(visit)}/contents/{path}?ref={ref}"
    page = f"{shapes.web(visit)}/blob/{ref}/{path}"
    git = f"{shapes.api(visit)}/git/blobs/{blob}"
    return {
        "type": "file",
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "sha": blob,
        "size": len(content),
        "encoding": "base64",
        "content": base64.encodebytes(content).decode(),
        "url": url,
        "html_url": page,
        "git_url": git,
        "download_url": f"{shapes.web(visit)}/raw/{ref}/{path}",
        "_links": {"self": url, "git": git, "html": page},
    }


@ROUTES.on("PUT", REPO + "/contents/{path*}")
def put_contents(visit: Visit, path: str) -> Answer:
    """A file, written by one commit; ``sha`` must be what it was, when it was."""
    fields, repo = visit.fields, visit.store.repo
    branch = fields.get("branch") or visit.store.main
    start = commit_of(visit, branch)
    held = repo.entries(start).get(path)
    if held and fields.get("sha") != held[1]:
        said = f"{path} does not match {fields.get('sha')}" if fields.get("sha") else "sha missing"
        raise Refusal(409 if fields.get("sha") else 422, {"message": said})
    who = Person(visit.who.name, visit.who.email)
    tree = repo.write_tree(start, {path: base64.b64decode(fields.get("content", ""))})
    sha = repo.commit(tree, [start], fields.get("message", ""), who, visit.store.moment())
    try:
        repo.update_ref(HEADS + branch, sha, start)
    except StaleRef:
        raise Refusal(409, {"message": "Reference was moved"}) from None
    visit.store.settle(visit.who, branch)
    one = commit_shapes.commit(visit, repo.log("-1", sha)[0])
    done = {k: one[k] for k in ("sha", "node_id", "html_url", "parents")} | one["commit"]
    return reply(200 if held else 201, {"content": _file(visit, path, sha, branch), "commit": done})
