"""Two bots, people in between, and crashes anywhere: the next run repairs, nothing is lost.

A gesture is put before each call of a run to Git or to the forge, one call after the other; a
kill -9 is put before, then after, each write. Then a quiet run must bring everything to one end.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from propose_literals import counted, proposal
from propose_place import ANNE, BRANCH, DAY, Place, make

from observatoire import files, git
from observatoire.git import Repo, StaleRef
from observatoire.plan import Plan
from observatoire.propose.bot import Outcome
from observatoire.propose.forges import ForgeError
from observatoire.propose.forges.local import LocalForge
from observatoire.propose.proposal import Proposal

Gesture = Callable[[Place], None]


def wish(number: int) -> Proposal:
    plan = Plan("datagouv", edits=(counted(("1", "data-gouv-fr", "i"), "1", str(number)),))
    return proposal(plan, organisations=f"siren,nom\n1,Un\n2,{number}\n".encode())


FIRST, SECOND = wish(5), wish(7)
HUMAN = b"siren,nom\n1,Une main humaine\n"
CALLS = ("requests", "create", "update", "close", "unlabel", "notes", "write_note")
GIT_CALLS = ("remote_ref", "fetch", "push")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Forges in the states that runs start from, made once."""
    starts: dict[str, Gesture] = {
        "vide": lambda place: place.requests() and None,
        "ouverte": lambda place: _run(place, FIRST),
        "refusee": lambda place: (_run(place, FIRST), _close(place))[0],
        "modifiee": lambda place: (_run(place, FIRST), _edit(place))[0],
        "rendue": _given_back,
    }
    made = {}
    for name, start in starts.items():
        folder = tmp_path_factory.mktemp(name)
        start(make(folder))
        made[name] = folder
    return made


@pytest.fixture
def fresh(models: dict[str, Path], tmp_path: Path) -> Callable[[str], Place]:
    """A new copy of a model, as often as asked."""
    numbers = iter(range(10_000))

    def copy(name: str) -> Place:
        folder = tmp_path / str(next(numbers))
        shutil.copytree(models[name], folder)
        return Place(Repo(folder / "clone.git"), LocalForge(folder / "forge"))

    return copy


def _run(place: Place, wished: Proposal | None) -> None:
    place.settle(wished)


def _given_back(place: Place) -> None:
    _run(place, FIRST)
    _edit(place)
    place.forge.label(1, "bot::reprendre")


def _close(place: Place) -> None:
    for request in place.requests("ouverte"):
        place.forge.close(request.number, request.body, DAY)


def _merge(place: Place) -> None:
    for request in place.requests("ouverte"):
        place.forge.merge(request.number, ANNE, DAY)


def _edit(place: Place) -> None:
    if place.tip():
        place.commits(BRANCH, {"data/organisations.csv": HUMAN})


def _other(place: Place) -> Place:
    """Another bot: another clone of the same forge."""
    folder = place.repo.path.parent / "autre.git"
    if not folder.exists():
        shutil.copytree(place.repo.path, folder)
    return Place(Repo(folder), LocalForge(place.forge.folder))


GESTURES: dict[str, Gesture] = {
    "un autre robot, même moisson": lambda place: _run(_other(place), FIRST),
    "un autre robot, autre moisson": lambda place: _run(_other(place), SECOND),
    "un autre robot, plus rien": lambda place: _run(_other(place), None),
    "une personne modifie la branche": _edit,
    "une personne ferme": _close,
    "une personne fusionne": _merge,
}


def interrupted(place: Place, wished: Proposal | None, at: int, gesture: Gesture) -> bool:
    """A run with a gesture just before its call number ``at``; whether there was such a call."""
    count = 0
    busy = False

    def before(call: Callable[..., object]) -> Callable[..., object]:
        def watched(*args: object, **kwargs: object) -> object:
            nonlocal count, busy
            if not busy:
                count += 1
                if count == at:
                    busy = True
                    gesture(place)
                    busy = False
            return call(*args, **kwargs)

        return watched

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(place.forge, name, before(getattr(place.forge, name)))
        for name in GIT_CALLS:
            patch.setattr(place.repo, name, before(getattr(place.repo, name)))
        with contextlib.suppress(ForgeError, StaleRef):
            place.settle(wished)
    return count >= at


def humans(place: Place) -> tuple[set[str], set[str]]:
    """The commits of people that the forge reaches from a reference, and all those it was given."""
    bare = place.forge.repo
    listed = bare.line("cat-file", "--batch-all-objects", "--batch-check").splitlines()
    commits = [line.split()[0] for line in listed if line.split()[1] == "commit"]
    anne = ("--committer=anne@example.org", "--grep=une main humaine")
    known = bare.line("rev-list", "--no-walk", *anne, *commits).split()
    return set(bare.line("rev-list", "--all", *anne).split()), set(known)


def faults(place: Place) -> list[str]:
    """What may be true at no moment: two requests, a person's commit that nothing leads to."""
    reached, given = humans(place)
    doubled = ["deux demandes ouvertes"] if len(place.requests("ouverte")) > 1 else []
    return doubled + [f"perdu : {commit}" for commit in sorted(given ^ reached)]


def settled(place: Place, wished: Proposal | None) -> Outcome:
    """Quiet runs bring everything to rest: the second one writes nothing."""
    outcome = place.settle(wished)
    assert faults(place) == []
    before = place.snapshot()
    again = place.settle(wished)
    assert place.snapshot() == before
    assert not again.wrote
    return outcome


def points(limit: int = 40) -> Iterator[int]:
    yield from range(1, limit)


MOMENTS = [
    *(("ouverte", gesture, SECOND) for gesture in GESTURES),
    *(("ouverte", gesture, None) for gesture in list(GESTURES)[1:]),
    *(("vide", gesture, SECOND) for gesture in list(GESTURES)[:4]),
    *(("modifiee", gesture, SECOND) for gesture in list(GESTURES)[3:]),
]


@pytest.mark.parametrize(("start", "gesture", "wished"), MOMENTS)
def test_whatever_happens_between_two_calls_nothing_is_doubled_or_lost(
    fresh: Callable[[str], Place], start: str, gesture: str, wished: Proposal | None
) -> None:
    for at in points():
        place = fresh(start)
        reached = interrupted(place, wished, at, GESTURES[gesture])
        assert faults(place) == []
        settled(place, wished)
        if not reached:
            return
    pytest.fail("une course qui ne finit pas")


def killed(act: Callable[[], object], at: int, *, after: bool) -> bool:
    """An act in a process killed before or after its write number ``at``; whether it got there."""
    child = os.fork()
    if not child:
        status = 1
        try:
            _dying(act, at, after=after)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert status == 0
    return False


def _dying(act: Callable[[], object], at: int, *, after: bool) -> None:
    """Act, and die by SIGKILL at a write: nothing is tidied, no ``finally`` runs."""
    count = 0

    def deadly(write: Callable[..., object]) -> Callable[..., object]:
        def watched(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count == at and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            done = write(*args, **kwargs)
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return watched

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_replace", deadly(files._replace))
        patch.setattr(Repo, "push", deadly(Repo.push))
        patch.setattr(Repo, "update_ref", deadly(Repo.update_ref))
        act()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("start", ["vide", "ouverte", "refusee", "modifiee", "rendue"])
def test_a_crash_at_any_write_is_repaired_by_the_next_run(
    fresh: Callable[[str], Place], start: str, after: bool
) -> None:
    for wished in (SECOND, None) if start == "ouverte" else (SECOND,):
        whole = fresh(start)
        whole.settle(wished)
        for at in points():
            place = fresh(start)
            died = killed(partial(place.settle, wished), at, after=after)
            assert faults(place) == []
            settled(place, wished)
            assert _end(place) == _end(whole)
            if not died:
                break


def _end(place: Place) -> tuple[object, ...]:
    """Where everything is, numbers and notes included."""
    tip = place.tip()
    tree = git.Tree(place.forge.repo, tip) if tip else None
    shown = [
        (
            r.number,
            r.state,
            r.title,
            r.body,
            r.labels,
            [n.body for n in place.forge.notes(r.number)],
        )
        for r in place.requests()
    ]
    return (tree and [tree.read(name) for name in tree.names("data")], shown)


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_in_the_middle_of_a_merge_leaves_it_done_or_not_done(
    fresh: Callable[[str], Place], after: bool
) -> None:
    for at in points():
        place = fresh("ouverte")
        main = place.forge.repo.resolve("main")
        died = killed(partial(place.forge.merge, 1, ANNE, DAY), at, after=after)
        moved = place.forge.repo.resolve("main") != main
        [request] = place.requests()
        assert request.state == ("fusionnee" if moved else "ouverte")
        assert (place.tip() is None) == moved
        if not died:
            assert moved
            break
