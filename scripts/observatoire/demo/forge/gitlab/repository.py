"""Branches, tags and commits on GitLab's face, from the real repository."""

from __future__ import annotations

from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.store import HEADS
from observatoire.demo.forge.visit import Visit
from observatoire.git import GitError, Person

ROUTES = Routes()
TREE = "/projects/{project}/repository"
TAGS = "refs/tags/"


def commit_of(visit: Visit, ref: str) -> str:
    """The commit that a branch, tag or name is; 404 without any."""
    for name in (HEADS + ref, TAGS + ref, ref):
        found = visit.store.repo.resolve(name)
        if found:
            return found
    raise Refusal(404, {"message": "404 Commit Not Found"})


def _shown(visit: Visit, sha: str) -> dict[str, Any]:
    return shapes.commit(visit, visit.store.repo.log("-1", sha)[0])


def _branch(visit: Visit, name: str) -> dict[str, Any]:
    sha = visit.store.tip(name)
    if sha is None:
        raise Refusal(404, {"message": "404 Branch Not Found"})
    return {
        "name": name,
        "commit": _shown(visit, sha),
        "merged": False,
        "protected": name in visit.store.protected,
        "developers_can_push": False,
        "developers_can_merge": False,
        "can_push": visit.who.member,
        "default": name == visit.store.main,
        "web_url": f"{visit.call.base}/{visit.store.project}/-/tree/{name}",
    }


@ROUTES.on("GET", TREE + "/branches")
def list_branches(visit: Visit) -> Answer:
    """The branches."""
    refs = visit.store.repo.refs()
    names = sorted(r.removeprefix(HEADS) for r in refs if r.startswith(HEADS))
    kept = [n for n in names if visit.query.get("search", "") in n]
    return shapes.listed(visit, [_branch(visit, n) for n in kept])


@ROUTES.on("GET", TREE + "/branches/{branch}")
def get_branch(visit: Visit, branch: str) -> Answer:
    """A branch."""
    return reply(200, _branch(visit, branch))


@ROUTES.on("POST", TREE + "/branches")
def create_branch(visit: Visit) -> Answer:
    """A new branch."""
    name, ref = (visit.parameters.get(k) for k in ("branch", "ref"))
    if not name or not ref:
        raise Refusal(400, {"error": "branch is missing, ref is missing"})
    if visit.store.tip(name):
        raise Refusal(400, {"message": "Branch already exists"})
    visit.store.repo.update_ref(HEADS + name, commit_of(visit, ref), "")
    visit.store.settle(visit.who, name)
    return reply(201, _branch(visit, name))


@ROUTES.on("DELETE", TREE + "/branches/{branch}")
def delete_branch(visit: Visit, branch: str) -> Answer:
    """A branch, gone."""
    if branch in visit.store.protected:
        raise Refusal(403, {"message": "Protected branch cannot be removed"})
    visit.store.repo.update_ref(HEADS + branch, "", _branch(visit, branch)["commit"]["id"])
    visit.store.settle(visit.who, branch)
    return reply(204)


@ROUTES.on("GET", TREE + "/tags")
def list_tags(visit: Visit) -> Answer:
    """The tags."""
    refs = visit.store.repo.refs()
    names = sorted((r.removeprefix(TAGS) for r in refs if r.startswith(TAGS)), reverse=True)
    return shapes.listed(visit, [_tag(visit, n) for n in names])


@ROUTES.on("GET", TREE + "/tags/{tag}")
def get_tag(visit: Visit, tag: str) -> Answer:
    """A tag."""
    return reply(200, _tag(visit, tag))


def _tag(visit: Visit, name: str) -> dict[str, Any]:
    sha = visit.store.repo.resolve(TAGS + name)
    if sha is None:
        raise Refusal(404, {"message": "404 Tag Not Found"})
    held = visit.store.repo.refs()[TAGS + name]
    return {
        "name": name,
        "target": held,
        "message": "" if held == sha else "annotated",
        "commit": _shown(visit, sha),
        "release": None,
        "protected": False,
    }


@ROUTES.on("POST", TREE + "/tags")
def create_tag(visit: Visit) -> Answer:
    """A new tag, annotated if it has a message."""
    name, ref = visit.required("tag_name", "ref")
    make_tag(visit, name, ref, visit.fields.get("message") or "")
    return reply(201, _tag(visit, name))


def make_tag(visit: Visit, name: str, ref: str, message: str) -> None:
    """A new tag; 400 when there is one of this name."""
    repo, target = visit.store.repo, commit_of(visit, ref)
    who = Person(visit.who.name, visit.who.email)
    if repo.resolve(TAGS + name):
        raise Refusal(400, {"message": f"Tag {name} already exists"})
    try:
        if message:
            repo.tag(name, target, message, who, visit.store.moment())
        else:
            repo.update_ref(TAGS + name, target, "")
    except GitError:
        raise Refusal(400, {"message": "Tag name invalid"}) from None


@ROUTES.on("DELETE", TREE + "/tags/{tag}")
def delete_tag(visit: Visit, tag: str) -> Answer:
    """A tag, gone."""
    visit.store.repo.update_ref(TAGS + tag, "", _tag(visit, tag)["target"])
    return reply(204)


@ROUTES.on("GET", TREE + "/commits")
def list_commits(visit: Visit) -> Answer:
    """The commits of a branch, newest first; of one file if asked."""
    start = commit_of(visit, visit.query.get("ref_name", visit.store.main))
    commits = visit.store.repo.log(start, path=visit.query.get("path", ""))
    return shapes.listed(visit, [shapes.commit(visit, c) for c in commits])


@ROUTES.on("GET", TREE + "/commits/{ref}")
def get_commit(visit: Visit, ref: str) -> Answer:
    """A commit."""
    return reply(200, _shown(visit, commit_of(visit, ref)))
