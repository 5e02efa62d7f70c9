"""Difference by key, side by side with csv-diff, daff and git: same files, same run.

Usage: python benchmarks/diff.py [ROWS...]   (default: 1000 36000 60000)

Two versions of `organisations.csv` (real communes, then invented bodies) that differ by a hundred
lines of each kind: as Git keeps it (sorted, same columns), the same with 22 columns as in
performance.md, then with its lines in another order and a column more. Whole processes first
(start-up included, on compiled bytecode), then the comparison alone, from bytes in memory. Each
peer is set beside the same work of ours: two files for csv-diff and daff, two versions in Git for
git diff. Prints the median CPU and wall times, how many times longer the peer takes (CPU, wall),
the peak memory, the growth, and what each tool found: 100 lines of each kind are there to find.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from validate_packages import register as scaled

from observatoire import intake
from observatoire.screen import Screen
from observatoire.table import Table, serialize

BIN = Path(sys.executable).parent
EACH = 100
COLUMNS = 22
REPEATS = 5
SLOW = 1
"""Repeats of the peers that take seconds."""
NAME = "data/organisations.csv"
SCREEN = Screen(sys.stdout, sys.stderr)
Counts = tuple[int, int, int]


def edited(table: Table) -> Table:
    """The table with lines that came, went and changed, spread over the whole of it."""
    rows = list(table.rows)
    step = max(1, len(rows) // (3 * EACH))
    gone = set(range(0, 3 * EACH * step, 3 * step))
    moved = set(range(step, 3 * EACH * step, 3 * step))
    at = table.position("adresse")
    out = [
        (*row[:at], f"{row[at]} bis", *row[at + 1 :]) if i in moved else row
        for i, row in enumerate(rows)
        if i not in gone
    ]
    out += [(f"98{i:07}", f"Nouveau {i}", *rows[0][2:]) for i in range(EACH)]
    return Table(table.columns, sorted(out))


def disturbed(table: Table) -> Table:
    """The same lines in another order, with a column more before the last."""
    rows = sorted(table.rows, key=lambda row: row[0][::-1])
    columns = (*table.columns[:-1], "note", table.columns[-1])
    return Table(columns, [(*row[:-1], "", row[-1]) for row in rows])


def wide(table: Table) -> Table:
    """The table with 22 columns."""
    more = tuple(f"champ_{i}" for i in range(len(table.columns), COLUMNS))
    rows = [
        (*row[:-1], *(f"valeur {(at * 7 + i) % 997}" for i in range(len(more))), row[-1])
        for at, row in enumerate(table.rows)
    ]
    return Table((*table.columns[:-1], *more, table.columns[-1]), rows)


def same(table: Table) -> Table:
    """The table as it is."""
    return table


Work = Callable[[Table], Table]
CHANGES: dict[str, tuple[str, Work, Work]] = {
    "triees": ("mêmes colonnes, lignes triées", same, edited),
    "larges": ("22 colonnes, lignes triées", wide, edited),
    "melangees": ("une colonne de plus, lignes mélangées", same, lambda t: disturbed(edited(t))),
}


def prepare(folder: Path, rows: int, kind: str) -> None:
    """A repository with two tagged versions, and the two files beside."""
    scaled(folder, rows)
    path = folder / NAME
    _, first, then = CHANGES[kind]
    before = first(intake.parse(path.read_bytes(), NAME))
    after = then(before)
    _git(folder, "init", "--quiet", ".")
    for tag, table, name in (("v1.0.0", before, "a.csv"), ("v1.1.0", after, "b.csv")):
        for place in (path, folder / name):
            place.write_bytes(serialize(table))
        _describe(folder / "schemas/organisations.json", table.columns)
        _version(folder, tag)


def _describe(path: Path, columns: tuple[str, ...]) -> None:
    """The schema, with a field for each column that it does not know."""
    described = json.loads(path.read_text("utf-8"))
    known = {f["name"]: f for f in described["fields"]}
    described["fields"] = [known.get(c, {"name": c, "type": "string"}) for c in columns]
    path.write_text(json.dumps(described), "utf-8")


def inside(folder: Path) -> None:
    """CPU seconds of the comparison alone: ours, then csv-diff's."""
    import csv_diff as peer

    from observatoire.history import lines
    from observatoire.history.model import Side

    texts = [(folder / name).read_bytes() for name in ("a.csv", "b.csv")]
    sides = []
    for text in texts:
        columns = tuple(text.partition(b"\n")[0].decode().split(","))
        sides.append(Side(text, columns, ("siren",), "organisations.csv"))
    mine = _cpu(lambda: lines.compare(*sides))
    theirs = _cpu(
        lambda: peer.compare(*(peer.load_csv(io.StringIO(t.decode()), "siren") for t in texts))
    )
    SCREEN.say(f"{mine} {theirs}")


def _cpu(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def _version(folder: Path, tag: str) -> None:
    _git(folder, "add", "data", "schemas", "datapackage.json")
    _git(folder, "-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "-qm", tag)
    _git(folder, "tag", tag)


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True)


class Run(NamedTuple):
    """What a process took."""

    cpu: float
    wall: float
    peak: int
    out: str


def timed(command: list[str | Path], folder: Path, repeats: int) -> Run:
    """The median of some runs, after one that compiles."""
    runs = [_once(command, folder) for _ in range(repeats + 1)][1:]
    return Run(
        statistics.median(r.cpu for r in runs),
        statistics.median(r.wall for r in runs),
        max(r.peak for r in runs),
        runs[0].out,
    )


def _once(command: list[str | Path], folder: Path) -> Run:
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    variables["PYTHONPYCACHEPREFIX"] = str(folder / ".pyc")
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=folder, env=variables) as process:
        out = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{command} ended with {process.returncode}")
    wall = time.perf_counter() - start
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024, out.decode())


def ours(out: str) -> Counts:
    """Lines added, removed, changed."""
    (table,) = json.loads(out)["tables"]
    return table["nb_ajouts"], table["nb_retraits"], table["nb_modifications"]


def csv_diff(out: str) -> Counts:
    """The same, as csv-diff counts them."""
    found = json.loads(out)
    return len(found["added"]), len(found["removed"]), len(found["changed"])


def daff(out: str) -> Counts:
    """The same, as daff marks lines."""
    marks = [line.split(",", 1)[0] for line in out.splitlines()]
    changed = sum(bool(re.fullmatch(r"-+>", m)) for m in marks)
    return marks.count("+++"), marks.count("---"), changed


def git(out: str) -> Counts:
    """Git knows lines, not keys: a changed line is one that goes and one that comes."""
    lines = out.splitlines()
    came = sum(line.startswith("+") and not line.startswith("+++") for line in lines)
    gone = sum(line.startswith("-") and not line.startswith("---") for line in lines)
    return came, gone, 0


PEERS: dict[str, tuple[list[str | Path], Callable[[str], Counts], int]] = {
    "csv-diff": ([BIN / "csv-diff", "a.csv", "b.csv", "--key", "siren", "--json"], csv_diff, SLOW),
    "daff": ([BIN / "daff", "--id", "siren", "a.csv", "b.csv"], daff, SLOW),
    "git diff": (["git", "diff", "v1.0.0", "v1.1.0", "--", NAME], git, REPEATS),
}
OURS: list[str | Path] = [BIN / "observatoire", "diff", "--format", "json"]
VERSIONS = [*OURS, "v1.0.0", "v1.1.0", "--table", "organisations"]
FILES = [*OURS, "a.csv", "b.csv", "--cle", "siren"]


def main(sizes: list[int]) -> None:
    """Measure each size in both situations."""
    for kind, (title, *_) in CHANGES.items():
        SCREEN.say(f"\n{title}")
        SCREEN.say(
            f"{'lignes':>8} {'outil':>14} {'CPU':>9} {'durée':>9} {'rapports':>15} {'pic':>8}"
            "  trouvé"
        )
        before: tuple[int, float] | None = None
        for rows in sizes:
            with tempfile.TemporaryDirectory() as name:
                before = _measure(Path(name), rows, kind, before)


def _measure(
    folder: Path, rows: int, kind: str, before: tuple[int, float] | None
) -> tuple[int, float]:
    again = [sys.executable, __file__]
    # In processes of their own: a child's peak counts what its parent held.
    subprocess.run([*again, "--prepare", str(folder), str(rows), kind], check=True)
    versions, mine = (timed(words, folder, REPEATS) for words in (VERSIONS, FILES))
    growth = ""
    if before:
        exponent = math.log(mine.cpu / before[1]) / math.log(rows / before[0])
        growth = f"  croissance {exponent:.2f}"
    _say(rows, "deux fichiers", mine, mine, f"{ours(mine.out)}{growth}")
    _say(rows, "deux versions", versions, versions, str(ours(versions.out)))
    for peer, (command, counted, repeats) in PEERS.items():
        theirs = timed(command, folder, repeats)
        beside = versions if peer == "git diff" else mine
        _say(rows, peer, theirs, beside, str(counted(theirs.out)))
    words = subprocess.run([*again, "--inside", str(folder)], check=True, capture_output=True)
    alone, peer_alone = map(float, words.stdout.split())
    SCREEN.say(
        f"{rows:>8} comparaison seule, en mémoire : {alone:.3f} s ; csv-diff {peer_alone:.3f} s"
        f" ({peer_alone / alone:.1f}x)"
    )
    return rows, mine.cpu


def _say(rows: int, tool: str, run: Run, beside: Run, found: str) -> None:
    ratios = f"{run.cpu / beside.cpu:>6.2f}x {run.wall / beside.wall:>6.2f}x"
    SCREEN.say(
        f"{rows:>8} {tool:>14} {run.cpu:>7.3f} s {run.wall:>7.3f} s {ratios}"
        f" {run.peak:>5} MB  {found}"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--prepare", where, number, how]:
            prepare(Path(where), int(number), how)
        case ["--inside", where]:
            inside(Path(where))
        case numbers:
            main([int(n) for n in numbers] or [1_000, 36_000, 60_000])
