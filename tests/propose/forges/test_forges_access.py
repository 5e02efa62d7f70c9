"""Which forge is used, what a token opens, and that it is never shown."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import pytest
from forges_stage import BRANCH, JOB_TOKEN, PROJECT, TOKEN, Online, environment, proposal, settle

from observatoire import git
from observatoire.demo.forge.faults import Trouble, echo
from observatoire.git import GitError, Person, Repo
from observatoire.propose import forges
from observatoire.propose.forges import ForgeError, Wish
from observatoire.propose.forges.github_forge import GitHubForge
from observatoire.propose.forges.gitlab_forge import GitLabForge
from observatoire.propose.forges.local import LocalForge
from observatoire.propose.forges.online.access import Access, robot
from observatoire.propose.forges.push_forge import PushForge

URL = "https://forge.example.org"
online = pytest.mark.parametrize("kind", ["gitlab", "github", "push"])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, LocalForge),
        ({"CI_SERVER_URL": URL, "CI_PROJECT_PATH": PROJECT, "CI_JOB_TOKEN": "x"}, LocalForge),
        ({"GITHUB_REPOSITORY": PROJECT}, LocalForge),
        (environment("gitlab", URL), GitLabForge),
        (environment("push", URL), PushForge),
        (environment("github", URL), GitHubForge),
        (environment("push", URL) | environment("gitlab", URL), GitLabForge),
        ({"GITHUB_REPOSITORY": PROJECT, "OBSERVATOIRE_JETON": "x"}, GitHubForge),
    ],
)
def test_the_environment_says_which_forge(
    tmp_path: Path, given: Mapping[str, str], expected: type
) -> None:
    assert type(forges.connect(tmp_path, given)) is expected


def test_a_token_without_a_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(ForgeError, match="CI_PROJECT_PATH"):
        forges.connect(tmp_path, {"OBSERVATOIRE_JETON": TOKEN})


def test_github_com_is_where_github_is(tmp_path: Path) -> None:
    forge = forges.connect(tmp_path, {"GITHUB_REPOSITORY": "a/b", "GITHUB_TOKEN": TOKEN})
    assert isinstance(forge, GitHubForge)
    assert forge.remote == "https://github.com/a/b.git"
    assert forge.access.api == "https://api.github.com"
    assert forge.client.graphql == "https://api.github.com/graphql"


@pytest.mark.parametrize(
    "server",
    [
        "http://gitlab.example.org",
        "ftp://gitlab.example.org",
        "https://robot:secret@gitlab.example.org",
        "https://gitlab.example.org?x=1",
        "gitlab.example.org",
        "https://",
    ],
)
def test_a_token_goes_to_no_address_in_the_clear(tmp_path: Path, server: str) -> None:
    given = environment("gitlab", URL) | {"CI_SERVER_URL": server}
    with pytest.raises(ForgeError, match="https://") as caught:
        forges.connect(tmp_path, given)
    assert "secret" not in str(caught.value)


def access(**more: str) -> Access:
    return Access(
        title="GitLab",
        server=URL,
        project=PROJECT,
        token=TOKEN,
        login="oauth2",
        variable="X",
        **more,  # type: ignore[arg-type]
    )


def test_settings_of_git_already_given_are_kept() -> None:
    given = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b", "GIT_CONFIG_VALUE_0": "c"}
    added = access().variables(given)
    assert added["GIT_CONFIG_COUNT"] == "5"
    assert "GIT_CONFIG_KEY_0" not in added
    assert added["GIT_CONFIG_KEY_2"] == f"http.{URL}/{PROJECT}.git.extraHeader"


def test_an_access_shows_no_token() -> None:
    assert TOKEN not in repr(access())
    assert access().clean(f"a {TOKEN} b") == "a *** b"
    assert access().clean("://x:y@h glpat-abcdefgh12 ghp_abcdefgh12") == "://***@h *** ***"


def test_a_robot_is_a_name_and_an_e_mail() -> None:
    assert robot({}) is None
    named = {"OBSERVATOIRE_ROBOT": "Robot du registre <robot@example.org>"}
    assert robot(named) == Person("Robot du registre", "robot@example.org")
    with pytest.raises(ForgeError, match="Nom <courriel>"):
        robot({"OBSERVATOIRE_ROBOT": "robot"})


@online
def test_a_named_robot_signs(stage: Online) -> None:
    given = environment(stage.kind, stage.fictive.url)
    given["OBSERVATOIRE_ROBOT"] = "Robot nommé <nomme@example.org>"
    forge = forges.connect(stage.clone.path, given)
    assert forge.whoami() == Person("Robot nommé", "nomme@example.org")


def bytes_under(*folders: Path) -> bytes:
    """Every byte of every file."""
    files = (p for folder in folders for p in folder.rglob("*") if p.is_file())
    return b"\n".join(p.read_bytes() for p in files)


def said_by(error: BaseException) -> str:
    """All that an exception and those behind it say."""
    chain, found = [], error
    while found is not None and found not in chain:
        chain.append(found)
        found = found.__cause__ or found.__context__  # type: ignore[assignment]
    return "\n".join(f"{e!s} {e!r} {e.args!r} {vars(e)!r}" for e in chain)


def secrets(stage: Online) -> list[str]:
    """The tokens, and the header that carries one."""
    header = next(v for v in stage.forge.variables.values() if "Basic" in v)
    return [TOKEN, JOB_TOKEN, header.rpartition(" ")[2]]


@online
def test_tokens_stay_nowhere(
    stage: Online, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    work = git.clone(str(stage.clone.path), tmp_path / "travail")
    work.run("remote", "add", "forge", stage.forge.remote)
    stage.clone = Repo(work.path, stage.forge.variables)
    settle(stage, proposal())
    settle(stage, proposal("Trois"))
    settle(stage, None)
    shown = bytes_under(tmp_path / "travail", tmp_path / "forge").decode("utf-8", "replace")
    store = stage.fictive.store
    shown += repr(store.requests) + caplog.text + work.line("remote", "-v")
    shown += repr(stage.forge) + repr(vars(stage.forge)["access"]) + repr(stage.clone)
    shown += "".join(call.path + repr(dict(call.query)) for call, _ in stage.fictive.heard)
    for secret in secrets(stage):
        assert secret not in shown
    assert any(secret in repr(stage.fictive.heard) for secret in secrets(stage))


@online
@pytest.mark.parametrize("path", ["/api/", ".git/"])
def test_a_forge_that_repeats_the_token_makes_nobody_say_it(stage: Online, path: str) -> None:
    stage.fictive.troubles.append(Trouble(echo(path), early=True))
    with pytest.raises((ForgeError, GitError)) as caught:
        settle(stage, proposal())
    for secret in secrets(stage):
        assert secret not in said_by(caught.value)


@online
def test_an_exception_holds_no_request_with_its_headers(stage: Online) -> None:
    stage.fictive.store.tokens.clear()
    with pytest.raises(ForgeError) as caught:
        stage.forge.create(BRANCH, Wish("t", "c"))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@online
def test_what_a_pipeline_left_in_the_clone_does_not_add_a_second_header(
    stage: Online, tmp_path: Path
) -> None:
    work = git.clone(str(stage.clone.path), tmp_path / "travail")
    work.run("config", f"http.{stage.fictive.url}/.extraheader", "AUTHORIZATION: basic cGVyaW1l")
    stage.clone = Repo(work.path, stage.forge.variables)
    assert settle(stage, proposal()).action == "ouverte"


@online
def test_the_header_goes_to_the_project_alone(stage: Online) -> None:
    other = stage.fictive.url + "/observatoire/autre.git"
    with pytest.raises(GitError):
        stage.clone.remote_ref(other, "refs/heads/main")
    asked = [c for c, _ in stage.fictive.heard if c.path.startswith("/observatoire/autre")]
    assert asked
    assert all("authorization" not in c.headers for c in asked)
