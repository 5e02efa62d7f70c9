"""Which jobs run: the truth table of source, branch and changed files, told by gitlab-ci-local."""

from __future__ import annotations

import pytest
from pipeline_yard import PUSH, REQUEST, Variables, Yard, schedule, tag

HARVEST = {f"harvest: [{n}]" for n in range(1, 5)}
NIGHT = {*HARVEST, "assemble", "propose", "dashboard"}
WATCH = {"propose-liveness", "propose-candidates", "verify-release"}
WEEK = {"liveness", "candidates", "dashboard", *WATCH}
HOUR = {"relecture", "contribution", "signalements"}
ROBOT = {"propose", "refresh", "dashboard", "release", *WATCH, *HOUR}

REQUESTS = {
    "a request that edits a table is validated and shown": (
        ["data/organisations.csv"],
        {"validate", "preview"},
    ),
    "a request that edits a text alone is validated": (["docs/maintenir.md"], {"validate"}),
    "a request that edits the code is checked too": (
        ["scripts/observatoire/french.py"],
        {"check", "validate", "preview"},
    ),
    "a request that edits a schema is checked too": (
        ["schemas/organisations.json"],
        {"check", "validate", "preview"},
    ),
    "a request that edits the pipeline is checked too": ([".ci/run"], {"check", "validate"}),
    "a request that edits everything meets the same jobs": (
        ["data/organisations.csv", "tests/test_cli.py", "pyproject.toml", "README.md"],
        {"check", "validate", "preview"},
    ),
}
PIPELINES: dict[str, tuple[str, Variables, set[str]]] = {
    "main is checked, the rest waits for a person": ("main", PUSH, {"check"}),
    "a branch without a request runs nothing": ("essai", PUSH, set()),
    "a branch of Datami runs nothing": ("datami-2026-11-23-x", PUSH, set()),
    "the tag of a version puts the site online": ("", tag("v1.2.3"), {"pages"}),
    "a tag that anybody may push runs nothing": ("", tag("v1.2.3", protected=False), set()),
    "another tag runs nothing": ("", tag("essai"), set()),
    "every two hours, people are answered": ("main", schedule("heure"), HOUR),
    "every night, portals are harvested": ("main", schedule("nuit"), NIGHT),
    "every week, links and portals are looked at": ("main", schedule("semaine"), WEEK),
    "every month, a version is made": ("main", schedule("mois"), {"release"}),
    "a version goes to data.gouv.fr where a dataset is named": (
        "main",
        schedule("mois", OBSERVATOIRE_JEU_DATAGOUV="5f3f8ed2"),
        {"release", "datagouv"},
    ),
    "a schedule without a role runs nothing": ("main", schedule(""), set()),
    "a schedule on another branch runs nothing": ("essai", schedule("nuit"), set()),
    "a role in a request changes nothing": ("", REQUEST | {"ROLE": "nuit"}, {"validate"}),
    "a role by hand on main does as the schedule": ("main", PUSH | {"ROLE": "mois"}, {"release"}),
}


def automatic(yard: Yard, variables: Variables) -> set[str]:
    """The jobs that start by themselves."""
    return {job.name for job in yard.jobs(variables).values() if job.when != "manual"}


@pytest.mark.parametrize(("changed", "wanted"), REQUESTS.values(), ids=REQUESTS)
def test_a_request_starts_the_jobs_of_what_it_changes(
    yard: Yard, changed: list[str], wanted: set[str]
) -> None:
    yard.commit(dict.fromkeys(changed, b"autre\n"))
    assert automatic(yard, REQUEST) == wanted


@pytest.mark.parametrize(("branch", "variables", "wanted"), PIPELINES.values(), ids=PIPELINES)
def test_a_pipeline_starts_these_jobs_and_no_other(
    yard: Yard, branch: str, variables: Variables, wanted: set[str]
) -> None:
    yard.check_out(yard.main, branch)
    assert automatic(yard, variables) == wanted


def test_a_merge_of_data_builds_the_open_requests_again(yard: Yard) -> None:
    yard.commit({"data/organisations.csv": b"autre\n"}, "main")
    assert automatic(yard, PUSH) == {"check", "refresh"}
    assert yard.jobs(PUSH)["refresh"].environment == "robot"


def test_by_hand_on_main_a_version_and_its_site(yard: Yard) -> None:
    yard.check_out(yard.main, "main")
    manual = {job.name for job in yard.jobs(PUSH).values() if job.when == "manual"}
    assert manual == {"release", "pages"}


def test_the_jobs_of_a_request_are_in_no_environment_that_holds_the_token(yard: Yard) -> None:
    yard.commit({"scripts/observatoire/french.py": b"autre\n", "data/organisations.csv": b"x\n"})
    assert {job.environment for job in yard.jobs(REQUEST).values()} == {""}
    yard.check_out(yard.main, "main")
    for role in ("heure", "nuit", "semaine", "mois"):
        for job in yard.jobs(schedule(role)).values():
            assert (job.environment == "robot") == (job.name in ROBOT), job


def test_a_request_of_datami_starts_no_pipeline(yard: Yard) -> None:
    yard.commit({"data/organisations.csv": b"autre\n", "scripts/x.py": b"import os\n"})
    branch = "datami-2026-11-23-organisations-csv-e8d052b3-88dc-428e-bdd3-bb9dd5ef5ab0"
    assert yard.jobs(REQUEST | {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": branch}) == {}
