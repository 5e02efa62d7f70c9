"""The objects of GitHub's interface, complete: github3.py refuses those that lack a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, page_of, reply
from observatoire.demo.forge.records import Account, Label, Note, Request, Thread
from observatoire.demo.forge.visit import Visit

USUAL = 30
ADMIN = 50
OPTIONS = {
    "allow_squash_merge": True,
    "allow_merge_commit": True,
    "allow_rebase_merge": True,
    "allow_auto_merge": False,
    "delete_branch_on_merge": False,
}
DAWN = "2026-01-01T08:00:00Z"
REPOSITORY_LINKS = (
    *("archive_url=/{archive_format}{/ref}", "assignees_url=/assignees{/user}"),
    *("blobs_url=/git/blobs{/sha}", "branches_url=/branches{/branch}"),
    *("collaborators_url=/collaborators{/collaborator}", "comments_url=/comments{/number}"),
    *("commits_url=/commits{/sha}", "compare_url=/compare/{base}...{head}"),
    *("contents_url=/contents/{+path}", "contributors_url=/contributors"),
    *("deployments_url=/deployments", "downloads_url=/downloads", "events_url=/events"),
    *("forks_url=/forks", "git_commits_url=/git/commits{/sha}", "git_refs_url=/git/refs{/sha}"),
    *("git_tags_url=/git/tags{/sha}", "hooks_url=/hooks"),
    *("issue_comment_url=/issues/comments{/number}", "issue_events_url=/issues/events{/number}"),
    *("issues_url=/issues{/number}", "keys_url=/keys{/key_id}", "labels_url=/labels{/name}"),
    *("languages_url=/languages", "merges_url=/merges", "milestones_url=/milestones{/number}"),
    *("notifications_url=/notifications{?since,all,participating}", "pulls_url=/pulls{/number}"),
    *("releases_url=/releases{/id}", "stargazers_url=/stargazers"),
    *("statuses_url=/statuses/{sha}", "subscribers_url=/subscribers"),
    *("subscription_url=/subscription", "tags_url=/tags", "teams_url=/teams"),
    "trees_url=/git/trees{/sha}",
)
USER_LINKS = (
    *("events_url=/events{/privacy}", "followers_url=/followers"),
    *("following_url=/following{/other_user}", "gists_url=/gists{/gist_id}"),
    *("organizations_url=/orgs", "received_events_url=/received_events", "repos_url=/repos"),
    *("starred_url=/starred{/owner}{/repo}", "subscriptions_url=/subscriptions"),
)


def _links(base: str, links: Sequence[str]) -> dict[str, str]:
    return {name: base + path for name, _, path in (link.partition("=") for link in links)}


def api(visit: Visit) -> str:
    """The address of the project in the interface."""
    return f"{visit.call.base}/api/v3/repos/{visit.store.project}"


def web(visit: Visit) -> str:
    """The address of the project for people."""
    return f"{visit.call.base}/{visit.store.project}"


def listed(visit: Visit, items: Sequence[Any]) -> Answer:
    """A page of a list, with GitHub's header."""
    page = page_of(items, visit.call, USUAL)
    return reply(200, page.items, **({"Link": page.links} if page.links else {}))


def invalid(resource: str, said: str) -> Refusal:
    """GitHub's refusal of what makes no sense."""
    errors = [{"resource": resource, "code": "custom", "message": said}]
    url = "https://docs.github.com/rest"
    body = {"message": "Validation Failed", "errors": errors, "documentation_url": url}
    return Refusal(422, body)


def account(visit: Visit, who: Account) -> dict[str, Any]:
    """A person, as others see them."""
    base = f"{visit.call.base}/api/v3/users/{who.username}"
    return {
        "login": who.username,
        "id": who.id,
        "node_id": f"U_{who.id}",
        "avatar_url": f"{visit.call.base}/avatars/{who.id}",
        "gravatar_id": "",
        "url": base,
        "html_url": f"{visit.call.base}/{who.username}",
        **_links(base, USER_LINKS),
        "type": "Bot" if who.username.endswith("[bot]") else "User",
        "site_admin": False,
    }


def myself(visit: Visit) -> dict[str, Any]:
    """The account of the token."""
    who = visit.who
    counts = ("followers", "following", "public_gists", "public_repos", "private_gists")
    more = ("collaborators", "disk_usage", "owned_private_repos", "total_private_repos")
    nothing = ("bio", "blog", "company", "hireable", "location")
    own = {"name": who.name, "email": who.email, "created_at": DAWN, "updated_at": DAWN}
    kind = {"user_view_type": "private", "two_factor_authentication": True}
    zeros = dict.fromkeys((*counts, *more), 0)
    return account(visit, who) | zeros | dict.fromkeys(nothing) | own | kind


def repository(visit: Visit) -> dict[str, Any]:
    """The project."""
    owner, _, name = visit.store.project.partition("/")
    yes = ("has_issues", "has_projects", "has_wiki", "has_downloads")
    no = ("fork", "archived", "disabled", "has_pages", "has_discussions")
    counts = ("forks", "forks_count", "open_issues", "open_issues_count", "size", "watchers")
    more = ("stargazers_count", "watchers_count", "network_count", "subscribers_count")
    nothing = ("description", "homepage", "language", "mirror_url", "license")
    return {
        "id": visit.store.id,
        "node_id": f"R_{visit.store.id}",
        "name": name,
        "full_name": visit.store.project,
        "owner": account(visit, Account(1, owner, owner, "")),
        "private": visit.store.hidden,
        "html_url": web(visit),
        "url": api(visit),
        **_links(api(visit), REPOSITORY_LINKS),
        **dict.fromkeys(yes, True),
        **dict.fromkeys(no, False),
        **dict.fromkeys((*counts, *more), 0),
        **dict.fromkeys(nothing),
        "clone_url": f"{web(visit)}.git",
        "git_url": f"{web(visit)}.git",
        "ssh_url": f"{web(visit)}.git",
        "svn_url": web(visit),
        "default_branch": visit.store.main,
        **dict.fromkeys(("created_at", "updated_at", "pushed_at"), DAWN),
        **OPTIONS,
        **{k: v for k, v in visit.store.options.items() if k in OPTIONS or k.startswith("has_")},
        "permissions": {"admin": visit.who.level >= ADMIN, "push": visit.who.member, "pull": True},
    }


def label(visit: Visit, one: Label) -> dict[str, Any]:
    """A label."""
    return {
        "id": one.id,
        "node_id": f"LA_{one.id}",
        "url": f"{api(visit)}/labels/{one.name}",
        "name": one.name,
        "color": one.color.removeprefix("#"),
        "default": False,
        "description": one.description,
    }


def labels(visit: Visit, thread: Thread) -> list[dict[str, Any]]:
    """The labels of a thread."""
    return [label(visit, visit.store.labels[name]) for name in thread.labels]


def state(thread: Thread) -> str:
    """Whether a thread is open, in GitHub's words."""
    return "open" if thread.state == "opened" else "closed"


def _thread(visit: Visit, thread: Thread) -> dict[str, Any]:
    return {
        "id": 10_000 + thread.number,
        "number": thread.number,
        "title": thread.title,
        **_texts(thread.body),
        "state": state(thread),
        "locked": False,
        "active_lock_reason": None,
        "user": account(visit, thread.author),
        "labels": labels(visit, thread),
        "milestone": None,
        "assignee": None,
        "assignees": [],
        "created_at": thread.created,
        "updated_at": thread.updated,
        "closed_at": thread.ended or None,
        "author_association": "MEMBER" if thread.author.member else "NONE",
        "comments_url": f"{api(visit)}/issues/{thread.number}/comments",
    }


def _texts(body: str) -> dict[str, str]:
    """A text as written, and as the full media type adds it."""
    return {"body": body, "body_html": "", "body_text": body}


def issue(visit: Visit, thread: Thread) -> dict[str, Any]:
    """An issue; a request is one too."""
    base = f"{api(visit)}/issues/{thread.number}"
    requested = isinstance(thread, Request)
    pull = f"{api(visit)}/pulls/{thread.number}"
    page = f"{web(visit)}/{'pull' if requested else 'issues'}/{thread.number}"
    links = {"url": pull, "html_url": page, "diff_url": f"{page}.diff"}
    own = {
        "node_id": f"{'PR' if requested else 'I'}_{thread.number}",
        "url": base,
        "repository_url": api(visit),
        "labels_url": base + "/labels{/name}",
        "events_url": f"{base}/events",
        "html_url": page,
        "comments": len(thread.notes),
        "closed_by": account(visit, thread.ended_by) if thread.ended_by else None,
    }
    more = {"pull_request": links | {"patch_url": f"{page}.patch", "merged_at": None}}
    return _thread(visit, thread) | own | (more if requested else {})


def note(visit: Visit, thread: Thread, one: Note) -> dict[str, Any]:
    """A comment."""
    return {
        "id": one.id,
        "node_id": f"IC_{one.id}",
        "url": f"{api(visit)}/issues/comments/{one.id}",
        "html_url": f"{web(visit)}/pull/{thread.number}#issuecomment-{one.id}",
        "issue_url": f"{api(visit)}/issues/{thread.number}",
        **_texts(one.body),
        "user": account(visit, one.author),
        "created_at": one.created,
        "updated_at": one.updated,
        "author_association": "MEMBER",
    }
