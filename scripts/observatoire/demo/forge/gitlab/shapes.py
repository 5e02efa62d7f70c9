"""The objects of GitLab's interface, complete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import page_of, reply
from observatoire.demo.forge.records import Account, Issue, Note, Release, Request, Thread
from observatoire.demo.forge.visit import Visit
from observatoire.git import Commit

USUAL = 20
OPTIONS = {
    "merge_requests_enabled": True,
    "issues_enabled": True,
    "issues_access_level": "enabled",
    "merge_requests_access_level": "enabled",
    "forking_access_level": "enabled",
    "pages_access_level": "private",
    "merge_method": "merge",
    "squash_option": "default_off",
    "only_allow_merge_if_pipeline_succeeds": False,
    "allow_merge_on_skipped_pipeline": None,
    "remove_source_branch_after_merge": True,
    "public_jobs": True,
    "ci_separated_caches": True,
    "ci_config_path": "",
    "auto_devops_enabled": False,
    "ci_push_repository_for_job_token_allowed": False,
    "ci_allow_fork_pipelines_to_run_in_parent_project": True,
    "ci_pipeline_variables_minimum_override_role": "developer",
}
"""What a new project has."""


def listed(visit: Visit, items: Sequence[Any]) -> Answer:
    """A page of a list, with GitLab's headers."""
    page = page_of(items, visit.call, USUAL)
    following = page.number + 1 if page.number < page.last else ""
    return reply(
        200,
        page.items,
        X_Page=str(page.number),
        X_Per_Page=str(page.size),
        X_Next_Page=str(following),
        X_Prev_Page=str(page.number - 1 or ""),
        X_Total=str(page.total),
        X_Total_Pages=str(page.last),
        Link=page.links,
    )


def account(visit: Visit, who: Account) -> dict[str, Any]:
    """A person, as others see them."""
    return {
        "id": who.id,
        "username": who.username,
        "name": who.name,
        "state": "active",
        "locked": False,
        "avatar_url": None,
        "web_url": f"{visit.call.base}/{who.username}",
    }


def myself(visit: Visit) -> dict[str, Any]:
    """The account of the token."""
    who = visit.who
    own = {"email": who.email, "commit_email": who.email, "public_email": "", "bot": False}
    return account(visit, who) | own


def project(visit: Visit) -> dict[str, Any]:
    """The project."""
    store = visit.store
    web = f"{visit.call.base}/{store.project}"
    level = {"access_level": visit.who.level, "notification_level": 3}
    access = level if visit.who.member else None
    return {
        "id": store.id,
        "name": store.project.rsplit("/", 1)[-1],
        "path": store.project.rsplit("/", 1)[-1],
        "path_with_namespace": store.project,
        "default_branch": store.main,
        "visibility": "private" if store.hidden else "public",
        "archived": False,
        "web_url": web,
        "http_url_to_repo": f"{web}.git",
        **OPTIONS,
        **store.options,
        "permissions": {"project_access": access, "group_access": None},
    }


def _thread(visit: Visit, thread: Thread) -> dict[str, Any]:
    person = account(visit, thread.ended_by) if thread.ended_by else None
    closed = thread.state == "closed"
    return {
        "id": 10_000 + thread.number,
        "iid": thread.number,
        "project_id": visit.store.id,
        "title": thread.title,
        "description": thread.body,
        "state": thread.state,
        "created_at": thread.created,
        "updated_at": thread.updated,
        "closed_at": thread.ended if closed else None,
        "closed_by": person if closed else None,
        "labels": sorted(thread.labels),
        "milestone": None,
        "author": account(visit, thread.author),
        "assignee": None,
        "assignees": [],
        "user_notes_count": sum(not n.system for n in thread.notes),
        "discussion_locked": None,
        "web_url": f"{visit.call.base}/{visit.store.project}/-/{_kind(thread)}/{thread.number}",
    }


def _kind(thread: Thread) -> str:
    return "merge_requests" if isinstance(thread, Request) else "issues"


def issue(visit: Visit, thread: Issue) -> dict[str, Any]:
    """An issue."""
    kind = {"type": "ISSUE", "issue_type": "issue", "confidential": thread.confidential}
    return _thread(visit, thread) | kind


def _pipeline(visit: Visit, thread: Request) -> dict[str, Any] | None:
    """The pipeline of a request's last commit, if one ran."""
    status = visit.store.checks.get(thread.head)
    if status is None:
        return None
    return {"id": thread.number, "sha": thread.head, "status": status}


def request(visit: Visit, thread: Request, *, checked: bool = True) -> dict[str, Any]:
    """A merge request; lists do not check whether it can be merged, unless they are asked to."""
    store, merged = visit.store, thread.state == "merged"
    person = account(visit, thread.ended_by) if merged and thread.ended_by else None
    conflicts = checked and thread.state == "opened" and store.conflicts(thread)
    status = "cannot_be_merged" if conflicts else "can_be_merged" if checked else "checking"
    detailed = "draft_status" if thread.draft else "conflict" if conflicts else "mergeable"
    return _thread(visit, thread) | {
        "title": f"Draft: {thread.title}" if thread.draft else thread.title,
        "source_branch": thread.source,
        "target_branch": thread.target,
        "source_project_id": store.id + 1 if thread.fork else store.id,
        "target_project_id": store.id,
        "draft": thread.draft,
        "work_in_progress": thread.draft,
        "merged_at": thread.ended if merged else None,
        "merged_by": person,
        "merge_user": person,
        "reviewers": [],
        "merge_when_pipeline_succeeds": False,
        "merge_status": status,
        "detailed_merge_status": detailed if checked else "checking",
        "has_conflicts": conflicts,
        "sha": thread.head,
        "merge_commit_sha": thread.merged_as or None,
        "squash_commit_sha": None,
        "squash": False,
        "force_remove_source_branch": thread.tidy,
        "should_remove_source_branch": None,
        "reference": f"!{thread.number}",
        "references": {"full": f"{store.project}!{thread.number}", "short": f"!{thread.number}"},
        "diff_refs": {"base_sha": thread.start, "head_sha": thread.head, "start_sha": thread.start},
        "blocking_discussions_resolved": True,
        "head_pipeline": _pipeline(visit, thread),
    }


def note(visit: Visit, thread: Thread, one: Note) -> dict[str, Any]:
    """A note."""
    return {
        "id": one.id,
        "type": None,
        "body": one.body,
        "author": account(visit, one.author),
        "created_at": one.created,
        "updated_at": one.updated,
        "system": one.system,
        "noteable_id": 10_000 + thread.number,
        "noteable_type": "MergeRequest" if isinstance(thread, Request) else "Issue",
        "noteable_iid": thread.number,
        "resolvable": False,
        "confidential": False,
        "internal": False,
    }


def commit(visit: Visit, one: Commit) -> dict[str, Any]:
    """A commit."""
    return {
        "id": one.sha,
        "short_id": one.sha[:8],
        "title": one.subject,
        "message": one.subject,
        "author_name": one.author.name,
        "author_email": one.author.email,
        "authored_date": one.date,
        "committer_name": one.committer.name,
        "committer_email": one.committer.email,
        "committed_date": one.date,
        "created_at": one.date,
        "web_url": f"{visit.call.base}/{visit.store.project}/-/commit/{one.sha}",
    }


def release(visit: Visit, one: Release) -> dict[str, Any]:
    """A release with its links."""
    web = f"{visit.call.base}/{visit.store.project}/-/releases/{one.tag}"
    links = [
        {
            "id": file.id,
            "name": file.name,
            "url": file.url,
            "direct_asset_url": f"{web}/downloads{file.path}" if file.path else file.url,
            "link_type": file.kind,
        }
        for file in one.files
    ]
    return {
        "tag_name": one.tag,
        "name": one.name,
        "description": one.body,
        "created_at": one.created,
        "released_at": one.created,
        "upcoming_release": False,
        "author": account(visit, one.author),
        "commit": {"id": visit.store.repo.resolve(f"refs/tags/{one.tag}")},
        "assets": {"count": len(links), "links": links, "sources": []},
        "_links": {"self": web},
    }
