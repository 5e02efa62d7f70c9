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

HELD = ("propose", "contribution", "release")
"""Jobs that write to the forge, hence hold the bot's token."""


@pytest.fixture
def pipeline(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / ".gitlab-ci.yml").read_text(encoding="utf-8"))


def jobs(pipeline: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {n: j for n, j in pipeline.items() if isinstance(j, dict) and "script" in j}


def commands(job: dict[str, Any]) -> Iterator[list[str]]:
    for line in [*job["script"], *job.get("after_script", [])]:
        if "observatoire" in line:
            yield shlex.split(re.sub(r"\$CI_NODE_(INDEX|TOTAL)", "1", line))[1:]


def test_gitlab_accepts_the_pipeline(root: Path) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    options = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    done = subprocess.run(
        [program, *options, ".gitlab-ci.yml"], cwd=root, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_every_command_of_a_job_is_one_that_exists(pipeline: dict[str, Any]) -> None:
    called = [words for job in jobs(pipeline).values() for words in commands(job)]

    assert {words[0] for words in called} >= {"validate", "harvest", "propose", "release", "site"}
    for words in called:
        assert cli.parser(words[0]).parse_args(words).command == words[0]


def test_jobs_that_hold_a_token_run_on_the_default_branch_only(pipeline: dict[str, Any]) -> None:
    for name in HELD:
        for rule in pipeline[name]["rules"]:
            assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in rule["if"], name
            assert "merge_request" not in rule["if"], name


def test_a_contribution_meets_jobs_that_write_only_artifacts(pipeline: dict[str, Any]) -> None:
    met = {
        name
        for name, job in jobs(pipeline).items()
        if any("merge_request_event" in rule["if"] for rule in job["rules"])
    }

    assert met == {"check", "validate"}


def test_no_failure_is_hidden_and_every_artifact_expires(pipeline: dict[str, Any]) -> None:
    for name, job in jobs(pipeline).items():
        assert not any("|| true" in line for line in job["script"]), name
        if name != "pages":
            assert "expire_in" in job.get("artifacts", {"expire_in": ""}), name
