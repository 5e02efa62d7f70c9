"""Git over HTTP on the forge fictive: real clones, real pushes, and the options of a push."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
import requests

from observatoire import git
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.git import GitError, Person, Repo, StaleRef

ANNE = Person("Anne", "anne@example.org")


def header(token: str) -> dict[str, str]:
    """What gives git a token."""
    basic = base64.b64encode(f"oauth2:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
    }


@pytest.fixture
def clone(fictive: ForgeFictive, tmp_path: Path) -> Repo:
    return Repo(git.clone(fictive.remote, tmp_path / "travail").path, header("jeton"))


def change(clone: Repo, value: str, size: int = 1) -> str:
    """A commit on main's last one."""
    base = clone.resolve("origin/main") or ""
    tree = clone.write_tree(base, {"data/a.csv": f"id\n{value}\n".encode() * size})
    return clone.commit(tree, [base], f"Propose {value}", ANNE, "2026-01-05")


def test_a_public_project_is_cloned_by_anyone(fictive: ForgeFictive, clone: Repo) -> None:
    assert clone.resolve("origin/main") == fictive.store.tip("main")


@pytest.mark.parametrize("token", ["faux", "jeton-tache", "jeton-inconnu", "jeton-lecture"])
def test_a_push_needs_a_token_that_may_write(
    fictive: ForgeFictive, clone: Repo, token: str
) -> None:
    sha = change(clone, "2")
    other = Repo(clone.path, header(token))
    with pytest.raises(GitError):
        other.push(fictive.remote, sha, "refs/heads/bot-x", "")
    assert fictive.store.tip("bot-x") is None


def test_a_push_without_any_token_is_refused(fictive: ForgeFictive, clone: Repo) -> None:
    with pytest.raises(GitError):
        Repo(clone.path).push(fictive.remote, change(clone, "2"), "refs/heads/bot-x", "")


def test_a_hidden_project_is_closed_to_git_too(fictive: ForgeFictive, clone: Repo) -> None:
    fictive.store.hidden = True
    assert clone.remote_ref(fictive.remote, "refs/heads/main")
    for other in (Repo(clone.path), Repo(clone.path, header("jeton-inconnu"))):
        with pytest.raises(GitError):
            other.remote_ref(fictive.remote, "refs/heads/main")


def test_a_push_moves_the_real_branch_and_a_stale_one_is_refused(
    fictive: ForgeFictive, clone: Repo
) -> None:
    first, second = change(clone, "2"), change(clone, "3")
    clone.push(fictive.remote, first, "refs/heads/bot-x", "")
    assert fictive.store.tip("bot-x") == first
    with pytest.raises(StaleRef):
        clone.push(fictive.remote, second, "refs/heads/bot-x", "")
    clone.push(fictive.remote, second, "refs/heads/bot-x", first)
    clone.push(fictive.remote, "", "refs/heads/bot-x", second)
    assert fictive.store.tip("bot-x") is None


def test_a_big_push_arrives_in_pieces(fictive: ForgeFictive, clone: Repo) -> None:
    clone.run("config", "http.postBuffer", "1000")
    clone.run("config", "core.compression", "0")
    sha = change(clone, "x" * 1000, 40)
    clone.push(fictive.remote, sha, "refs/heads/bot-x", "")
    assert fictive.store.tip("bot-x") == sha
    chunked = [c for c, _ in fictive.heard if c.headers.get("transfer-encoding") == "chunked"]
    assert chunked


OPTIONS = (
    "merge_request.create",
    "merge_request.target=main",
    r"merge_request.title=Draft: C'est « à $HOME `lire` »",
    r"merge_request.description=Une ligne\nUne autre",
    "merge_request.label=anomalie",
)


def test_a_push_opens_a_request_then_changes_it(fictive: ForgeFictive, clone: Repo) -> None:
    first, second = change(clone, "2"), change(clone, "3")
    clone.push(fictive.remote, first, "refs/heads/bot-x", "", *OPTIONS)
    (made,) = fictive.store.requests
    assert (made.title, made.draft) == ("C'est « à $HOME `lire` »", True)
    assert (made.body, made.labels, made.author.username) == (
        "Une ligne\nUne autre",
        ["anomalie"],
        "robot",
    )
    changes = ("merge_request.title=Autre", "merge_request.unlabel=anomalie")
    clone.push(fictive.remote, second, "refs/heads/bot-x", first, *changes)
    assert (made.title, made.draft, made.labels, made.head) == ("Autre", False, [], second)
    assert made.body == "Une ligne\nUne autre"


def test_options_without_create_open_nothing(fictive: ForgeFictive, clone: Repo) -> None:
    title = "merge_request.title=Autre"
    clone.push(fictive.remote, change(clone, "2"), "refs/heads/bot-x", "", title)
    assert fictive.store.requests == []


def test_a_push_to_main_that_holds_a_request_merges_it(fictive: ForgeFictive, clone: Repo) -> None:
    sha, main = change(clone, "2"), fictive.store.tip("main") or ""
    clone.push(fictive.remote, sha, "refs/heads/bot-x", "", *OPTIONS)
    clone.push(fictive.remote, sha, "refs/heads/main", main)
    assert fictive.store.requests[0].state == "merged"


def test_two_headers_at_once_are_refused_as_github_does(fictive: ForgeFictive) -> None:
    answer = requests.get(
        f"{fictive.remote}/info/refs?service=git-upload-pack",
        headers={"Authorization": "Basic eDp4, Basic eDp4"},
        timeout=5,
    )
    assert answer.status_code == 400


def test_what_is_not_served_is_not_found(fictive: ForgeFictive) -> None:
    for path in ("/", "/autre/projet.git/info/refs", "/api/v4/rien", "/api/v3/rien"):
        assert requests.get(fictive.url + path, timeout=5).status_code == 404
