"""Releases on GitHub: what is said, and what the double answers, against GitHub's description."""

from __future__ import annotations

from pathlib import Path

import pytest
from github_description import check
from openapi_core.exceptions import OpenAPIError

from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account
from observatoire.git import Person
from observatoire.propose.forges import github
from observatoire.propose.forges.shelf import Announcement, shelf_of
from observatoire.publish.posting import post

ROBOT = Account(11, "robot", "Robot", "robot@example.org")
WISH = Announcement("v1.0.0", "Version v1.0.0 du registre", "Première version publiée.\n")
FILES = {"registre.zip": b"PK archive", "CHANGEMENTS.md": b"# Un\n"}
UPLOADS = "/api/uploads/"


def test_a_release_says_only_what_github_describes(tmp_path: Path) -> None:
    with ForgeFictive(tmp_path / "forge") as fictive:
        fictive.admit(ROBOT, "jeton")
        repo = fictive.store.repo
        tree = repo.write_tree("", {"a.csv": b"a\n"})
        sha = repo.commit(tree, [], "premier", Person("Anne", "a@example.org"), "2026-01-05")
        repo.update_ref("refs/heads/main", sha, "")
        repo.update_ref("refs/tags/v1.0.0", sha, "")
        api = {"GITHUB_SERVER_URL": fictive.url, "GITHUB_API_URL": f"{fictive.url}/api/v3"}
        forge = github.connect(
            tmp_path, {"GITHUB_REPOSITORY": fictive.project, "GITHUB_TOKEN": "jeton", **api}
        )
        assert forge is not None
        shelf = shelf_of(forge)
        assert shelf is not None
        post(shelf, WISH, FILES)
        post(shelf, WISH, FILES)
    said = [(c, a) for c, a in fictive.heard if not c.path.startswith(UPLOADS)]
    sent = [c for c, _ in fictive.heard if c.path.startswith(UPLOADS)]

    for call, answer in said:
        try:
            check(call, answer)
        except OpenAPIError as error:
            pytest.fail(f"{call.method} {call.path}: {error!r} {error.__cause__!r}")
    assert {c.method for c, _ in said} == {"GET", "POST", "PATCH"}
    assert [c.query["name"] for c in sent] == list(FILES)
    assert all(c.body == FILES[c.query["name"]] for c in sent)
