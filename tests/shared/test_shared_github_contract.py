"""What is said to GitHub, and what the double answers, against GitHub's own description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from github_description import PREFIX, Answered, Asked, check, description
from openapi_core.exceptions import OpenAPIError

from observatoire import git
from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Call
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account
from observatoire.git import Person, Repo
from observatoire.propose.bot import Bot
from observatoire.propose.forges import github
from observatoire.propose.proposal import Proposal

ANNE = Person("Anne", "anne@example.org")
HUMAN = Account(12, "anne", "Anne", "anne@example.org")
ROBOT = Account(11, "robot", "Robot", "robot@example.org")
TOPIC, BRANCH, DAY = "moisson-datagouv", "bot-moisson-datagouv", "2026-01-05"
ELSEWHERE = {
    ("POST", "/api/graphql"),
    ("DELETE", "/api/v3/repos/observatoire/registre/issues/1/labels/bot::reprendre"),
    ("GET", "/api/v3/repos/observatoire/registre/issues/comments/{}"),
}
"""The calls that the subset of the description does not hold."""


@pytest.fixture
def fictive(tmp_path: Path) -> Iterator[ForgeFictive]:
    forge = ForgeFictive(tmp_path / "forge")
    forge.admit(ROBOT, "jeton")
    _write(forge.store.repo, "main", b"siren,nom\n1,Un\n")
    with forge:
        yield forge


def _write(repo: Repo, branch: str, content: bytes) -> None:
    tip = repo.resolve(f"refs/heads/{branch}") or ""
    tree = repo.write_tree(tip, {"data/organisations.csv": content})
    sha = repo.commit(tree, [tip] if tip else [], "une main humaine", ANNE, DAY)
    repo.update_ref(f"refs/heads/{branch}", sha, tip)


def _wish(value: str, **more: Any) -> Proposal:
    changes = {"data/organisations.csv": f"siren,nom\n1,{value}\n".encode()}
    said = {"title": f"Titre {value}", "body": f"Corps {value}", "stable": value}
    return Proposal(
        TOPIC, **said, message=f"Propose {value}", changes=changes, key=f"sha256:{value}", **more
    )


class Play:
    """Runs of the bot on the double."""

    def __init__(self, fictive: ForgeFictive, folder: Path) -> None:
        self.fictive = fictive
        self.root = git.init_bare(folder / "clone.git").path

    def run(self, wish: Proposal | None) -> str:
        """One run of a bot that remembers nothing."""
        url = self.fictive.url
        environment = {
            "GITHUB_REPOSITORY": self.fictive.project,
            "GITHUB_SERVER_URL": url,
            "GITHUB_API_URL": f"{url}{PREFIX}",
            "OBSERVATOIRE_JETON": "jeton",
        }
        forge = github.connect(self.root, environment)
        assert forge is not None
        clone = Repo(self.root, forge.variables)
        return Bot(clone, forge, forge.base(clone), DAY).settle(TOPIC, wish).action

    def everything(self) -> list[str]:
        """A year of a request: opened, changed, made a draft, frozen, given back, closed."""
        store = self.fictive.store
        done = [self.run(_wish("deux")), self.run(_wish("trois"))]
        done.append(self.run(_wish("quatre", labels=("anomalie",), draft=True)))
        _write(store.repo, BRANCH, b"siren,nom\n1,Humain\n")
        store.settle(HUMAN, BRANCH)
        done += [self.run(_wish("cinq")), self.run(_wish("six"))]
        store.label(store.requests[0], ["bot::reprendre"])
        done += [self.run(_wish("six")), self.run(None)]
        done.append(self.run(_wish("sept", labels=("anomalie",))))
        store.merge(store.requests[1], HUMAN, "", "Fusion")
        return [*done, self.run(_wish("huit"))]


@pytest.fixture
def traffic(fictive: ForgeFictive, tmp_path: Path) -> list[tuple[Call, Answer]]:
    """All that was said to GitHub's interface, with the answers."""
    done = Play(fictive, tmp_path).everything()
    assert done == [
        *("ouverte", "actualisee", "actualisee", "gelee", "gelee"),
        *("actualisee", "fermee", "ouverte", "ouverte"),
    ]
    return [(c, a) for c, a in fictive.heard if c.path.startswith("/api/")]


def _described(traffic: list[tuple[Call, Answer]]) -> list[tuple[Call, Answer]]:
    return [(c, a) for c, a in traffic if not _elsewhere(c)]


def _elsewhere(call: Call) -> bool:
    head = call.path.rpartition("/")[0]
    return bool({(call.method, call.path), (call.method, f"{head}/{{}}")} & ELSEWHERE)


def test_every_call_and_every_answer_is_as_github_describes(
    traffic: list[tuple[Call, Answer]],
) -> None:
    checked = set()
    for call, answer in _described(traffic):
        check(call, answer)
        checked.add((call.method, answer.status))
    assert checked >= {("GET", 200), ("POST", 201), ("PATCH", 200)}


def test_what_the_description_lacks_is_known_and_used(
    traffic: list[tuple[Call, Answer]],
) -> None:
    calls = [c for c, _ in traffic if _elsewhere(c)]
    assert {c.method for c in calls} == {"POST", "DELETE", "GET"}


def test_the_check_would_see_a_wrong_call_and_a_wrong_answer(
    traffic: list[tuple[Call, Answer]],
) -> None:
    opening, answer = next((c, a) for c, a in traffic if c.path.endswith("/pulls") and c.body)
    fields = {k: v for k, v in opening.fields.items() if k != "base"}
    wrong = Call(
        opening.base, opening.path, {}, opening.headers, "POST", json.dumps(fields).encode()
    )
    with pytest.raises(OpenAPIError):
        description().validate_request(Asked(wrong))
    partial = {k: v for k, v in json.loads(answer.body).items() if k != "head"}
    with pytest.raises(OpenAPIError):
        description().validate_response(
            Asked(opening), Answered(Answer(201, json.dumps(partial).encode()))
        )
