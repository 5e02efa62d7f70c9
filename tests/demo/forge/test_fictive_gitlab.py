"""Commits and merge requests of the GitLab face: what it does, and what it refuses."""

from __future__ import annotations

import pytest
import requests
from gitlab.exceptions import GitlabError
from gitlab.v4.objects import Project, ProjectMergeRequest
from gitlab_refusals import refusal

from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.git import Tree


def open_request(
    project: Project, branch: str = "bot-x", content: str = "id\n2\n"
) -> ProjectMergeRequest:
    """A branch with one change, and its request."""
    action = {"action": "update", "file_path": "data/a.csv", "content": content}
    project.commits.create(
        {
            "branch": branch,
            "start_branch": "main",
            "commit_message": "Propose",
            "actions": [action],
        }
    )
    made = project.mergerequests.create(
        {"title": "Un titre", "source_branch": "bot-x", "target_branch": "main"}
    )
    assert isinstance(made, ProjectMergeRequest)
    return made


def test_a_commit_through_the_interface_is_a_real_one(
    fictive: ForgeFictive, project: Project
) -> None:
    made = project.commits.create(
        {
            "branch": "main",
            "commit_message": "Plusieurs gestes",
            "actions": [
                {"action": "create", "file_path": "data/b.csv", "content": "id\n"},
                {"action": "move", "file_path": "data/c.csv", "previous_path": "data/a.csv"},
            ],
        }
    )
    files = Tree(fictive.store.repo, "main")
    assert files.names("data") == ["data/b.csv", "data/c.csv"]
    assert files.read("data/c.csv") == b"id\n1\n"
    assert project.commits.get(made.id).title == "Plusieurs gestes"
    assert project.commits.list(ref_name="main", get_all=True)[0].id == made.id


def test_a_stale_last_commit_is_refused(project: Project) -> None:
    stale = project.files.get("data/a.csv", "main").last_commit_id
    update = {"branch": "main", "commit_message": "m", "content": "id\n2\n"}
    project.files.update("data/a.csv", update | {"last_commit_id": stale})
    with pytest.raises(GitlabError) as caught:
        project.files.update("data/a.csv", update | {"last_commit_id": stale})
    code, said = refusal(caught)
    assert (code, "has changed since you started" in said) == (400, True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"branch": "main", "start_branch": "main"}, "already exists"),
        ({"branch": "absente"}, "on a branch"),
        (
            {"branch": "main", "actions": [{"action": "create", "file_path": "data/a.csv"}]},
            "already",
        ),
        ({"branch": "main", "actions": [{"action": "delete", "file_path": "x"}]}, "doesn't exist"),
    ],
)
def test_a_commit_that_makes_no_sense_is_refused(
    project: Project, more: dict[str, object], said: str
) -> None:
    action = {"action": "update", "file_path": "data/a.csv", "content": "x"}
    with pytest.raises(GitlabError) as caught:
        project.commits.create(
            {"branch": "main", "commit_message": "m", "actions": [action]} | more
        )
    assert refusal(caught)[0] == 400
    assert said in refusal(caught)[1]


def test_a_second_request_of_a_branch_is_refused(project: Project) -> None:
    first = open_request(project)
    with pytest.raises(GitlabError) as caught:
        project.mergerequests.create(
            {"title": "t", "source_branch": "bot-x", "target_branch": "main"}
        )
    assert refusal(caught) == (
        409,
        f"['Another open merge request already exists for this source branch: !{first.iid}']",
    )


def test_a_request_is_merged_only_as_it_was_seen(fictive: ForgeFictive, project: Project) -> None:
    request = open_request(project)
    with pytest.raises(GitlabError) as caught:
        request.merge(sha="0" * 40)
    assert refusal(caught)[0] == 409
    request.title = "Draft: Un titre"
    request.save()
    with pytest.raises(GitlabError) as caught:
        request.merge()
    assert refusal(caught)[0] == 405
    request.title = "Un titre"
    request.save()
    request.merge(sha=request.sha)
    assert project.mergerequests.get(request.iid).state == "merged"
    assert Tree(fictive.store.repo, "main").read("data/a.csv") == b"id\n2\n"


def test_a_request_in_conflict_is_not_merged(project: Project) -> None:
    request = open_request(project)
    project.files.update(
        "data/a.csv", {"branch": "main", "commit_message": "m", "content": "id\n9\n"}
    )
    now = project.mergerequests.get(request.iid)
    assert (now.has_conflicts, now.detailed_merge_status) == (True, "conflict")
    with pytest.raises(GitlabError) as caught:
        now.merge()
    assert refusal(caught)[0] == 422


def test_a_list_is_a_little_old_until_the_request_is_touched(project: Project) -> None:
    request = open_request(project)
    (listed,) = project.mergerequests.list(get_all=True)
    assert listed.merge_status == "checking"
    project.files.update(
        "data/a.csv", {"branch": "bot-x", "commit_message": "m", "content": "id\n3\n"}
    )
    (listed,) = project.mergerequests.list(get_all=True)
    now = project.mergerequests.get(request.iid)
    assert listed.sha == request.sha != now.sha
    (listed,) = project.mergerequests.list(get_all=True, with_merge_status_recheck=True)
    assert (listed.sha, listed.merge_status) == (now.sha, "can_be_merged")


def test_deleting_a_branch_closes_its_request(project: Project) -> None:
    request = open_request(project)
    project.branches.get("bot-x").delete()
    assert project.mergerequests.get(request.iid).state == "closed"


def test_the_difference_is_that_of_the_repository(fictive: ForgeFictive, project: Project) -> None:
    request = open_request(project)
    assert [c.title for c in request.commits()] == ["Propose"]
    base = f"{fictive.url}/api/v4/projects/{project.id}/merge_requests/{request.iid}"
    assert "-1\n+2\n" in requests.get(f"{base}/raw_diffs", timeout=5).text
    assert list(request.pipelines.list(get_all=True)) == []


def test_quick_actions_are_obeyed_and_vanish(project: Project) -> None:
    request = open_request(project)
    request.description = "Un texte\n/label ~anomalie\n```\n/close\n```\n/inconnue\n"
    request.save()
    now = project.mergerequests.get(request.iid)
    assert (now.labels, now.state) == (["anomalie"], "opened")
    assert now.description == "Un texte\n```\n/close\n```\n/inconnue\n"
    now.notes.create({"body": "Je ferme\n/close"})
    assert project.mergerequests.get(request.iid).state == "closed"
