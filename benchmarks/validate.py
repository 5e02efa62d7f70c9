"""Validation, side by side with frictionless: the same package, in the same run, whole processes.

Usage: python benchmarks/validate.py [ROWS...]   (default: 1000 36000 60000)

The package is the register itself with its organisations and publications scaled to ROWS: the
real communes and EPCI of the reference, then invented associated bodies. It is measured whole, then
without the two vintages of the reference of communes (73,000 more lines). Prints the median times,
the ratio, the peak memory and the growth from one size to the next; then start-up times.
"""

from __future__ import annotations

import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stdnum import luhn

from observatoire.files import Folder
from observatoire.register import Register
from observatoire.screen import Screen
from observatoire.table import from_records

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
REPEATS = 3
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
            "departement": f"{int(head) % 19 + 1:02}",
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


def _run(command: list[str | Path]) -> tuple[float, int, str]:
    """Seconds, peak memory in MB, and output of a process; a sound package ends with 0."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        out = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}:\n{out.decode()[-3000:]}")
    return time.perf_counter() - start, usage.ru_maxrss // 1024, out.decode()


def _median(command: list[str | Path], repeats: int) -> tuple[float, int]:
    runs = [_run(command)[:2] for _ in range(repeats)]
    return statistics.median(r[0] for r in runs), max(r[1] for r in runs)


def main(sizes: list[int]) -> None:
    """Measure each size, with and without the reference, then the start-up times."""
    for reference in (True, False):
        SCREEN.say("registre entier" if reference else "sans la référence des communes")
        SCREEN.say(
            f"{'lignes':>8} {'observatoire':>14} {'frictionless':>14} {'rapport':>8} {'pic':>16}"
        )
        before: tuple[int, float] | None = None
        for rows in sizes:
            ours, theirs = _measured(rows, reference=reference)
            growth = ""
            if before:
                exponent = math.log(ours[0] / before[1]) / math.log(rows / before[0])
                growth = f"  croissance {exponent:.2f}"
            before = rows, ours[0]
            SCREEN.say(
                f"{rows:>8} {ours[0]:>12.2f} s {theirs[0]:>12.2f} s {theirs[0] / ours[0]:>7.1f}x"
                f" {ours[1]:>5} / {theirs[1]} Mo{growth}"
            )
    for words, command in (
        ("python vide", [sys.executable, "-c", "pass"]),
        ("observatoire --version", [BIN / "observatoire", "--version"]),
        ("frictionless --version", [BIN / "frictionless", "--version"]),
    ):
        SCREEN.say(f"{words:>24} {_median(command, 5)[0]:.3f} s")


def _measured(rows: int, *, reference: bool) -> tuple[tuple[float, int], tuple[float, int]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scaled(folder, rows, reference=reference)
        package = folder / "datapackage.json"
        return (
            _median([BIN / "observatoire", "validate", "--depot", folder], REPEATS),
            _median([BIN / "frictionless", "validate", package, "--trusted"], 1),
        )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main([int(a) for a in sys.argv[1:]] or [1_000, 36_000, 60_000])
