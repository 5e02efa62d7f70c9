"""Who may ask what of the GitLab face: tokens, hidden projects, quotas, scripts of other sites."""

from __future__ import annotations

import gitlab
import pytest
import requests
from gitlab.exceptions import GitlabError
from gitlab.v4.objects import Project
from gitlab_refusals import refusal

from observatoire.demo import faces
from observatoire.demo.forge.faults import Trouble
from observatoire.demo.forge.fictive import ForgeFictive


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
