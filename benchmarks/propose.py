"""Reconcile and propose: who is who by name, the merge of 60,000 lines, the body, whole runs.

Usage: python benchmarks/propose.py [ROWS...]   (default: 10000 60000)

Each measure runs in a process of its own, cold; its peak memory is the process's.

* Names alone: 3,000 real communes whose names are disturbed (a slip, a missing letter, capitals,
  « St », no accents) and which state their département, among the 36,000 bodies of the reference.
  Precision is what is right of what is answered by one body, recall what is right of all. Peers:
  rapidfuzz's WRatio in a loop over all bodies, on some names, its time brought to all of them; and
  splink, blocked by département on our own normalised names, when it can be imported (it is no
  dependency: ``uv pip install --target DIR splink pandas``, then PYTHONPATH=DIR).
* 6,000 publishers, of which half say who they are, against a register of ROWS bodies.
* ROWS accounts of which one in twenty moved: plan and files of the branch; beside csv-diff, which
  only compares the two harvests.
* The body of ROWS changes within the limit of each forge.
* `observatoire propose` itself, with a harvest of ROWS accounts: the first run, then one more.
"""

from __future__ import annotations

import contextlib
import gc
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from propose_names import (
    DAY,
    PLATFORM,
    SOURCE,
    Found,
    account,
    dice,
    disturbed,
    harvest,
    names_loop,
    names_ours,
    names_splink,
)
from validate_packages import register as scaled

from observatoire.files import Folder, Overlay
from observatoire.plan import Edit, Plan
from observatoire.reference.lookup import load
from observatoire.register import Register
from observatoire.screen import Screen
from observatoire.table import Table

SCREEN = Screen(sys.stdout, sys.stderr)
PUBLISHERS, MOVED = 6000, 20
REPEATS = 3
KEPT = ("plateforme", "identifiant", "url", "nb_jeux", "derniere_mise_a_jour", "statut")
LIMITS = {"GitHub": 65_536, "GitLab": 1_000_000}


def publishers(rows: int) -> Found:
    """6,000 publishers against ``rows`` bodies."""
    from observatoire.reconcile import plan

    with folder(rows) as root:
        register = Register(Folder(root))
        reference, rng = load(register), dice()
        bodies = list(register.table("organisations").records())
        chosen = rng.sample(bodies, min(PUBLISHERS, len(bodies)))
        accounts = [
            account(10**6 + i, b["nom"], b["siren"])
            if i % 2
            else account(10**6 + i, f"{disturbed(b['nom'], rng)} ({b['departement']})")
            for i, b in enumerate(chosen)
        ]
        theirs, base = harvest(register, accounts), harvest(register, [])
        start = time.perf_counter()
        found = plan(SOURCE, base, theirs, register, reference, DAY)
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "asked": len(found.doubts), "added": len(found.additions)}


def merge(rows: int) -> Found:
    """Plan and files of the branch, one account in twenty having moved."""
    from observatoire.reconcile import apply, plan

    with folder(rows) as root:
        register = Register(Folder(root))
        reference = load(register)
        base, theirs = moved(register)
        name = f"moissons/{SOURCE}"
        content = {f"data/{name}.csv": register.bytes_of(name, base)}
        register = Register(Overlay(register.files, content))
        register.table("publications")
        register.table("organisations")
        start = time.perf_counter()
        found = plan(SOURCE, register.table(name), theirs, register, reference, DAY)
        middle = time.perf_counter()
        apply(register, found, theirs)
        end = time.perf_counter()
    return {"seconds": end - start, "plan": middle - start, "edits": len(found.edits)}


def merge_csv_diff(rows: int) -> Found:
    """csv-diff between the two harvests only."""
    import io

    import csv_diff

    with folder(rows) as root:
        register = Register(Folder(root))
        texts = [register.bytes_of(f"moissons/{SOURCE}", t).decode() for t in moved(register)]
        start = time.perf_counter()
        tables = [csv_diff.load_csv(io.StringIO(text), key="identifiant") for text in texts]
        found = csv_diff.compare(*tables)
    return {"seconds": time.perf_counter() - start, "edits": len(found["changed"])}


def moved(register: Register) -> tuple[Table, Table]:
    """The committed harvest of all the register's accounts, and the new one."""
    names = dict(zip(*map(register.table("organisations").column, ("siren", "nom")), strict=True))
    rows = [
        {**account(0, names[r["siren"]], r["siren"]), **{c: r[c] for c in KEPT}}
        for r in register.table("publications").records()
    ]
    new = [
        {**row, "nb_jeux": str(int(row["nb_jeux"]) + 1)} if i % MOVED == 0 else row
        for i, row in enumerate(rows)
    ]
    return harvest(register, rows), harvest(register, new)


def body(rows: int) -> Found:
    """The text of as many changes, within the limit of each forge."""
    from observatoire.propose.body import Report
    from observatoire.propose.proposal import Evidence, Names

    key = ("213500010", PLATFORM)
    edits = (Edit("publications", (*key, f"{n:024x}"), "nb_jeux", "1", "2") for n in range(rows))
    names = Names({"213500010": ("Acigné", "35")}, {}, {PLATFORM: ("data.gouv.fr", "")})
    report = Report(Plan(SOURCE, edits=tuple(edits)), names, Evidence(SOURCE, DAY, rows, "0" * 16))
    start = time.perf_counter()
    sizes = {f: len(report.proposal({}, limit).body.encode()) for f, limit in LIMITS.items()}
    return {"seconds": time.perf_counter() - start, **sizes}


def whole(rows: int) -> Found:
    """`observatoire propose`, whole processes: the first run, then the same again."""
    from observatoire.git import Person, Repo

    with folder(rows) as root:
        register = Register(Folder(root))
        base, theirs = moved(register)
        path = root / f"data/moissons/{SOURCE}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(register.bytes_of(f"moissons/{SOURCE}", base))
        repo = Repo(root)
        repo.run("init", "--quiet", "--initial-branch=main", ".")
        repo.run("add", "--all")
        who, tree = Person("Anne", "anne@example.org"), repo.line("write-tree")
        repo.update_ref("refs/heads/main", repo.commit(tree, [], "premier", who, DAY), "")
        path.write_bytes(register.bytes_of(f"moissons/{SOURCE}", theirs))
        command = [Path(sys.executable).parent / "observatoire", "propose", "--depot", root]
        command += ["--date", DAY, "--max-lignes", str(rows)]
        times = []
        for _ in range(2):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    return {"seconds": times[0], "again": times[1]}


@contextlib.contextmanager
def folder(rows: int) -> Iterator[Path]:
    """A register of that many bodies, each with one account."""
    with tempfile.TemporaryDirectory() as name:
        scaled(Path(name), rows)
        yield Path(name)


# The table


def measured(work: Callable[..., Found], *rows: int) -> Found:
    """What a piece of work finds in a process of its own, with its peak memory in MB."""
    command = [sys.executable, __file__, "--part", work.__name__, *map(str, rows)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        out = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{work.__name__} ended with {process.returncode}")
    found: Found = json.loads(out)
    return {**found, "peak": usage.ru_maxrss // 1024} if found else {}


def median(work: Callable[..., Found]) -> Found:
    """The run of middle length."""
    runs = [measured(work) for _ in range(REPEATS)]
    middle = statistics.median(r.get("seconds", 0) for r in runs)
    return next(r for r in runs if r.get("seconds", 0) == middle)


def main(sizes: list[int]) -> None:
    """Measure, one line each."""
    ours = median(names_ours)
    _line("noms seuls : nous", ours)
    for title, work in (("boucle WRatio (extrapolée)", names_loop), ("splink", names_splink)):
        peer = median(work)
        if peer:
            _line(f"noms seuls : {title}", peer, ours)
        else:
            SCREEN.say(f"{'noms seuls : ' + title:<44} non mesuré : non installé ici")
    for title, work in SCALED.items():
        before: tuple[int, float] | None = None
        for rows in sizes:
            found = measured(work, rows)
            growth = math.log(found["seconds"] / before[1], rows / before[0]) if before else None
            _line(f"{title}, {rows}", found, growth=growth)
            before = rows, found["seconds"]


SCALED: dict[str, Callable[[int], Found]] = {
    "6 000 publicateurs contre": publishers,
    "fusion par cellule": merge,
    "  csv-diff des deux moissons": merge_csv_diff,
    "texte de la demande, deux forges": body,
    "commande propose entière": whole,
}


def _line(
    title: str, found: Found, against: Found | None = None, growth: float | None = None
) -> None:
    rest = {k: v for k, v in found.items() if k not in {"seconds", "peak"}}
    more = "  ".join(
        f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in rest.items()
    )
    ratio = f"  {found['seconds'] / against['seconds']:.1f}x le nôtre" if against else ""
    curve = f"  croissance {growth:.2f}" if growth is not None else ""
    SCREEN.say(
        f"{title:<44} {found['seconds']:>8.2f} s {found['peak']:>6} MB  {more}{ratio}{curve}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        gc.disable()  # as the commands do
        SCREEN.say(json.dumps(globals()[sys.argv[2]](*map(int, sys.argv[3:]))))
    else:
        main([int(a) for a in sys.argv[1:]] or [10_000, 60_000])
