"""A pull request of GitHub's interface, short in lists and full alone."""

from __future__ import annotations

from typing import Any

from observatoire.demo.forge.github import shapes
from observatoire.demo.forge.records import Account, Request
from observatoire.demo.forge.visit import Visit

LINKS = (
    *("self", "html", "issue", "comments", "review_comments", "review_comment", "commits"),
    "statuses",
)


def _end(visit: Visit, ref: str, sha: str, fork: str = "") -> dict[str, Any]:
    """One of the two branches of a request."""
    owner = fork or visit.store.project.partition("/")[0]
    repository = shapes.repository(visit)
    if fork:
        name = visit.store.project.partition("/")[2]
        repository |= {"id": visit.store.id + 1, "full_name": f"{fork}/{name}", "fork": True}
    return {
        "label": f"{owner}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": shapes.account(visit, Account(1, owner, owner, "")),
        "repo": repository,
    }


def short(visit: Visit, one: Request) -> dict[str, Any]:
    """A request, as a list shows it."""
    base = f"{shapes.api(visit)}/pulls/{one.number}"
    page = f"{shapes.web(visit)}/pull/{one.number}"
    issue = shapes.issue(visit, one)
    issue = {k: v for k, v in issue.items() if k not in ISSUE_ONLY}
    out = issue | {
        "url": base,
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "issue_url": f"{shapes.api(visit)}/issues/{one.number}",
        "commits_url": f"{base}/commits",
        "review_comments_url": f"{base}/comments",
        "review_comment_url": f"{shapes.api(visit)}/pulls/comments{{/number}}",
        "statuses_url": f"{shapes.api(visit)}/statuses/{one.head}",
        "head": _end(visit, one.source, one.head, one.fork),
        "base": _end(visit, one.target, one.start),
        "draft": one.draft,
        "merged_at": one.ended if one.state == "merged" else None,
        "merge_commit_sha": one.merged_as or None,
        "requested_reviewers": [],
        "requested_teams": [],
        "auto_merge": None,
    }
    places = {"self": base, "html": page} | {k: out.get(f"{k}_url", base) for k in LINKS[2:]}
    return out | {"_links": {name: {"href": places[name]} for name in LINKS}}


ISSUE_ONLY = frozenset(
    (
        *("repository_url", "labels_url", "events_url", "comments", "closed_by"),
        "pull_request",
    )
)


def full(visit: Visit, one: Request) -> dict[str, Any]:
    """A request, with what GitHub computes."""
    store, merged = visit.store, one.state == "merged"
    changed = store.repo.changed(one.start, one.head) if one.start else {}
    lines = store.repo.diff(one.start, one.head).splitlines() if one.start else []
    conflicts = one.state == "opened" and store.conflicts(one)
    status = "dirty" if conflicts else "draft" if one.draft else "clean"
    return short(visit, one) | {
        "merged": merged,
        "mergeable": None if merged else not conflicts,
        "rebaseable": None,
        "mergeable_state": "unknown" if merged else status,
        "merged_by": shapes.account(visit, one.ended_by) if merged and one.ended_by else None,
        "comments": len(one.notes),
        "review_comments": 0,
        "maintainer_can_modify": False,
        "commits": len(store.repo.log(f"{one.start}..{one.head}")) if one.start else 0,
        "additions": sum(x.startswith("+") and not x.startswith("+++") for x in lines),
        "deletions": sum(x.startswith("-") and not x.startswith("---") for x in lines),
        "changed_files": len(changed),
    }
