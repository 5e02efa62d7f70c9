"""Pull requests on GitHub's face."""

from __future__ import annotations

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.github import commit_shapes, pull_shapes, shapes
from observatoire.demo.forge.github.account import REPO
from observatoire.demo.forge.github.issues import check, edit
from observatoire.demo.forge.records import Request
from observatoire.demo.forge.store import Invalid, Moved, Taken, Unmergeable
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
MANY = REPO + "/pulls"
ONE = MANY + "/{number}"
STATES = {"open": {"opened"}, "closed": {"closed", "merged"}}
NO_DRAFTS = "Draft pull requests are not supported in this repository."


def _pull(visit: Visit, number: str) -> Request:
    return visit.found(visit.store.requests, number=number)


@ROUTES.on("GET", MANY)
def list_pulls(visit: Visit) -> Answer:
    """The requests, newest first unless asked otherwise."""
    query, owner = visit.query, visit.store.project.partition("/")[0]
    wanted = STATES.get(query.get("state", "open"))
    kept = [r for r in visit.store.requests if wanted is None or r.state in wanted]
    if "head" in query:
        kept = [r for r in kept if f"{r.fork or owner}:{r.source}" == query["head"]]
    if "base" in query:
        kept = [r for r in kept if r.target == query["base"]]
    kept.sort(key=lambda r: r.number, reverse=query.get("direction", "desc") == "desc")
    return shapes.listed(visit, [pull_shapes.short(visit, r) for r in kept])


@ROUTES.on("POST", MANY)
def create_pull(visit: Visit) -> Answer:
    """A new request."""
    fields, store = visit.fields, visit.store
    for name in ("title", "head", "base"):
        if not fields.get(name):
            raise shapes.invalid("PullRequest", f"{name} can't be blank")
    check(fields)
    if fields.get("draft") and not store.drafts:
        raise shapes.invalid("PullRequest", NO_DRAFTS)
    owner = store.project.partition("/")[0]
    source = fields["head"].removeprefix(f"{owner}:")
    try:
        made = store.open_request(
            visit.who, source, fields["base"], fields["title"], fields.get("body") or ""
        )
    except Taken:
        said = f"A pull request already exists for {owner}:{source}."
        raise shapes.invalid("PullRequest", said) from None
    except Invalid as error:
        raise shapes.invalid("PullRequest", str(error)) from None
    if made.head == made.start:
        store.requests.remove(made)
        raise shapes.invalid("PullRequest", f"No commits between {made.target} and {source}")
    made.draft = bool(fields.get("draft"))
    return reply(201, pull_shapes.full(visit, made))


@ROUTES.on("GET", ONE)
def get_pull(visit: Visit, number: str) -> Answer:
    """A request as it is now."""
    return reply(200, pull_shapes.full(visit, _pull(visit, number)))


@ROUTES.on("PATCH", ONE)
def update_pull(visit: Visit, number: str) -> Answer:
    """A request, changed; labels are changed elsewhere."""
    pull, fields = _pull(visit, number), visit.fields
    check(fields)
    edit(visit, pull, {k: v for k, v in fields.items() if k != "labels"})
    pull.target = fields.get("base", pull.target)
    return reply(200, pull_shapes.full(visit, pull))


@ROUTES.on("PUT", ONE + "/merge")
def merge_pull(visit: Visit, number: str) -> Answer:
    """Merge a request."""
    pull, fields = _pull(visit, number), visit.fields
    title = fields.get("commit_title") or f"Merge pull request #{number} from {pull.source}"
    try:
        sha = visit.store.merge(pull, visit.who, fields.get("sha", ""), title)
    except Unmergeable:
        raise Refusal(405, {"message": "Pull Request is not mergeable"}) from None
    except Moved:
        said = "Head branch was modified. Review and try the merge again."
        raise Refusal(409, {"message": said}) from None
    return reply(200, {"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


@ROUTES.on("POST", ONE + "/requested_reviewers")
def request_reviewers(visit: Visit, number: str) -> Answer:
    """A request whose reviewers are asked: nobody reviews here."""
    return reply(201, pull_shapes.short(visit, _pull(visit, number)))


@ROUTES.on("GET", ONE + "/commits")
def pull_commits(visit: Visit, number: str) -> Answer:
    """The commits of a request, oldest first."""
    pull = _pull(visit, number)
    commits = visit.store.repo.log(f"{pull.start}..{pull.head}")[::-1]
    return shapes.listed(visit, [commit_shapes.commit(visit, c) for c in commits])


@ROUTES.on("GET", ONE + "/files")
def pull_files(visit: Visit, number: str) -> Answer:
    """The files that a request changes."""
    pull = _pull(visit, number)
    return shapes.listed(visit, commit_shapes.differences(visit, pull.start, pull.head))
