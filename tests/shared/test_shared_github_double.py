"""The rest of the double's GitHub face contents github3.py, and GitHub's own description."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from github3 import GitHub
from github3.session import GitHubSession
from github_description import PREFIX, check

from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account
from observatoire.git import Person, Tree

ANNE = Person("Anne", "anne@example.org")
ROBOT = Account(11, "robot", "Robot", "robot@example.org")


@pytest.fixture
def fictive(tmp_path: Path) -> Iterator[ForgeFictive]:
    forge = ForgeFictive(tmp_path / "forge")
    forge.admit(ROBOT, "jeton")
    repo = forge.store.repo
    tree = repo.write_tree("", {"data/a.csv": b"id\n1\n", "lisez-moi.md": b"!\n"})
    repo.update_ref("refs/heads/main", repo.commit(tree, [], "premier", ANNE, "2026-01-01"), "")
    with forge:
        yield forge
        for call, answer in forge.heard:
            if call.path.startswith(PREFIX):
                check(call, answer)


@pytest.fixture
def hub(fictive: ForgeFictive) -> GitHub:
    session = GitHubSession()
    session.base_url = fictive.url + PREFIX
    return GitHub(token="jeton", session=session)


@pytest.fixture
def repository(hub: GitHub, fictive: ForgeFictive) -> Any:
    return hub.repository(*fictive.project.split("/"))


def test_the_account_and_its_quota(hub: GitHub) -> None:
    assert hub.me().login == "robot"
    assert hub.rate_limit()["resources"]["core"]["limit"] == 5000


def test_a_branch_is_written_through_the_git_database(
    fictive: ForgeFictive, repository: Any
) -> None:
    main = repository.branch("main")
    assert main.commit.sha == fictive.store.tip("main")
    repository.create_blob("contenu", "utf-8")
    tree = repository.create_tree(
        [
            {"path": "data/b.csv", "mode": "100644", "type": "blob", "content": "id\n2\n"},
            {"path": "lisez-moi.md", "mode": "100644", "type": "blob", "sha": None},
        ],
        base_tree=fictive.store.repo.line("rev-parse", "main^{tree}"),
    )
    author = {"name": "Robot", "email": "robot@example.org", "date": "2026-01-05T00:00:00Z"}
    made = repository.create_commit("Propose", tree.sha, [main.commit.sha], author=author)
    ref = repository.create_ref("refs/heads/bot-x", made.sha)
    assert ref.object.sha == fictive.store.tip("bot-x")
    files = Tree(fictive.store.repo, "bot-x")
    assert (files.read("data/b.csv"), files.read("lisez-moi.md")) == (b"id\n2\n", None)
    assert repository.ref("heads/bot-x").object.sha == made.sha
    assert repository.commit("bot-x").sha == made.sha
    ref.update(main.commit.sha, force=True)
    assert fictive.store.tip("bot-x") == main.commit.sha
    ref.delete()
    assert fictive.store.tip("bot-x") is None


def test_a_file_is_read_and_written(fictive: ForgeFictive, repository: Any) -> None:
    held = repository.file_contents("data/a.csv", "main")
    assert held.decoded == b"id\n1\n"
    held.update("Corrige", b"id\n3\n", branch="main")
    repository.create_file("data/c.csv", "Ajoute", b"id\n4\n", branch="main")
    files = Tree(fictive.store.repo, "main")
    assert (files.read("data/a.csv"), files.read("data/c.csv")) == (b"id\n3\n", b"id\n4\n")


def test_a_request_is_read_line_by_line_and_merged(fictive: ForgeFictive, repository: Any) -> None:
    repo = fictive.store.repo
    base = repo.resolve("main") or ""
    tree = repo.write_tree(base, {"data/a.csv": b"id\n5\n", "data/new.csv": b"id\n"})
    repo.update_ref("refs/heads/bot-x", repo.commit(tree, [base], "x", ANNE, "2026-01-05"), "")
    pull = repository.create_pull("Un titre", "main", "bot-x", "Un corps")
    changed = {(f.filename, f.status, f.additions_count) for f in pull.files()}
    assert changed == {("data/a.csv", "modified", 1), ("data/new.csv", "added", 1)}
    assert [c.sha for c in pull.commits()] == [repo.resolve("bot-x")]
    pull.create_review_requests(["anne"])
    pull.update("Un autre titre", "Un autre corps")
    full = repository.pull_request(pull.number)
    assert (full.title, full.commits_count, full.additions_count) == ("Un autre titre", 1, 2)
    assert full.merge("Accepté", sha=full.head.sha)
    assert repository.pull_request(pull.number).merged
    assert Tree(repo, "main").read("data/a.csv") == b"id\n5\n"


def test_issues_have_labels_and_comments(repository: Any) -> None:
    label = repository.create_label("signalement", "d73a4a")
    issue = repository.create_issue("Une erreur", "Ligne 3", labels=[label.name])
    assert [i.title for i in repository.issues(state="open")] == ["Une erreur"]
    assert [one.name for one in repository.labels()] == ["signalement"]
    issue.add_labels("bot::pause")
    assert [one.name for one in issue.labels()] == ["signalement", "bot::pause"]
    issue.replace_labels(["signalement"])
    comment = issue.create_comment("Merci")
    comment.edit("Merci !")
    assert [c.body for c in issue.comments()] == ["Merci !"]
    issue.edit(title="Une erreur corrigée", state="closed")
    assert repository.issue(issue.number).state == "closed"


def test_a_release_has_assets(fictive: ForgeFictive, repository: Any) -> None:
    release = repository.create_release("v1.0.0", "main", name="Registre", body="Notes")
    asset = release.upload_asset("text/csv", "a.csv", b"id\n1\n")
    assert (asset.name, asset.size) == ("a.csv", 5)
    assert [r.tag_name for r in repository.releases()] == ["v1.0.0"]
    again = repository.release_from_tag("v1.0.0")
    assert [a.name for a in again.assets()] == ["a.csv"]
    again.edit(body="Autres notes")
    assert repository.release(release.id).body == "Autres notes"
    assert fictive.store.repo.resolve("v1.0.0") == fictive.store.tip("main")
    assert base64.b64encode(fictive.store.releases[0].files[0].content) == b"aWQKMQo="
