"""Every command that the documentation shows is run, as it is written, on a small clone.

What stands for something (« ID », « … ») is replaced, addresses of portals and forges become
doubles on loopback; nothing else is changed.
"""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from observatoire import cli, files
from observatoire.demo.accounts import Account, Dataset
from observatoire.demo.annuaire import Annuaire
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.datagouv_depot import Depot
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account as Member
from observatoire.demo.forge.records import Variable
from observatoire.demo.opendatasoft import Opendatasoft
from observatoire.demo.simulator import Portal, Simulator
from observatoire.files import Folder
from observatoire.git import Person
from observatoire.register import Register, path_of
from observatoire.table import from_records

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs", "scripts/README.md")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
INLINE = re.compile(r"`((?:\w+=\S+ )*(?:\.venv/bin/)?(?:observatoire|make) [^`]+)`")
DEPARTEMENT = "35"
KEPT = ("data-gouv-fr", "rennes-metropole")
KEY, DATASET = "une-cle-de-data-gouv-fr", "5f3f8ed2a1b2c3d4e5f60718"
ADDRESS = "https://gitlab.com/groupe/observatoire"
TOKEN = "glpat-un-jeton-tres-secret-0123456789"

ELSEWHERE = {
    "make test": "what runs this test (.ci/run)",
    "make check": "what .ci/run runs before the tests",
    "make run": "observatoire demo",
    "observatoire demo": "tests/test_loop.py, on a whole clone",
}
"""The only commands that are not run here, each with who runs it."""

SERVERS = ("serve", "simulate")
STANDS_FOR = {"ID": "rennes-metropole", "IDENTIFIANT": DATASET}
NEEDS = {
    "harvest": ("portals",),
    "run": ("portals",),
    "liveness": ("portals",),
    "lookup": ("directory",),
    "candidates": ("catalogue",),
    "datagouv": ("depot",),
}
"""What each command asks over the network, to be replaced by a double."""


@dataclass(frozen=True)
class Shown:
    """A command, and the page that shows it."""

    page: str
    line: str

    @property
    def words(self) -> list[str]:
        """Its words, without the comment behind."""
        return shlex.split(self.line, comments=True)


def pages() -> Iterator[Path]:
    for name in PAGES:
        path = ROOT / name
        yield from sorted(path.rglob("*.md")) if path.is_dir() else [path]


def shown_in(text: str, page: str) -> Iterator[Shown]:
    """The commands of a page: each line of its shell blocks, then those inside sentences."""
    for block in FENCE.finditer(text):
        if block[1] == "sh":
            lines = block[2].replace("\\\n", " ").splitlines()
            yield from (Shown(page, line) for line in lines if shlex.split(line, comments=True))
    sentences = " ".join(FENCE.sub("", text).split())
    yield from (Shown(page, found[1]) for found in INLINE.finditer(sentences))


def shown() -> list[Shown]:
    found: list[Shown] = []
    for path in pages():
        found += shown_in(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    return found


@dataclass(frozen=True)
class World:
    """The small clone, and the doubles by the name of what they stand for."""

    root: Path
    portals: dict[str, str]
    directory: str
    depot: str
    mirror: Path
    forge: dict[str, str]

    def completed(self, words: list[str]) -> list[str]:
        """The words of a command, as they must be here."""
        portal = self.portals["rennes-metropole"]
        out = [STANDS_FOR.get(w, w).replace("https://…", portal) for w in words]
        out = [str(self.mirror) if w.endswith("registre.git") else w for w in out]
        bases = [f"--base={name}={url}" for name, url in self.portals.items()]
        more = {
            "portals": bases,
            "catalogue": bases[:1],
            "directory": [f"--base=entreprises={self.directory}"],
            "depot": [f"--site={self.depot}"],
        }
        needs = ("portals",) if "--plateformes" in out else NEEDS.get(out[0], ())
        return [*out, *(word for need in needs for word in more[need])]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A clone of this repository whose register is cut to a département and two platforms."""
    place = tmp_path_factory.mktemp("clone")
    root = place / "registre"
    ours = Folder(ROOT)
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    skipped = ("tests/", "scripts/", "benchmarks/")
    for name in tracked:
        if name and not name.startswith(skipped) and (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, root / name)
    _cut(root)
    for words in (
        ("init", "--quiet", "--template=", "--initial-branch=main"),
        ("config", "user.name", "Anne"),
        ("config", "user.email", "anne@example.org"),
        ("add", "-A"),
        ("commit", "--quiet", "-m", "premier"),
        ("init", "--quiet", "--bare", "--initial-branch=main", str(place / "miroir.git")),
    ):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)
    register = Register(ours)
    known = [r for r in register.table("organisations").records() if r["departement"] == "35"]
    accounts = [
        Account(f"{n:024x}", f"u{n}", r["nom"], datasets=(Dataset(),)) for n, r in enumerate(known)
    ]
    data, local = Portal(DataGouv(accounts, "2026-11-23")), Portal(Opendatasoft(accounts[:3]))
    directory = Portal(Annuaire({r["siren"]: {} for r in known}))
    depot = Portal(Depot(DATASET, KEY))
    with Simulator(data, local, directory, depot), _forge(place) as forge:
        portals = dict(zip(KEPT, (data.url, local.url), strict=True))
        where = {"CI_SERVER_URL": forge.url, "CI_PROJECT_PATH": forge.project}
        token = {"OBSERVATOIRE_JETON": TOKEN, **where}
        yield World(root, portals, directory.url, depot.url, place / "miroir.git", token)


def _forge(place: Path) -> ForgeFictive:
    """A project on GitLab where a person has filled the secrets in."""
    forge = ForgeFictive(place / "forge")
    forge.admit(Member(11, "robot", "Robot", "robot@example.org"), TOKEN)
    store, repo = forge.store, forge.store.repo
    templates = {n: Folder(ROOT).read(n) for n in Folder(ROOT).names(".gitlab")}
    who = Person("Anne", "anne@example.org")
    sha = repo.commit(repo.write_tree("", templates), [], "premier", who, "2026-01-01")
    repo.update_ref("refs/heads/main", sha, "")
    secret = {"protected": True, "masked": True, "scope": "robot"}
    store.variables["OBSERVATOIRE_JETON"] = Variable("OBSERVATOIRE_JETON", TOKEN, **secret)
    return forge


def _cut(root: Path) -> None:
    """Keep what is about one département, so that each command takes a second."""
    register = Register(Folder(root))
    bodies = [
        r for r in register.table("organisations").records() if r["departement"] == DEPARTEMENT
    ]
    sirens = {r["siren"] for r in bodies}
    tables = {
        "organisations": bodies,
        "plateformes": [
            {**r, "grappe": ""} for r in register.table("plateformes").records() if r["id"] in KEPT
        ],
        "publications": [
            {**r, "url": ""}
            for r in register.table("publications").records()
            if r["siren"] in sirens and r["plateforme"] in KEPT
        ],
    }
    for vintage in register.vintages():
        name = f"reference/{vintage}/communes"
        rows = register.table(name).records()
        tables[name] = [r for r in rows if r["departement"] == DEPARTEMENT]
    changes = {
        path_of(name): register.bytes_of(name, from_records(register.schema(name).columns, rows))
        for name, rows in tables.items()
    }
    files.write(root, changes)
    assert cli.main(["package", "--depot", str(root), "--adresse", ADDRESS]) == 0


def served(words: list[str], root: Path) -> int:
    """The exit status of a command that goes on until Ctrl+C, which comes as soon as it serves."""
    command = [sys.executable, "-m", "observatoire", *words]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as running:
        late = threading.Timer(120, running.kill)
        late.start()
        for line in running.stdout or ():
            if "Ctrl+C" in line:
                running.send_signal(signal.SIGINT)
        late.cancel()
    return running.returncode


def ran(one: Shown, world: World, patch: pytest.MonkeyPatch) -> int:
    """The exit status of a command that the documentation shows."""
    words = one.words
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        patch.setenv(name, KEY if value == "…" else value)
    if "--appliquer" in words:
        for name, value in world.forge.items():
            patch.setenv(name, value)
    program, rest = words[0].removeprefix(".venv/bin/"), words[1:]
    if program == "git":
        return subprocess.run([program, *rest], cwd=world.root, check=False).returncode
    assert program == "observatoire", one
    if rest[0] in SERVERS:
        return served(world.completed(rest), world.root)
    try:
        return cli.main(world.completed(rest))
    except SystemExit as end:
        return int(end.code or 0)


def test_the_documentation_shows_commands() -> None:
    lines = [one.line for one in shown()]
    assert len(lines) > 30
    assert any(line.startswith("make run") for line in lines)
    assert any("datagouv --jeu" in line for line in lines)


@pytest.mark.timeout(400)
def test_each_command_of_the_documentation_runs_as_it_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(world.root)
    failed: list[str] = []
    done: set[str] = set()
    for one in shown():
        line = " ".join(one.words)
        if line in ELSEWHERE or line in done:
            continue
        done.add(line)
        with monkeypatch.context() as patch:
            status = ran(one, world, patch)
        said = capsys.readouterr()
        if status:
            failed.append(f"{one.page}: {one.line} -> {status}\n{said.out[-300:]}{said.err[-500:]}")
    assert not failed, "\n\n".join(failed)
    assert len(done) > 25


def test_what_is_not_run_here_is_run_elsewhere() -> None:
    ci = (ROOT / ".ci/run").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    loop = (ROOT / "tests/test_loop.py").read_text("utf-8")
    assert "\nmake check\n" in ci
    assert "make test" in ci
    assert "run: $(STAMP)\n\t$(BIN)/observatoire demo\n" in makefile
    assert '"observatoire", "demo"' in loop
    assert {" ".join(one.words) for one in shown()} >= set(ELSEWHERE)


def test_commands_are_found_in_blocks_and_in_sentences() -> None:
    text = "a `observatoire\nvalidate` b `observatoire.web`\n```sh\nmake run  # c\n\n# d\n```\n"
    assert [one.line for one in shown_in(text, "p")] == ["make run  # c", "observatoire validate"]
