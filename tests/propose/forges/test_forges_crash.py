"""Runs that stop between any two calls, and two bots at once: the next run repairs.

A run is killed before, then after, each of its writes over HTTP (Git or interface); what a read
finds or not changes nothing on the forge. Topics do not touch each other: each trial has its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import forges_stage as stages
import pytest
import requests
from forges_stage import Online, Stage, proposal

from observatoire.git import Repo
from observatoire.propose.bot import Bot, Outcome
from observatoire.propose.forges import ForgeError
from observatoire.propose.proposal import Proposal, branch_of

HUMAN = {"data/organisations.csv": b"siren,nom\n1,Humain\n"}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
kinds = pytest.mark.parametrize("kind", ["gitlab", "github", "push"])


class Killed(BaseException):
    """The machine stops here."""


class Clash:
    """Something that happens at write number ``at`` of a run, before it or after it."""

    def __init__(self, at: int, act: Callable[[], None], *, after: bool) -> None:
        self.at, self.act, self.after = at, act, after
        self.count = 0

    def around(self, call: Callable[[], Any]) -> Any:
        """A write, with what happens there."""
        self.count += 1
        if self.count != self.at:
            return call()
        if not self.after:
            self.act()
        done = call()
        if self.after:
            self.act()
        return done

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Be there at the next writes of this process."""
        send, run = requests.Session.send, Repo._run

        def sending(session: Any, request: Any, **kwargs: Any) -> Any:
            if request.method not in WRITES:
                return send(session, request, **kwargs)
            return self.around(lambda: send(session, request, **kwargs))

        def running(repo: Any, args: Any, *more: Any) -> Any:
            if args[0] != "push":
                return run(repo, args, *more)
            return self.around(lambda: run(repo, args, *more))

        patch.setattr(requests.Session, "send", sending)
        patch.setattr(Repo, "_run", running)


class Trials:
    """A stage where each trial is about a topic of its own."""

    def __init__(self, stage: Stage) -> None:
        assert isinstance(stage, Online)
        self.stage = stage
        self.base = stage.forge.base(stage.clone)
        self.topic = ""
        self._number = 0

    def fresh(self) -> None:
        """A new topic."""
        self._number += 1
        self.topic = f"essai-{self._number}"

    def run(self, wish: Proposal | None) -> Outcome:
        """One run of a bot that remembers nothing."""
        stage = self.stage.fresh()
        wish = wish and replace(wish, topic=self.topic)
        return Bot(stage.clone, stage.forge, self.base, stages.DAY).settle(self.topic, wish)

    def struck(self, wish: Proposal | None, clash: Clash) -> bool:
        """One run with something at one of its writes; whether there was such a write."""
        with pytest.MonkeyPatch.context() as patch:
            clash.watch(patch)
            with contextlib.suppress(Killed, ForgeError):
                self.run(wish)
        return clash.count >= clash.at

    @property
    def mine(self) -> list[Any]:
        """The requests of the topic."""
        found = self.stage.fictive.store.requests
        return [r for r in found if r.source == branch_of(self.topic)]

    def state(self) -> object:
        """What people see of the topic, numbers aside."""
        shown = [
            (r.title, r.body.replace(self.topic, ""), r.state, r.draft, sorted(r.labels))
            for r in self.mine
        ]
        notes = [[n.body.replace(self.topic, "") for n in r.notes] for r in self.mine]
        tip = stages.tip(self.stage, branch_of(self.topic))
        tree = self.stage.bare.entries(tip) if tip else None
        return shown, notes, tree

    def commit(self) -> str:
        """A person commits on the branch of the topic."""
        return stages.commit(self.stage, branch_of(self.topic), HUMAN)


@pytest.fixture
def trials(stage: Stage) -> Trials:
    return Trials(stage)


def kill() -> None:
    raise Killed


DRAFT = proposal(labels=("anomalie",), draft=True)


def _nothing(trials: Trials) -> None:
    pass


def _opened(trials: Trials) -> None:
    trials.run(proposal())


def _frozen(trials: Trials) -> None:
    trials.run(proposal())
    trials.commit()


def _given_back(trials: Trials) -> None:
    _frozen(trials)
    trials.stage.label(trials.mine[-1].number, "bot::reprendre")


STORIES: dict[str, tuple[Callable[[Trials], None], Proposal | None]] = {
    "ouvrir": (_nothing, proposal()),
    "ouvrir un brouillon": (_nothing, DRAFT),
    "réécrire": (_opened, proposal("Trois")),
    "passer en brouillon": (_opened, replace(DRAFT, key="sha256:autre")),
    "retirer": (_opened, None),
    "geler": (_frozen, proposal("Trois")),
    "reprendre": (_given_back, proposal("Trois")),
}


def points(clash: Callable[[int, bool], Clash]) -> Iterator[Clash]:
    """Before the first write, then after each one: between two writes there are only reads."""
    yield clash(1, False)
    for at in range(1, 20):
        yield clash(at, True)


@pytest.mark.parametrize(
    ("kind", "story"),
    [(k, s) for k in ("gitlab", "github") for s in STORIES]
    + [("push", s) for s in ("ouvrir un brouillon", "réécrire", "retirer")],
)
def test_a_run_killed_anywhere_is_repaired_by_the_next(trials: Trials, story: str) -> None:
    start, wish = STORIES[story]
    trials.fresh()
    start(trials)
    trials.run(wish)
    expected = trials.state()
    for clash in points(lambda at, after: Clash(at, kill, after=after)):
        trials.fresh()
        start(trials)
        if not trials.struck(wish, clash):
            break
        assert sum(r.state == "opened" for r in trials.mine) <= 1
        trials.run(wish)
        assert sum(r.state == "opened" for r in trials.mine) <= 1
        assert trials.state() == expected


MEETINGS = [
    (kind, start, other)
    for kind in ("gitlab", "github")
    for start in (_nothing, _opened)
    for other in (proposal("Trois"), proposal("Quatre"), None)
] + [("push", _nothing, proposal("Trois")), ("push", _opened, proposal("Quatre"))]


@pytest.mark.parametrize(("kind", "start", "other"), MEETINGS)
def test_two_bots_at_once_leave_one_request(
    trials: Trials, start: Callable[[Trials], None], other: Proposal | None
) -> None:
    wish = proposal("Trois")
    for at in range(1, 10):
        trials.fresh()
        start(trials)
        if not trials.struck(wish, Clash(at, lambda: trials.run(other) and None, after=False)):
            break
        assert sum(r.state == "opened" for r in trials.mine) <= 1
        trials.run(wish)
        (left,) = [r for r in trials.mine if r.state == "opened"]
        assert "**Trois**" in left.body
        content = trials.stage.bare.run("show", f"{left.head}:data/organisations.csv")
        assert content == b"siren,nom\n1,Trois\n"
        assert trials.run(wish).action == "inchangee"


@kinds
@pytest.mark.parametrize("wish", [proposal("Trois"), None], ids=["réécrire", "retirer"])
def test_no_commit_of_a_person_is_lost(trials: Trials, wish: Proposal | None) -> None:
    for at in range(1, 10):
        trials.fresh()
        _opened(trials)
        theirs: list[str] = []

        def gesture(theirs: list[str] = theirs) -> None:
            theirs.append(trials.commit())

        if not trials.struck(wish, Clash(at, gesture, after=False)):
            break
        trials.run(wish)
        kept = set(trials.stage.bare.refs().values())
        assert any(trials.stage.bare.is_ancestor(theirs[0], sha) for sha in kept)
        assert sum(r.state == "opened" for r in trials.mine) <= 1
