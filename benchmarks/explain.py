"""Who wrote a cell, over many versions of a large table, beside what Git alone offers.

Usage: python benchmarks/explain.py [VERSIONS...]   (default: 50 200)

A clone (packed, as any clone is) of a register of 36,000 bodies, whose `publications.csv` changes
by 300 cells per version; the cell that is asked for changed in one version of ten. Ours is the
whole command, start-up included, which also tells the evidence and the requests. Peers: `git log -p
-U0` of the file, where the changes of the line are then looked for; `git show` of some versions,
its cost brought to all. Prints the median CPU and wall times, the ratios of CPU, the peak memory of
the process itself, the growth.
"""

from __future__ import annotations

import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from validate_packages import register as scaled

from observatoire.files import Folder
from observatoire.git import Person, Repo
from observatoire.register import Register
from observatoire.screen import Screen
from observatoire.table import Table, serialize

ROWS, CHANGED, SHOWN = 36_000, 300, 10
REPEATS = 3
PATH = "data/publications.csv"
WHO = Person("Robot", "robot@example.org")
BIN = Path(sys.executable).parent
SCREEN = Screen(sys.stdout, sys.stderr)


class Cost(NamedTuple):
    """Seconds of processor, seconds, peak memory in MB, and the lines printed about the cell."""

    cpu: float
    wall: float
    peak: int
    found: int


def history(root: Path, versions: int) -> str:
    """A repository with that many versions of a table; the SIREN of the line to ask for."""
    scaled(root, ROWS)
    repo = Repo(root)
    repo.run("init", "--quiet", "--initial-branch=main", ".")
    repo.run("add", "--all")
    head = repo.commit(repo.line("write-tree"), [], "premier", WHO, "2026-01-01")
    table = Register(Folder(root)).table("publications")
    rows, at = list(table.rows), table.position("nb_jeux")
    dice = random.Random(1)  # noqa: S311 (no secret hangs on it)
    asked = ROWS * 5 // 6
    for version in range(1, versions):
        chosen = dice.sample(range(ROWS), CHANGED) + [asked] * (version % SHOWN == 0)
        for i in chosen:
            rows[i] = (*rows[i][:at], str(version), *rows[i][at + 1 :])
        tree = repo.write_tree(head, {PATH: serialize(Table(table.columns, rows))})
        moment = f"2026-01-01T{version // 60:02}:{version % 60:02}:00+00:00"
        head = repo.commit(tree, [head], f"moisson {version}", WHO, moment)
    repo.update_ref("refs/heads/main", head, "")
    repo.run("read-tree", "-u", "--reset", head)
    repo.run("gc", "--quiet")
    return rows[asked][0]


def cost(command: list[str | Path], marker: str) -> Cost:
    """What a process costs, and how many of its lines hold some text."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        found = sum(marker.encode() in line for line in process.stdout or ())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    wall = time.perf_counter() - start
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024, found)


def median(command: list[str | Path], marker: str, repeats: int = REPEATS) -> Cost:
    """The run of middle cost."""
    runs = sorted(cost(command, marker) for _ in range(repeats))
    return runs[len(runs) // 2]


def shown(root: Path, versions: int) -> Cost:
    """`git show` of some versions, its cost brought to all of them."""
    listed = Repo(root).line("rev-list", f"--max-count={SHOWN}", "main").split()
    each = [cost(["git", "-C", root, "show", f"{sha}:{PATH}"], "\n") for sha in listed]
    cpu, wall = (statistics.mean(getattr(c, name) for c in each) for name in ("cpu", "wall"))
    return Cost(cpu * versions, wall * versions, max(c.peak for c in each), versions)


def main(sizes: list[int]) -> None:
    """Measure each length of history."""
    before: tuple[int, float] | None = None
    for versions in sizes:
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            siren = history(root, versions)
            command = [BIN / "observatoire", "explain", "--depot", root, siren, "nb_jeux"]
            ours = median(command, "« moisson ")
            log = ["git", "-C", root, "log", "-p", "-U0", "--format=%H", "main", "--", PATH]
            peers = {
                "git log -p -U0": median(log, f"+{siren},"),
                "git show (extrapolé)": shown(root, versions),
            }
        growth = ""
        if before:
            exponent = math.log(ours.cpu / before[1], versions / before[0])
            growth = f"  croissance {exponent:.2f}"
        before = versions, ours.cpu
        _line(f"{versions} versions : explain", ours, growth)
        for title, peer in peers.items():
            _line(f"{versions} versions : {title}", peer, f"  {peer.cpu / ours.cpu:.1f}x le nôtre")


def _line(title: str, one: Cost, more: str) -> None:
    SCREEN.say(
        f"{title:<38} {one.cpu:>7.2f} s CPU {one.wall:>7.2f} s {one.peak:>5} MB"
        f" {one.found:>4} lignes{more}"
    )


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [50, 200])
