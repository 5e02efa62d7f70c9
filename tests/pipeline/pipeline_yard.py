"""The pipeline of this repository, really run: gitlab-ci-local, a shell, a forge on loopback.

Each job gets a fresh copy of the clone and the artifacts of the jobs before it, as on GitLab. Two
things differ: the Python packages are those of the tests (the variable VENV), and the forge is the
double. The code that runs is that of the clone.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import small_register
from process_watch import Watch

from node_tools import node_tool, with_node
from observatoire import git
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account
from observatoire.git import Person, Repo

ROOT = Path(__file__).parents[2]
ROBOT = Account(11, "robot", "Robot", "robot@example.org")
ANNE = Account(12, "anne", "Anne", "anne@example.org")
WHO = Person("Anne", "anne@example.org")
TOKEN = "-".join(("jeton", "du", "chantier", "7f3a9c51e2d84b60"))  # as such in no file
TABLE = "data/organisations.csv"
HERE = ("Makefile", ".gitlab-ci.yml")
"""What is taken from the folder rather than from its last commit."""
SHELL = ("--force-shell-executor", "--shell-isolation", "--no-color")
OBSERVATOIRE = """\
#!/bin/sh
PYTHONPATH="$PWD/scripts" exec {python} -m observatoire "$@"
"""
GIT = """\
#!/bin/sh
echo "$*" >>{log}
exec {git} "$@"
"""
ARGUMENTS = "arguments"
# GitLab sets no branch in the pipelines of a merge request and of a tag.
REQUEST = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_BRANCH": None}
PUSH = {"CI_PIPELINE_SOURCE": "push"}

LEADS = ("CI_", "GITHUB_", "OBSERVATOIRE_", "GIT_")

Variables = dict[str, str | None]


def tag(name: str, *, protected: bool = True) -> Variables:
    """The variables of the pipeline of a tag."""
    return {"CI_COMMIT_TAG": name, "CI_COMMIT_BRANCH": None} | (
        {"CI_COMMIT_REF_PROTECTED": "true"} if protected else {}
    )


def schedule(role: str, **more: str) -> Variables:
    """The variables of a schedule."""
    return {"CI_PIPELINE_SOURCE": "schedule", "ROLE": role, **more}


@dataclass(frozen=True)
class Job:
    """A job of a pipeline, as listed."""

    name: str
    when: str
    environment: str


@dataclass(frozen=True)
class Ran:
    """What a pipeline did: whether it passed, what it said, what its jobs left."""

    passed: bool
    said: str
    artifacts: Path

    @property
    def started(self) -> set[str]:
        """The jobs that ran."""
        return set(re.findall(r"^(\S.*?\S) +starting shell", self.said, re.M))

    def artifact(self, job: str, path: str) -> str:
        """A text that a job left."""
        return (self.artifacts / job / path).read_text("utf-8")


@dataclass(frozen=True)
class Yard:
    """A forge with a register, a clone of it, and what the runner needs.

    ``seen`` are the words of all the processes that ran meanwhile.
    """

    fictive: ForgeFictive
    clone: Repo
    venv: Path
    home: Path
    seen: set[str] = field(default_factory=set)

    @property
    def main(self) -> str:
        """Where main is on the forge."""
        return self.fictive.store.tip("main") or ""

    def commit(self, changes: dict[str, bytes | None], branch: str = "") -> str:
        """A commit on top of main, checked out in the clone, on a branch or on none."""
        tree = self.clone.write_tree(self.main, changes)
        sha = self.clone.commit(tree, [self.main], "un changement", WHO, "2026-01-05")
        self.check_out(sha, branch)
        return sha

    def check_out(self, sha: str, branch: str = "") -> None:
        """Put a commit in the clone's folder, as a runner does."""
        where = ("-B", branch) if branch else ("--detach",)
        self.clone.run("checkout", "--quiet", "--force", *where, sha)

    def jobs(self, variables: Variables) -> dict[str, Job]:
        """The jobs that a pipeline would have."""
        done = self._gitlab("--list-csv", "--no-json-schema-validation", variables=variables)
        assert done.returncode == 0, done.stderr
        rows = csv.DictReader(io.StringIO(done.stdout), delimiter=";")
        return {r["name"]: Job(r["name"], r["when"], r["environment"]) for r in rows}

    def run(self, variables: Variables, *only: str) -> Ran:
        """Run a pipeline, or some jobs of it; ``said`` is all that the runner shows."""
        kept = self.venv.parent / "artefacts" / str(time.monotonic_ns())
        with Watch() as watch:
            done = self._gitlab(*only, *SHELL, variables=variables)
        self.seen.update(watch.seen)
        said = done.stdout + done.stderr
        kept.parent.mkdir(exist_ok=True)
        left = self.clone.path / ".gitlab-ci-local/artifacts"
        left.mkdir(exist_ok=True)  # there is none when no job leaves any
        left.rename(kept)
        return Ran(done.returncode == 0, said, kept)

    def _gitlab(self, *words: str, variables: Variables) -> subprocess.CompletedProcess[str]:
        known = self._known() | variables
        options = ["--ignore-predefined-vars", ",".join(known)]
        for name, value in known.items():
            options += ["--unset-variable", name] if value is None else []
            options += ["--variable", f"{name}={value}"] if value is not None else []
        return subprocess.run(
            [node_tool("gitlab-ci-local"), *words, *options],
            cwd=self.clone.path,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    def _known(self) -> Variables:
        """Where the forge is, and the packages of the tests."""
        place = {"CI_SERVER_URL": self.fictive.url, "CI_PROJECT_PATH": self.fictive.project}
        return {**place, "VENV": str(self.venv), "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.main}

    def environment(self) -> dict[str, str]:
        """The environment of the runner: no token, nor anything else of this machine's forge."""
        kept = {k: v for k, v in with_node().items() if not k.startswith(LEADS)}
        path = f"{Path(__file__).parent / 'bin'}{os.pathsep}{kept['PATH']}"
        return kept | {"PATH": path, "HOME": str(self.home)}


def edited(yard: Yard, before: str, after: str) -> dict[str, bytes | None]:
    """The organisations of main with a piece of text replaced; the piece must be there."""
    text = yard.fictive.store.repo.run("show", f"main:{TABLE}").decode()
    assert before in text
    return {TABLE: text.replace(before, after, 1).encode()}


def build(folder: Path) -> Yard:
    """A forge whose main is this repository with a small register."""
    fictive = ForgeFictive(folder / "forge")
    fictive.admit(ROBOT, TOKEN)
    fictive.admit(ANNE, "jeton-d-anne")
    here, bare = git.Repo(ROOT), fictive.store.repo
    borrow(bare, here)
    head = here.resolve("HEAD") or ""
    tree = bare.write_tree(head, _changes(here, head))
    main = bare.commit(tree, [], "Un petit registre", WHO, "2026-01-01")
    bare.update_ref("refs/heads/main", main, "")
    clone = git.clone(str(bare.path), folder / "clone")
    return Yard(fictive, clone, _venv(folder / "venv"), _home(folder / "home"))


def bare() -> dict[str, str]:
    """The environment without what leads to a real forge: these tests may run in a pipeline."""
    return {k: v for k, v in os.environ.items() if not k.startswith(LEADS)}


def environment(kind: str, fictive: ForgeFictive) -> dict[str, str]:
    """What a job that holds the token has, on a forge."""
    if kind == "github":
        api = {"GITHUB_SERVER_URL": fictive.url, "GITHUB_API_URL": f"{fictive.url}/api/v3"}
        return {"GITHUB_REPOSITORY": fictive.project, "GITHUB_TOKEN": TOKEN, **api}
    place = {"CI_SERVER_URL": fictive.url, "CI_PROJECT_PATH": fictive.project}
    return place | {"OBSERVATOIRE_JETON": TOKEN}


def borrow(repo: Repo, *others: Repo) -> None:
    """Let a repository see the objects of others."""
    words = ("rev-parse", "--path-format=absolute", "--git-path", "objects")
    (repo.path / "objects/info").mkdir(exist_ok=True)
    lines = "".join(f"{other.line(*words)}\n" for other in others)
    (repo.path / "objects/info/alternates").write_text(lines, "utf-8")


def _changes(repo: Repo, head: str) -> dict[str, bytes | None]:
    gone: Iterable[str] = (
        p for p in repo.entries(head) if p.startswith(("data/", "benchmarks/", "tests/"))
    )
    small = {k: v for k, v in small_register.files().items() if k != "README.md"}
    return {**dict.fromkeys(gone), **small, **{n: (ROOT / n).read_bytes() for n in HERE}}


def _venv(folder: Path) -> Path:
    """Packages that are ready, and a command that runs the code of the folder it is called in."""
    (folder / "bin").mkdir(parents=True)
    real = shutil.which("git")
    programs = {
        "observatoire": OBSERVATOIRE.format(python=sys.executable),
        "git": GIT.format(log=folder.parent / ARGUMENTS, git=real),
    }
    for name, text in programs.items():
        (folder / "bin" / name).write_text(text, "utf-8")
        (folder / "bin" / name).chmod(0o755)
    stamp = folder / ".ready"
    stamp.touch()
    tomorrow = time.time() + 86_400
    os.utime(stamp, (tomorrow, tomorrow))
    return folder


def _home(folder: Path) -> Path:
    """The token, given as GitLab gives it: in one environment only."""
    (folder / ".gitlab-ci-local").mkdir(parents=True)
    told = f"global:\n  OBSERVATOIRE_JETON:\n    values:\n      robot: {TOKEN}\n"
    (folder / ".gitlab-ci-local/variables.yml").write_text(told, "utf-8")
    return folder
