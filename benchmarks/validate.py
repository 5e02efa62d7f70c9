"""Validation, side by side with frictionless: the same package, in the same run, whole processes.

Usage: python benchmarks/validate.py [ROWS...]   (default: 1000 36000 60000)

The package is the register itself with its organisations and publications scaled to ROWS: the
real communes and EPCI of the reference, then invented associated bodies. It is measured whole, then
without the two vintages of the reference of communes (73,000 more lines). Prints by size the median
wall and processor time of both, the ratios, the peak memory and the growth; then the time to judge
an edit of ten lines against its branch; then start-up times. Both programs run from byte code, as
they do once installed; the wall time is worth something on a quiet machine only.
"""

from __future__ import annotations

import atexit
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from multiprocessing import Process
from pathlib import Path
from typing import NamedTuple

from stdnum import luhn

from observatoire.files import Folder
from observatoire.register import Register
from observatoire.screen import Screen
from observatoire.table import from_records

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
REPEATS = 3
EDITED = 60_000
SCREEN = Screen(sys.stdout, sys.stderr)


def scaled(folder: Path, rows: int, *, reference: bool = True) -> None:
    """A copy of the register with that many organisations, each with one publication."""
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("editions"))
    shutil.copy(ROOT / "datapackage.json", folder)
    register = Register(Folder(folder))
    bodies = [*_authorities(register), *_invented(rows)][:rows]
    sheets = {
        "organisations": [_organisation(b, i) for i, b in enumerate(bodies)],
        "publications": [_publication(b, i) for i, b in enumerate(bodies)],
    }
    for name, records in sheets.items():
        table = from_records(register.schema(name).columns, records)
        (folder / f"data/{name}.csv").write_bytes(register.bytes_of(name, table))
    if not reference:
        for path in (folder / "data/reference").rglob("*.csv"):
            if path.stem in ("communes", "epci", "anciennes"):
                path.unlink()
    _run([BIN / "observatoire", "package", "--depot", folder])


def _authorities(register: Register) -> list[dict[str, str]]:
    year = register.vintages()[-1]
    communes = register.table(f"reference/{year}/communes").records()
    epci = register.table(f"reference/{year}/epci").records()
    listed = [{**c, "type": "COM"} for c in communes if c["siren"]]
    return listed + [e for e in epci if e["type"] != "EPT"]


def _invented(rows: int) -> list[dict[str, str]]:
    heads = (f"9{i:07}" for i in range(rows))
    return [
        {
            "siren": head + luhn.calc_check_digit(head),
            "nom": f"Syndicat mixte numéro {head}",
            "type": "AGCT",
            "departement": f"{int(head) % 95 + 1:02}".replace("20", "2A"),
        }
        for head in heads
    ]


def _organisation(body: dict[str, str], number: int) -> dict[str, str]:
    return {
        "siren": body["siren"],
        "nom": body["nom"].replace('"', ""),
        "type": body["type"],
        "departement": body["departement"],
        "adresse": f"{number % 97 + 1} rue de la République {body['departement']}000 {body['nom']}",
        **_point(body["departement"], number),
        "thematiques": "Citoyenneté|Environnement" if number % 3 else "",
        "statut": "actif",
    }


def _point(departement: str, number: int) -> dict[str, str]:
    """A point of mainland France, near those of the same département; none overseas."""
    if departement.startswith(("97", "98")):
        return {}
    middle = int(departement, 16) % 5
    return {
        "latitude": f"{43 + middle + number % 9973 / 20_000:.10g}",
        "longitude": f"{middle / 2 + number % 9967 / 20_000 + 0.000025:.10g}",
    }


def _publication(body: dict[str, str], number: int) -> dict[str, str]:
    identifier = f"{number:024x}"
    return {
        "siren": body["siren"],
        "plateforme": "data-gouv-fr",
        "identifiant": identifier,
        "url": f"https://www.data.gouv.fr/fr/organizations/{identifier}/",
        "nb_jeux": str(number % 500 + 1),
        "derniere_mise_a_jour": f"2026-{number % 10 + 1:02}-{number % 28 + 1:02}",
        "origine": "moisson",
        "statut": "publie",
    }


def _apart(folder: Path, rows: int, *, reference: bool) -> None:
    """Make a package in another process: the peak of a child counts that of its parent."""
    made = Process(target=scaled, args=(folder, rows), kwargs={"reference": reference})
    made.start()
    made.join()
    if made.exitcode:
        raise SystemExit("the package could not be made")


class Run(NamedTuple):
    """What a process took: seconds on the clock, seconds of processor, memory in MB."""

    wall: float
    cpu: float
    peak: int


def _run(command: list[str | Path]) -> Run:
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


def _median(command: list[str | Path], repeats: int) -> Run:
    _run(command)
    runs = [_run(command) for _ in range(repeats)]
    return Run(
        statistics.median(r.wall for r in runs),
        statistics.median(r.cpu for r in runs),
        max(r.peak for r in runs),
    )


HEADER = (
    f"{'lignes':>8} {'observatoire':>15} {'frictionless':>15} {'rapport':>15} {'pic (Mo)':>11}"
    "  (horloge / processeur)"
)


def _line(name: object, ours: Run, theirs: Run) -> str:
    return (
        f"{name:>8} {ours.wall:>6.2f} / {ours.cpu:<6.2f} {theirs.wall:>6.2f} / {theirs.cpu:<6.2f}"
        f" {theirs.wall / ours.wall:>5.1f}x / {theirs.cpu / ours.cpu:<5.1f}x"
        f" {ours.peak:>5} / {theirs.peak}"
    )


def main(sizes: list[int]) -> None:
    """Measure each size, with and without the reference, then an edit, then the start-up times."""
    for reference in (True, False):
        SCREEN.say("registre entier" if reference else "sans la référence des communes")
        SCREEN.say(HEADER)
        before: tuple[int, float] | None = None
        for rows in sizes:
            ours, theirs = _measured(rows, reference=reference)
            growth = ""
            if before:
                exponent = math.log(ours.cpu / before[1]) / math.log(rows / before[0])
                growth = f"  croissance {exponent:.2f}"
            before = rows, ours.cpu
            SCREEN.say(_line(rows, ours, theirs) + growth)
    SCREEN.say(f"dix lignes modifiées sur {EDITED}, --depuis main")
    SCREEN.say(HEADER)
    for words, ours, theirs in _edit(EDITED):
        SCREEN.say(_line(words, ours, theirs))
    for words, command in (
        ("python vide", [sys.executable, "-c", "pass"]),
        ("observatoire --version", [BIN / "observatoire", "--version"]),
        ("frictionless --version", [BIN / "frictionless", "--version"]),
    ):
        run = _median(command, 5)
        SCREEN.say(f"{words:>24} {run.wall:.3f} / {run.cpu:.3f} s")


def _measured(rows: int, *, reference: bool) -> tuple[Run, Run]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _apart(folder, rows, reference=reference)
        package = folder / "datapackage.json"
        return (
            _median([BIN / "observatoire", "validate", "--depot", folder], REPEATS),
            _median([BIN / "frictionless", "validate", package, "--trusted"], 1),
        )


def _edit(rows: int) -> Iterator[tuple[str, Run, Run]]:
    """Ten organisations renamed: against a branch never seen, then one examined before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _apart(folder, rows, reference=True)
        for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "base"]):
            who = ("-c", "user.name=Banc", "-c", "user.email=banc@example.org")
            subprocess.run(["git", "-C", folder, *who, *command], check=True)
        path = folder / "data/organisations.csv"
        lines = path.read_text("utf-8").split("\n")
        for at in range(rows // 20, rows, rows // 10):
            siren, nom, rest = lines[at].split(",", 2)
            lines[at] = f"{siren},{nom} (nouveau nom),{rest}"
        path.write_text("\n".join(lines), "utf-8")
        ours: list[str | Path] = [BIN / "observatoire", "validate", "--depot", folder]
        ours += ["--depuis", "main"]
        theirs = _median(
            [BIN / "frictionless", "validate", folder / "datapackage.json", "--trusted"], 1
        )
        yield "inconnue", _run(ours), theirs
        yield "connue", _median(ours, REPEATS), theirs


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main([int(a) for a in sys.argv[1:]] or [1_000, 36_000, 60_000])
