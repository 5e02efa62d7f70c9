"""What the GitLab face keeps beside files: labels, releases, packages, issues, schedules."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from gitlab.exceptions import GitlabError
from gitlab.v4.objects import Project
from gitlab_refusals import refusal

from observatoire.demo.forge.fictive import ForgeFictive


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
