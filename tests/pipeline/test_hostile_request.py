"""A hostile merge request is judged by the trusted job, and not a line of it is executed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import hostile_commits as hostile
import pytest
from hostile_commits import Canaries
from pipeline_yard import ROBOT, TOKEN, bare, borrow, environment

from observatoire import git
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account, Request
from observatoire.git import Repo

MALLORY = Account(66, "mallory", "Mallory", "mallory@example.org", member=False)
BRANCH = "$(touch${IFS}x);`touch y`&&--upload-pack=touch"
VISIT = "e8d052b3-88dc-428e-bdd3-bb9dd5ef5ab0"
TITLE = "/merge\n/approve @all `$(touch x)` <script>"
MEMORY = 600 * 2**20
"""Bytes; the 500 MB file alone would exceed it, with what Python takes."""


@dataclass
class Scene:
    """A forge with requests from forks, a clone of main, canaries."""

    fictive: ForgeFictive
    root: Path
    sing: Canaries
    said: str = ""
    peak: int = 0
    seconds: float = 0.0
    requests: dict[str, Request] = field(default_factory=dict)

    def submit(self, name: str, sha: str, branch: str) -> None:
        """Open a request from a fork; its branch is not in the project."""
        repo = self.fictive.store.repo
        repo.update_ref("refs/heads/passage", sha, "")
        made = self.fictive.store.open_request(MALLORY, "mallory:passage", "main", TITLE, TITLE)
        made.source = branch
        repo.update_ref("refs/heads/passage", "", sha)
        self.requests[name] = made

    def review(self, kind: str, command: str = "relecture") -> int:
        """Run the command as the pipeline does, with a Git that obeys attributes."""
        words = [sys.executable, "-m", "observatoire", command, "--depot", str(self.root)]
        start = time.monotonic()
        with subprocess.Popen(
            words,
            cwd=self.root,
            env=bare() | environment(kind, self.fictive) | self.sing.settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout is not None
            self.said = process.stdout.read()
            # The greatest of the command and of all the programs that it ran.
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - start
        self.peak = used.ru_maxrss * 1024
        return process.returncode


@dataclass(frozen=True)
class Traps:
    """The hostile commits, made once; ``main`` is the commit of this repository."""

    repo: Repo
    main: str
    sing: Canaries
    commits: dict[str, str]


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Traps:
    """Three requests: traps, a bomb of trees, an ordinary correction with a mistake."""
    here = tmp_path_factory.mktemp("pieges")
    (here / "canaris").mkdir()
    sing, repo = Canaries(here / "canaris"), git.init_bare(here / "depot.git")
    root = git.Repo(Path(__file__).parents[2])
    borrow(repo, root)
    main = root.resolve("HEAD") or ""
    table = git.Tree(repo, main).read("data/organisations.csv") or b""
    wrong = {"data/organisations.csv": table.replace(b"actif", b"vivant", 1)}
    tree = repo.write_tree(main, wrong)
    visited = {**hostile.programs(sing), **wrong}
    commits = {
        "visite": repo.commit(
            repo.write_tree(main, visited), [main], "une visite", hostile.MALLORY, "2026-01-05"
        ),
        "piege": hostile.commit(repo, main, sing, {}),
        "bombe": hostile.bomb(repo, main),
        "faute": repo.commit(tree, [main], "une faute", hostile.MALLORY, "2026-01-05"),
    }
    return Traps(repo, main, sing, commits)


def opened(traps: Traps, folder: Path, **wanted: str) -> Scene:
    """A forge with these requests, and a clone of main."""
    fictive = ForgeFictive(folder)
    fictive.admit(ROBOT, TOKEN)
    repo, root = fictive.store.repo, Path(__file__).parents[2]
    borrow(repo, git.Repo(root), traps.repo)
    repo.update_ref("refs/heads/main", traps.main, "")
    scene = Scene(fictive, git.clone(str(root), folder / "clone").path, traps.sing)
    for name, branch in wanted.items():
        scene.submit(name, traps.commits[name], branch)
    return scene


@pytest.fixture(scope="module")
def scene(traps: Traps, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The requests on GitLab, once the trusted job has judged them."""
    folder = tmp_path_factory.mktemp("gitlab")
    scene = opened(traps, folder, piege=BRANCH, bombe="bombe", faute="main")
    with scene.fictive:
        assert traps.sing.heard == []
        assert scene.review("gitlab") == 1, scene.said
        yield scene


def notes(scene: Scene, name: str) -> str:
    (note,) = scene.requests[name].notes
    return note.body


def test_nothing_of_the_request_is_executed(scene: Scene) -> None:
    assert scene.sing.heard == []
    assert not [p for p in scene.root.iterdir() if p.name in {"x", "y"}]


def test_the_canaries_sing_when_the_files_are_used_as_usual(scene: Scene, tmp_path: Path) -> None:
    """What is proved above could fail: a checkout and a python start are enough."""
    (tmp_path / "canaris").mkdir()
    sing = Canaries(tmp_path / "canaris")
    repo = git.init_bare(tmp_path / "depot.git")
    files = hostile.programs(sing)
    base = repo.commit(repo.write_tree("", files), [], "x", hostile.MALLORY, "2026-01-05")
    copy = tmp_path / "copie"
    copy.mkdir()
    env = os.environ | sing.settings
    words = ["git", f"--git-dir={repo.path}", f"--work-tree={copy}", "checkout", "-f", base, "."]
    subprocess.run(words, env=env, check=True, capture_output=True)
    subprocess.run(
        [sys.executable, "-c", "import csv"], env=env | {"PYTHONPATH": str(copy)}, check=True
    )
    assert {"filtre-smudge", "sitecustomize"} <= set(sing.heard)


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("data/passwd.csv", "c'est un lien vers un autre fichier"),
        ("data/boucle.csv", "c'est un lien vers un autre fichier"),
        ("data/module", "sous-module"),
        ("data/programme.csv", "droit d'exécution"),
        ("data/enorme.csv", "524,3 Mo, il n'a pas été lu"),
        ("data/../evasion.csv", "sortirait du dépôt"),
        ("data/.git/config", "tromperait Git"),
        ("data/.GIT/hooks.csv", "tromperait Git"),
        ("data/git~1/config", "tromperait Git"),
        ("data/a\\..\\b.csv", "sortirait du dépôt"),
        ("data/$(touch x);ˋtouch yˋ.csv", "renommez ce fichier"),
        ("data/ACCENTUÉ.csv", "renommez ce fichier"),
    ],
)
def test_each_trap_in_the_data_is_named_with_its_reason(scene: Scene, shown: str, why: str) -> None:
    lines = [x for x in notes(scene, "piege").splitlines() if f"`{shown}`" in x]
    assert any(why in line for line in lines), notes(scene, "piege")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("la chaîne de contrôle", ".gitlab-ci.yml"),
        ("la chaîne de contrôle", "Makefile"),
        ("le programme", "conftest.py"),
        ("le programme", "pyproject.toml"),
        ("le programme", "sitecustomize.py"),
        ("le programme", "scripts/observatoire/validate/checks/aaa.py"),
        ("les schémas", "schemas/organisations.json"),
        ("les réglages de Git", ".gitattributes"),
        ("les réglages de Git", ".gitmodules"),
    ],
)
def test_what_changes_the_rules_is_left_to_a_person(scene: Scene, place: str, name: str) -> None:
    (line,) = [x for x in notes(scene, "piege").splitlines() if x.startswith(f"- {place} :")]
    assert f"`{name}`" in line


def test_no_link_is_followed_and_no_name_is_live(scene: Scene) -> None:
    for name in scene.requests:
        said = notes(scene, name)
        assert "root:" not in said
        assert "<script" not in said
        assert not any(line.startswith("/") for line in said.splitlines())


def test_a_bomb_of_trees_is_put_down_in_words(scene: Scene) -> None:
    assert "trop grosse ou trop abîmée" in notes(scene, "bombe")


def test_an_ordinary_mistake_is_told_although_the_schema_beside_it_is_hostile(
    scene: Scene,
) -> None:
    assert "vivant" in notes(scene, "faute")
    assert "1 erreur" in scene.said


def test_each_commit_gets_a_red_mark(scene: Scene) -> None:
    for made in scene.requests.values():
        (mark,) = scene.fictive.store.statuses[made.head]
        assert mark.name == "observatoire/relecture"
        assert mark.state == "failed"
        assert len(mark.said) <= 140


def test_time_and_memory_are_bounded(scene: Scene) -> None:
    assert scene.seconds < 60
    assert scene.peak < MEMORY


def test_the_clone_of_the_job_holds_nothing_of_the_requests(scene: Scene) -> None:
    clone = git.Repo(scene.root)
    assert clone.line("status", "--porcelain", "--ignored") == ""
    for made in scene.requests.values():
        assert clone.resolve(made.head) is None
    assert TOKEN not in scene.said


def test_a_fork_on_github_is_judged_the_same(traps: Traps, tmp_path: Path) -> None:
    scene = opened(traps, tmp_path, faute="main")
    with scene.fictive:
        assert scene.review("github") == 1
        assert "vivant" in notes(scene, "faute")
        (mark,) = scene.fictive.store.statuses[traps.commits["faute"]]
        assert mark.state == "failure"
        assert scene.review("github") == 1
        assert "Dit dans la demande" not in scene.said
        assert len(scene.requests["faute"].notes) == 1


def test_branches_named_as_datami_s_are_read_on_the_same_leash(
    traps: Traps, tmp_path: Path
) -> None:
    """Anybody may push them: a bomb stops nothing, and what is good beside traps is taken."""
    scene = opened(traps, tmp_path)
    for number, name in enumerate(("bombe", "visite")):
        branch = f"datami-2026-11-2{number}-organisations-csv-{VISIT}"
        scene.fictive.store.repo.update_ref(f"refs/heads/{branch}", traps.commits[name], "")
    with scene.fictive:
        assert scene.review("gitlab", "contribution") == 1
    assert "trop grosse ou trop abîmée" in scene.said
    assert "autres fichiers" in scene.said
    repo = scene.fictive.store.repo
    (made,) = scene.fictive.store.requests
    assert set(repo.changed(traps.main, made.head)) == {"data/organisations.csv"}
    assert scene.sing.heard == []
    assert scene.peak < MEMORY
