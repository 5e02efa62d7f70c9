"""The bot's token is looked for everywhere after whole runs, and after every kind of failure."""

from __future__ import annotations

import base64
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pipeline_yard import ARGUMENTS, ROBOT, TOKEN, Ran, Yard, borrow, environment
from process_watch import Watch

from observatoire import cli, git
from observatoire.demo import faces
from observatoire.demo.forge.faults import Trouble, echo
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.git import Repo
from observatoire.propose.forges.online import line
from observatoire.propose.forges.online.line import Clock
from observatoire.screen import Screen

BASIC = base64.b64encode(f"oauth2:{TOKEN}".encode()).decode()
HUB = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
SECRETS = [TOKEN, BASIC, HUB, TOKEN[:20]]
OUTSIDE = {"authorization", "private-token"}
"""The headers in which a token travels."""


def leaks(text: str | bytes) -> list[str]:
    """The secrets that a text holds."""
    raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    return [s for s in SECRETS if s.encode() in raw]


def in_files(folder: Path) -> list[Path]:
    """The files under a folder that hold a secret."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return [p for p in files if leaks(p.read_bytes())]


def in_objects(repo: Repo) -> list[str]:
    """The secrets in any object of a repository: files, commits, tags."""
    return leaks(repo.run("cat-file", "--batch-all-objects", "--batch", "--unordered"))


def in_store(fictive: ForgeFictive) -> list[str]:
    """The secrets in what people read on the forge, and in what was sent to it."""
    store = fictive.store
    said = [repr(x) for x in (store.requests, store.issues, store.releases, store.statuses)]
    said += [repr(replace(call, headers={})) for call, _ in fictive.heard]
    said += [
        f"{name}: {value}"
        for call, _ in fictive.heard
        for name, value in call.headers.items()
        if name not in OUTSIDE
    ]
    return [s for text in said for s in leaks(text)]


@pytest.fixture(scope="session")
def everything(
    mistaken: Ran, corrected: Ran, night: Ran, hour: tuple[Ran, str], version: tuple[Ran, Ran, str]
) -> list[Ran]:
    """All the pipelines."""
    return [mistaken, corrected, night, hour[0], *version[:2]]


def test_the_token_was_used(yard: Yard, everything: list[Ran]) -> None:
    sent = [call.headers.get("authorization", "") for call, _ in yard.fictive.heard]
    assert any(TOKEN in value for value in sent)
    assert any(BASIC in value for value in sent)


def test_no_log_and_no_artifact_holds_the_token(everything: list[Ran]) -> None:
    for ran in everything:
        assert leaks(ran.said) == []
        assert in_files(ran.artifacts) == []


def test_no_folder_of_a_job_keeps_the_token(yard: Yard, everything: list[Ran]) -> None:
    """Remotes, settings of git, caches, reports, what is left aside."""
    builds = yard.clone.path / ".gitlab-ci-local/builds"
    assert list(builds.glob("*/.git/config"))
    assert in_files(builds) == []
    assert in_files(yard.clone.path / ".git") == []


def test_nobody_reads_the_token_on_the_forge(yard: Yard, everything: list[Ran]) -> None:
    assert yard.fictive.store.requests
    assert in_store(yard.fictive) == []
    assert in_objects(yard.fictive.store.repo) == []


def test_no_git_command_has_the_token_in_its_arguments(yard: Yard, everything: list[Ran]) -> None:
    said = (yard.venv.parent / ARGUMENTS).read_text("utf-8")
    assert "push" in said
    assert "fetch" in said
    assert leaks(said) == []


def test_no_process_at_all_has_the_token_in_its_arguments(
    yard: Yard, everything: list[Ran]
) -> None:
    assert any("observatoire propose" in words for words in yard.seen)
    assert [words for words in yard.seen if leaks(words)] == []


def test_the_watch_sees_a_token_in_the_arguments_of_a_process() -> None:
    """What is proved above could fail."""
    with Watch() as watch:
        done = subprocess.Popen(["sh", "-c", "read answer", "sh", TOKEN], stdin=subprocess.PIPE)
        while not any(leaks(words) for words in watch.seen):
            assert done.poll() is None
        done.communicate(b"\n")


# Failures: every command that holds the token, on both forges


def late(call: object, answer: faces.Answer) -> faces.Answer:
    """An answer that comes too late."""
    return replace(answer, delay=0.2)


FAULTS = {
    "the token is refused": Trouble(faces.status(401), early=True),
    "the token may not": Trouble(faces.status(403), early=True),
    "the forge is broken": Trouble(faces.status(500)),
    "the forge repeats all that it hears": Trouble(echo(), early=True),
    "the line is cut": Trouble(faces.down()),
    "the forge is silent": Trouble(faces.Fault(late), early=True),
    "git alone is refused": Trouble(faces.status(401, ".git/"), early=True),
    "git alone is answered nonsense": Trouble(faces.html(".git/"), early=True),
    "writes alone are refused": Trouble(echo("/api/"), "POST", early=True),
}
COMMANDS = (
    ("propose", "--source", "datagouv"),
    ("dashboard",),
    ("relecture",),
    ("contribution", "--menage"),
    ("signalements",),
    ("release", "--forge"),
)
"""What the pipeline runs in the environment that holds the token."""


@dataclass
class Bench:
    """A forge to break, and a clone where each command is run."""

    fictive: ForgeFictive
    root: Path

    def call(self, *words: str) -> tuple[int, str]:
        """The status of a command, and all that it says."""
        out = io.StringIO()
        return cli.execute(Screen(out, out), [*words, "--depot", str(self.root)]), out.getvalue()


@pytest.fixture(scope="module", params=["gitlab", "github"])
def bench(
    request: pytest.FixtureRequest, night: Ran, yard: Yard, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """The small register on a forge, with a harvest to propose and a request to judge."""
    folder = tmp_path_factory.mktemp("pannes")
    fictive = ForgeFictive(folder / "forge")
    fictive.admit(ROBOT, TOKEN)
    bare = fictive.store.repo
    borrow(bare, yard.fictive.store.repo, yard.clone)
    bare.update_ref("refs/heads/main", yard.main, "")
    clone = git.clone(str(bare.path), folder / "clone")
    shutil.copytree(night.artifacts / "assemble/data", clone.path / "data", dirs_exist_ok=True)
    with fictive, pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith(("CI_", "GITHUB_", "OBSERVATOIRE_"))]:
            patch.delenv(name)
        for name, value in environment(request.param, fictive).items():
            patch.setenv(name, value)
        patch.setattr(line, "Clock", lambda: Clock(sleep=lambda _: None))
        patch.setattr(line, "SILENCE", 0.05)
        yield Bench(fictive, clone.path)


@pytest.mark.parametrize("trouble", FAULTS.values(), ids=FAULTS)
def test_no_failure_says_the_token(bench: Bench, trouble: Trouble) -> None:
    bench.fictive.troubles[:] = [trouble]
    for words in COMMANDS:
        status, said = bench.call(*words)
        assert leaks(said) == [], words
        assert "Traceback" not in said, words
        assert status in {0, 2}, (words, said)
    bench.fictive.troubles.clear()
    assert in_store(bench.fictive) == []
    assert in_files(bench.root) == []


def test_the_failures_are_failures(bench: Bench) -> None:
    bench.fictive.troubles[:] = [FAULTS["the forge is broken"]]
    said = {words[0]: bench.call(*words) for words in COMMANDS}
    bench.fictive.troubles.clear()
    assert {name: status for name, (status, _) in said.items() if status != 2} == {}
