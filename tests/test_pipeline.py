"""The pipeline: valid, calling commands that exist, with secrets out of reach of contributions."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from observatoire import cli
from observatoire.setup import common

Job = dict[str, Any]
ROLES = {"heure", "nuit", "semaine", "mois"}
"""What each schedule says in its variable ROLE."""
WRITERS = {
    "datagouv",
    "propose",
    "dashboard",
    "relecture",
    "contribution",
    "signalements",
    "release",
}
"""Commands that write on the forge, hence need the token."""
OWN = {"ROLE", "OPTIONS_MOISSON", "VENV", "PIP_CACHE_DIR", "GIT_DEPTH", "PATH", "PARTIE"}
"""Variables that the pipeline itself sets."""
GIVEN = {"OBSERVATOIRE_JEU_DATAGOUV"}
"""Variables that a maintainer may add; the others are GitLab's."""


@pytest.fixture(scope="module")
def pipeline() -> Job:
    path = Path(__file__).parent.parent / ".gitlab-ci.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs(pipeline: Job) -> dict[str, Job]:
    return {n: j for n, j in pipeline.items() if isinstance(j, dict) and "script" in j}


def lines(job: Job) -> list[str]:
    return [*job["script"], *job.get("after_script", [])]


def commands(job: Job) -> Iterator[list[str]]:
    for line in lines(job):
        if line.startswith("observatoire "):
            said = re.sub(r"\$(PARTIE|CI_NODE_TOTAL)", "1", line)
            yield shlex.split(said.replace("$OPTIONS_MOISSON", ""))[1:]


def held(pipeline: Job) -> dict[str, Job]:
    """The jobs in whose environment the token exists."""
    return {n: j for n, j in jobs(pipeline).items() if "environment" in j}


def test_gitlab_accepts_the_pipeline(root: Path) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    options = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    done = subprocess.run(
        [program, *options, ".gitlab-ci.yml"], cwd=root, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_every_command_of_a_job_is_one_that_exists(pipeline: Job) -> None:
    called = [words for job in jobs(pipeline).values() for words in commands(job)]

    assert {words[0] for words in called} >= {"validate", "harvest", "site", *WRITERS}
    for words in called:
        assert cli.parser(words[0]).parse_args(words).command == words[0]


def test_a_job_is_a_line_or_two(pipeline: Job) -> None:
    assert {
        name: len(job["script"]) for name, job in jobs(pipeline).items() if job["script"][2:]
    } == {}


def test_the_token_is_held_by_the_jobs_that_write_on_the_forge_and_by_no_other(
    pipeline: Job,
) -> None:
    writing = {
        name
        for name, job in jobs(pipeline).items()
        if any(words[0] in WRITERS for words in commands(job))
    }

    assert set(held(pipeline)) == writing
    assert {job["environment"]["name"] for job in held(pipeline).values()} == {"robot"}


def test_a_job_that_holds_the_token_runs_main_alone_and_is_never_cut_short(pipeline: Job) -> None:
    for name, job in held(pipeline).items():
        for rule in job["rules"]:
            assert rule["if"].startswith("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && "), name
        assert job["interruptible"] is False, name
        assert job["resource_group"], name


def test_a_job_that_holds_the_token_takes_nothing_from_a_cache(pipeline: Job) -> None:
    """A merge request's pipeline may write the cache of packages."""
    assert {name: job["cache"] for name, job in held(pipeline).items() if job["cache"]} == {}


def test_the_token_is_named_by_no_line_that_runs(pipeline: Job) -> None:
    for name, job in jobs(pipeline).items():
        for line in lines(job):
            assert "JETON" not in line, name
            assert "TOKEN" not in line, name


def test_a_contribution_meets_jobs_that_write_only_artifacts(pipeline: Job) -> None:
    met = {
        name
        for name, job in jobs(pipeline).items()
        if any("merge_request_event" in rule["if"] for rule in job["rules"])
    }

    assert met == {"check", "validate", "preview"}
    assert met.isdisjoint(held(pipeline))


def test_the_site_is_put_online_by_a_protected_tag_or_by_hand(pipeline: Job) -> None:
    by_tag, by_hand = pipeline["pages"]["rules"]

    assert by_tag["if"].startswith("$CI_COMMIT_TAG =~ ")
    assert by_tag["if"].endswith('&& $CI_COMMIT_REF_PROTECTED == "true"')
    assert by_hand["when"] == "manual"


def test_no_failure_is_hidden_and_every_artifact_expires(pipeline: Job) -> None:
    for name, job in jobs(pipeline).items():
        assert not any("|| true" in line for line in lines(job)), name
        if name != "pages":
            assert "expire_in" in job.get("artifacts", {"expire_in": ""}), name


def test_every_schedule_has_work_and_every_work_a_schedule(pipeline: Job) -> None:
    asked = {
        role
        for job in jobs(pipeline).values()
        for rule in job["rules"]
        for role in re.findall(r'\$ROLE == "(\w+)"', rule["if"])
    }

    assert asked == ROLES
    assert {role for role in pipeline["variables"]["ROLE"]["options"] if role} == ROLES


def test_every_variable_is_gitlab_s_or_declared(root: Path) -> None:
    text = (root / ".gitlab-ci.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", text))

    assert {name for name in used - OWN - GIVEN if not name.startswith("CI_")} == set()


def test_the_project_is_prepared_for_these_schedules_and_this_environment(pipeline: Job) -> None:
    """``observatoire init-forge`` makes what this file counts on."""
    assert {schedule.role for schedule in common.SCHEDULES} == ROLES
    assert {secret.scope for secret in (common.TOKEN, common.DATAGOUV)} == {"robot"}
    protected = {guard.name for guard in common.GUARDS}
    assert protected == {"main", "publie", "v*"}


def test_packages_are_installed_by_their_digests(root: Path) -> None:
    (install,) = [
        line
        for line in (root / "Makefile").read_text("utf-8").splitlines()
        if "pip install" in line and "requirements.lock" in line
    ]
    assert "--require-hashes" in install
    pinned = re.findall(r"^[\w.-]+==\S+ \\$", (root / "requirements.lock").read_text("utf-8"), re.M)
    assert len(pinned) > 20
