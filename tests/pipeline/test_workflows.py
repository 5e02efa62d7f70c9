"""The workflows of GitHub: valid, audited, and as careful with the token as the other pipeline."""

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

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
FILES = sorted(WORKFLOWS.glob("*.yml"))
SECRET = "secrets."
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")
WRITERS = {"propose", "dashboard", "relecture", "contribution", "signalements", "release"}

Flow = dict[Any, Any]


def flow(path: Path) -> Flow:
    return yaml.safe_load(path.read_text("utf-8"))


def jobs() -> Iterator[tuple[Path, str, Flow]]:
    for path in FILES:
        for name, job in flow(path)["jobs"].items():
            yield path, name, job


def steps(job: Flow) -> list[Flow]:
    return job["steps"]


def commands(job: Flow) -> Iterator[list[str]]:
    """The commands of a job, with each value of its matrix."""
    matrix = job.get("strategy", {}).get("matrix", {})
    values = matrix.get("command") or [c["command"] for c in matrix.get("include", ())]
    for step in steps(job):
        line = str(step.get("run", "")).partition(" ||")[0]
        if "observatoire " in line:
            for command in values if "$COMMAND" in line else [""]:
                said = line.replace("$COMMAND", command).replace("$PART", "1")
                yield shlex.split(said)[1:]


def program(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    path = Path(sys.executable).with_name(name)
    return subprocess.run([path, *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_github_accepts_the_workflows() -> None:
    done = program(
        "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, FILES)
    )
    assert done.returncode == 0, done.stdout


def test_the_audit_finds_nothing() -> None:
    done = program("zizmor", "--offline", "--no-progress", "--color=never", str(WORKFLOWS))
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout + done.stderr


def test_the_audit_sees_a_hole(tmp_path: Path) -> None:
    """What is proved above could fail."""
    text = (WORKFLOWS / "demande.yml").read_text("utf-8")
    (tmp_path / "w.yml").write_text(text.replace("pull_request:", "pull_request_target:"), "utf-8")
    done = program("zizmor", "--offline", "--no-progress", "--color=never", str(tmp_path / "w.yml"))
    assert done.returncode != 0
    assert "dangerous-triggers" in done.stdout


def test_every_action_is_pinned_to_a_commit() -> None:
    used = {s["uses"] for _, _, job in jobs() for s in steps(job) if "uses" in s}
    assert [name for name in used if not PINNED.fullmatch(name)] == []


def test_no_workflow_may_write_the_repository_with_github_s_own_token() -> None:
    for path in FILES:
        assert flow(path)["permissions"] == {"contents": "read"}, path.name
    more = {name: job["permissions"] for _, name, job in jobs() if "permissions" in job}
    assert more == {"pages": {"contents": "read", "pages": "write", "id-token": "write"}}


def test_no_checkout_leaves_a_token_in_the_clone() -> None:
    for path, name, job in jobs():
        for step in steps(job):
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False, (path.name, name)


def test_a_secret_is_given_to_one_step_of_a_job_of_the_robot_and_never_to_a_request() -> None:
    for path, name, job in jobs():
        held = [s for s in steps(job) if SECRET in str(s)]
        rest = {k: v for k, v in job.items() if k != "steps"}
        assert SECRET not in str(rest), (path.name, name)
        assert len(held) <= 1, (path.name, name)
        if held:
            assert path.name == "robot.yml"
            assert job["environment"] == "robot", name
            assert "github.ref == 'refs/heads/main'" in job["if"], name
            assert all("run" in step for step in held), name


def test_the_jobs_that_write_on_the_forge_are_those_of_the_robot() -> None:
    writing = {n for _, n, job in jobs() if any(words[0] in WRITERS for words in commands(job))}
    assert writing == {n for _, n, job in jobs() if job.get("environment") == "robot"}


def test_nothing_from_outside_is_written_into_a_script() -> None:
    for path, name, job in jobs():
        for step in steps(job):
            assert "${{" not in str(step.get("run", "")), (path.name, name)


def test_every_command_is_one_that_exists() -> None:
    called = [words for _, _, job in jobs() for words in commands(job)]
    assert {words[0] for words in called} >= {"validate", "harvest", "site", "candidates", *WRITERS}
    for words in called:
        assert cli.parser(words[0]).parse_args(words).command == words[0]


def test_the_bot_works_only_where_the_register_has_its_home() -> None:
    for path, name, job in jobs():
        if path.name in {"robot.yml", "site.yml"}:
            assert "vars.OBSERVATOIRE_FORGE == 'github'" in job["if"], name


@pytest.mark.parametrize("schedule", common.SCHEDULES, ids=lambda s: s.role)
def test_the_hours_are_those_of_the_other_forge(schedule: common.Schedule) -> None:
    robot = flow(WORKFLOWS / "robot.yml")
    crons = {found["cron"] for found in robot[True]["schedule"]}
    assert schedule.cron in crons
    asked = f"github.event.schedule == '{schedule.cron}' || inputs.role == '{schedule.role}'"
    assert any(asked in job["if"] for job in robot["jobs"].values())
