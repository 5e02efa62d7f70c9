"""The GitLab face, driven by python-gitlab as it is: what it does, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import gitlab
import pytest
import requests
from gitlab.exceptions import GitlabError
from gitlab.v4.objects import Project, ProjectMergeRequest

from observatoire.demo import faces
from observatoire.demo.forge.faults import Trouble
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


def refusal(error: pytest.ExceptionInfo[GitlabError]) -> tuple[int | None, str]:
    return error.value.response_code, str(error.value.error_message)


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


def test_pages_say_where_the_next_one_is(project: Project) -> None:
    for number in range(25):
        project.labels.create({"name": f"e{number:02}", "color": "#000000"})
    assert len(project.labels.list(get_all=True)) == 25
    page = project.labels.list(iterator=True, per_page=10)
    assert (page.total, page.total_pages, page.next_page) == (25, 3, 2)
    assert [label.name for label in page] == [f"e{n:02}" for n in range(25)]


def test_a_release_has_links_and_a_lasting_address(
    fictive: ForgeFictive, project: Project, tmp_path: Path
) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(b"id\n1\n")
    project.generic_packages.upload("registre", "1.0.0", "a.csv", source)
    link = {
        "name": "a.csv",
        "url": f"{fictive.url}/api/v4/projects/{project.id}/packages/generic/registre/1.0.0/a.csv",
        "direct_asset_path": "/a.csv",
    }
    project.releases.create(
        {
            "tag_name": "v1.0.0",
            "ref": "main",
            "tag_message": "Registre",
            "name": "Registre",
            "description": "Notes",
            "assets": {"links": [link]},
        }
    )
    assert project.tags.get("v1.0.0").message == "annotated"
    with pytest.raises(GitlabError) as caught:
        project.releases.create({"tag_name": "v1.0.0", "ref": "main"})
    assert refusal(caught)[0] == 409
    with pytest.raises(GitlabError) as caught:
        project.releases.create({"tag_name": "v9.9.9"})
    assert refusal(caught)[0] == 422
    lasting = f"{fictive.url}/api/v4/projects/{project.id}/releases/v1.0.0/downloads/a.csv"
    assert requests.get(lasting, timeout=5).content == b"id\n1\n"
    latest = f"{fictive.url}/api/v4/projects/{project.id}/releases/permalink/latest"
    assert requests.get(latest, timeout=5).json()["tag_name"] == "v1.0.0"
    release = project.releases.get("v1.0.0")
    release.links.create({"name": "notes", "url": f"{fictive.url}/notes"})
    assert [one.name for one in release.links.list(get_all=True)] == ["a.csv", "notes"]
    release.description = "D'autres notes"
    release.save()
    assert [r.description for r in project.releases.list(get_all=True)] == ["D'autres notes"]


def test_a_package_gives_its_last_file(project: Project, tmp_path: Path) -> None:
    for content in (b"un", b"deux"):
        (tmp_path / "f").write_bytes(content)
        project.generic_packages.upload("p", "1.0.0", "f", tmp_path / "f")
    assert project.generic_packages.download("p", "1.0.0", "f") == b"deux"


def test_issues_schedules_variables_and_protections_are_kept(project: Project) -> None:
    issue = project.issues.create({"title": "Tableau de bord", "description": "Un texte"})
    issue.description = "Un autre"
    issue.state_event = "close"
    issue.save()
    assert [i.description for i in project.issues.list(state="closed", get_all=True)] == [
        "Un autre"
    ]
    schedule = project.pipelineschedules.create(
        {"description": "moisson", "ref": "main", "cron": "0 4 * * 1"}
    )
    schedule.variables.create({"key": "BOT", "value": "datagouv"})
    schedule.take_ownership()
    kept = project.pipelineschedules.get(schedule.id)
    [held] = kept.attributes["variables"]
    assert (held["key"], held["value"]) == ("BOT", "datagouv")
    assert kept.owner["username"] == "robot"
    for _ in range(9):
        project.pipelineschedules.create({"description": "m", "ref": "main", "cron": "0 4 * * 1"})
    with pytest.raises(GitlabError):
        project.pipelineschedules.create({"description": "m", "ref": "main", "cron": "0 4 * * 1"})
    project.variables.create({"key": "JETON", "value": "x", "masked": True})
    assert [v.masked for v in project.variables.list(get_all=True)] == [True]
    project.protectedbranches.create({"name": "publie"})
    assert [b.name for b in project.protectedbranches.list(get_all=True)] == ["main", "publie"]


@pytest.mark.parametrize(
    ("opening", "status"),
    [
        ({"private_token": "faux"}, 401),
        ({"private_token": "jeton-lecture"}, 403),
        ({"job_token": "jeton-tache"}, 403),
        ({"private_token": "jeton-inconnu"}, 403),
        ({}, 401),
    ],
)
def test_each_token_opens_what_it_opens(
    fictive: ForgeFictive, opening: dict[str, str], status: int
) -> None:
    with gitlab.Gitlab(fictive.url, **opening) as client:  # type: ignore[arg-type]
        project = client.projects.get(fictive.project, lazy=True)
        with pytest.raises(GitlabError) as caught:
            project.issues.create({"title": "t"})
        assert caught.value.response_code == status


def test_the_token_of_a_job_reads_requests_and_releases(fictive: ForgeFictive) -> None:
    with gitlab.Gitlab(fictive.url, job_token="jeton-tache") as client:
        project = client.projects.get(fictive.project, lazy=True)
        assert list(project.mergerequests.list(get_all=True)) == []
        project.releases.create({"tag_name": "v1.0.0", "ref": "main"})
        with pytest.raises(GitlabError) as caught:
            client.projects.get(fictive.project)
        assert caught.value.response_code == 403


def test_a_hidden_project_is_unknown_to_strangers(fictive: ForgeFictive) -> None:
    fictive.store.hidden = True
    for opening in ({"private_token": "jeton-inconnu"}, {}):
        with gitlab.Gitlab(fictive.url, **opening) as client, pytest.raises(GitlabError) as caught:
            client.projects.get(fictive.project)
        assert refusal(caught) == (404, "404 Project Not Found")


def test_a_quota_is_said_with_the_time_to_wait(fictive: ForgeFictive, project: Project) -> None:
    fictive.troubles.append(Trouble(faces.busy("0", times=2), "GET", early=True))
    assert project.mergerequests.list(get_all=True) == []
    statuses = [answer.status for _, answer in fictive.heard][-3:]
    assert statuses == [429, 429, 200]


def test_scripts_of_any_site_may_call_the_interface_and_nothing_else(
    fictive: ForgeFictive,
) -> None:
    project = f"{fictive.url}/api/v4/projects/{fictive.store.id}"
    origin = {"Origin": "https://datami.example.org"}
    asked = requests.options(project, headers=origin, timeout=5)
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    raw = f"{project}/repository/files/data%2Fa.csv/raw?ref=main"
    answer = requests.get(raw, headers=origin, timeout=5)
    assert answer.text == "id\n1\n"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in answer.headers["Cache-Control"]
    page = f"{fictive.url}/{fictive.project}/-/raw/main/data/a.csv"
    answer = requests.get(page, headers=origin, timeout=5)
    assert answer.text == "id\n1\n"
    assert "Access-Control-Allow-Origin" not in answer.headers
