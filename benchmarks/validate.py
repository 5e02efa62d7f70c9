"""Validation, side by side with frictionless: the same package, in the same run, whole processes.

Usage: python benchmarks/validate.py [ROWS...]   (default: 1000 36000 60000)

Two packages, made in `validate_packages.py`: the register with that many organisations, all its
tables, then one wide table of 22 columns with what it points at. Both programs read every table of
the package and follow every foreign key; ours runs its business checks as well. They run in turn,
from byte code, start-up included; shown are the medians of the wall and processor times, the ratios
pair by pair, the peak memory of the largest process, and the growth of ours. Then an edit of ten
lines is judged against its branch, and a merge request as a whole: validation, differences and
canonical form, beside frictionless, csv-diff and, where it is installed, pandas. At last the
canonical form: to check it, and to make it of mixed lines, beside frictionless that reads and
writes the table. The wall time is worth something on a quiet machine only. 360,000 rows take some
minutes, most of them frictionless's.
"""

from __future__ import annotations

import atexit
import importlib.util
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import validate_packages as packages

from observatoire.screen import Screen

BIN = Path(sys.executable).parent
REPEATS = 5
SLOW = 8.0
"""Seconds of the peer; beyond, one run of each is enough."""
EDITED = 60_000
CANONICAL = 36_000
SCREEN = Screen(sys.stdout, sys.stderr)

SORTED = """\
import sys, pandas
table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
canonical = table.sort_values("siren").to_csv(index=False)
raise SystemExit(canonical != open(sys.argv[1], encoding="utf-8").read())
"""
"""Whether a table is in its canonical form, by pandas where it is installed."""

Command = Sequence[str | Path]


class Run(NamedTuple):
    """What processes took: seconds on the clock, seconds of processor, memory in MB."""

    wall: float
    cpu: float
    peak: int


def together(runs: Iterable[Run]) -> Run:
    """Some runs, one after the other."""
    walls, cpus, peaks = zip(*runs, strict=True)
    return Run(sum(walls), sum(cpus), max(peaks))


def run(command: Command) -> Run:
    """Run a process, and its own children; a sound package ends with 0."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment()
    ) as process:
        out = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}:\n{out.decode()[-3000:]}")
    wall = time.perf_counter() - start
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


@cache
def _environment() -> dict[str, str]:
    """As on the machine of a user, whose Python keeps the byte code of what it runs."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    folder = tempfile.mkdtemp(prefix="byte-code-")
    atexit.register(shutil.rmtree, folder)
    return {**kept, "PYTHONPYCACHEPREFIX": folder}


class Pairs(NamedTuple):
    """Runs of ours and of theirs, in turn."""

    ours: list[Run]
    theirs: list[Run]

    def ratio(self, of: Callable[[Run], float]) -> float:
        """How many times faster ours is: the median of the pairs."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(of(b) / of(a) for a, b in pairs)

    def cpu(self) -> float:
        """The processor time of ours."""
        return statistics.median(r.cpu for r in self.ours)

    def line(self, name: object, growth: str = "") -> str:
        """A line of the table."""
        columns = [
            f"{statistics.median(r.wall for r in runs):>6.2f} /"
            f" {statistics.median(r.cpu for r in runs):<6.2f}"
            for runs in self
        ]
        ratios = f"{self.ratio(lambda r: r.wall):>5.1f}x / {self.ratio(lambda r: r.cpu):.1f}x"
        peaks = " / ".join(str(max(r.peak for r in runs)) for runs in self)
        return f"{name:>10} {' '.join(columns)} {ratios} {peaks:>11} {growth}".rstrip()


HEADER = (
    f"{'lignes':>10} {'observatoire':>15} {'pairs':>15} {'rapport':>15} {'pic (Mo)':>11}"
    "  (horloge / processeur)"
)


def paired(ours: Sequence[Command], theirs: Sequence[Command]) -> Pairs:
    """Some commands of ours and some of theirs, in turn, after a first run of each."""
    together(map(run, ours))
    first = together(map(run, theirs))
    runs = [
        (together(map(run, ours)), together(map(run, theirs)))
        for _ in range(1 if first.wall > SLOW else REPEATS)
    ]
    return Pairs([a for a, _ in runs], [b for _, b in runs])


def ours(folder: Path, *words: str | Path) -> Command:
    """A command of the register."""
    return [BIN / "observatoire", words[0], "--depot", folder, *words[1:]]


def frictionless(folder: Path) -> Command:
    """The peer: every table of the package, with its keys."""
    return [BIN / "frictionless", "validate", folder / "datapackage.json", "--trusted"]


def grown(make: Callable[[Path, int], None], sizes: Sequence[int]) -> None:
    """A package at each size."""
    before: tuple[int, float] | None = None
    for rows in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            packages.apart(make, folder, rows)
            pairs = paired([ours(folder, "validate")], [frictionless(folder)])
        growth = ""
        if before:
            exponent = math.log(pairs.cpu() / before[1]) / math.log(rows / before[0])
            growth = f" croissance {exponent:.2f}"
        before = rows, pairs.cpu()
        SCREEN.say(pairs.line(rows, growth))


def edited(rows: int) -> None:
    """Ten organisations renamed: against a branch never seen, then one examined before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "depot"
        folder.mkdir()
        packages.apart(packages.register, folder, rows)
        for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "base"]):
            who = ("-c", "user.name=Banc", "-c", "user.email=banc@example.org")
            subprocess.run(["git", "-C", folder, *who, *command], check=True)
        path = folder / "data/organisations.csv"
        before = shutil.copy(path, Path(name) / "avant.csv")
        lines = path.read_text("utf-8").split("\n")
        for at in range(rows // 20, rows, rows // 10):
            siren, nom, rest = lines[at].split(",", 2)
            lines[at] = f"{siren},{nom} (nouveau nom),{rest}"
        path.write_text("\n".join(lines), "utf-8")
        since = ours(folder, "validate", "--depuis", "main")
        first, peer = run(since), frictionless(folder)
        known = paired([since], [peer])
        SCREEN.say(Pairs([first], known.theirs[:1]).line("inconnue"))
        SCREEN.say(known.line("connue"))
        request = [since, ours(folder, "diff", "main"), ours(folder, "format", "--check", path)]
        peers: list[Command] = [peer, [BIN / "csv-diff", before, path, "--key", "siren"]]
        if importlib.util.find_spec("pandas"):
            peers.append([sys.executable, "-c", SORTED, path])
        SCREEN.say(paired(request, peers).line("demande"))


REWRITTEN = """\
from frictionless import Package, Resource
Package("datapackage.json").get_resource("organisations").write(Resource("sortie.csv"))
"""


def canonical(rows: int) -> None:
    """A table that is already canonical, then the same with its lines mixed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packages.apart(packages.wide, folder, rows)
        path, mixed = folder / "data/organisations.csv", folder / "melangee.csv"
        header, *lines = path.read_text("utf-8").splitlines(keepends=True)
        mixed.write_text("".join([header, *sorted(lines, key=lambda x: x[8::-1])]), "utf-8")
        peer: list[Command] = [["env", "-C", folder, sys.executable, "-c", REWRITTEN]]
        check = ours(folder, "format", "--check", path)
        SCREEN.say(paired([check], peer).line("vérifiée"))
        format_ = [["cp", mixed, path], ours(folder, "format", path)]
        SCREEN.say(paired(format_, peer).line("refaite"))


def main(sizes: list[int]) -> None:
    """Measure each package, an edit, a merge request, the canonical form, then start-up times."""
    SCREEN.say("le registre entier")
    SCREEN.say(HEADER)
    grown(packages.register, sizes)
    SCREEN.say("une table de 22 colonnes")
    SCREEN.say(HEADER)
    grown(packages.wide, sizes)
    SCREEN.say(f"dix lignes modifiées sur {EDITED}, --depuis main ; puis la demande de fusion")
    SCREEN.say(HEADER)
    edited(EDITED)
    SCREEN.say(f"la forme canonique de {CANONICAL} lignes de 22 colonnes")
    SCREEN.say(HEADER)
    canonical(CANONICAL)
    for words, command in (
        ("python vide", [sys.executable, "-c", "pass"]),
        ("observatoire --version", [BIN / "observatoire", "--version"]),
        ("frictionless --version", [BIN / "frictionless", "--version"]),
    ):
        runs = [run(command) for _ in range(REPEATS + 1)][1:]
        wall, cpu = (statistics.median(r[i] for r in runs) for i in (0, 1))
        SCREEN.say(f"{words:>24} {wall:.3f} / {cpu:.3f} s")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main([int(a) for a in sys.argv[1:]] or [1_000, 36_000, 60_000])
