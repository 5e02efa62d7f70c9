"""The whole site of a big register: time, memory, bytes; then what a small change costs.

Usage: python benchmarks/site.py [ORGANISATIONS]     (default: 40000)

The register is that of benchmarks/validate_packages.py, with a harvest and a match behind each
publication. Everything runs in other processes: the peak of a child counts that of its parent.
Between two builds, ten numbers of datasets change, then ten organisations more stand in the
register: the lines of the others move in the file, and with them the links that edit them.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from validate_packages import register as made_up

from observatoire.files import Folder, Memory, write
from observatoire.publish import assemble, assets
from observatoire.publish.draft import FOLDER, Draft
from observatoire.register import Register
from observatoire.screen import Screen
from observatoire.site import output
from observatoire.site.build import plan
from observatoire.site.content import Content
from observatoire.table import Table, from_records

ROWS, CHANGED = 40_000, 10
PROJECT = "https://gitlab.com/groupe/observatoire"
TAG, DATE = "v1.0.0", "2026-11-23"
ASSETS = "assets"
SCREEN = Screen(sys.stdout, sys.stderr)
MEGA = 1_000_000


def harvested(folder: Path) -> None:
    """Give each publication the harvest and the match that it would come from."""
    register = Register(Folder(folder))
    accounts = list(register.table("publications").records())
    harvests = [
        {
            "plateforme": row["plateforme"],
            "identifiant": row["identifiant"],
            "nom": f"Compte {number}",
            "siren_declare": row["siren"],
            "nb_jeux": row["nb_jeux"],
            "nb_licence_ouverte": row["nb_jeux"],
            "nb_recents": "0",
            "derniere_mise_a_jour": "2026-10-01",
            "statut": "publie",
        }
        for number, row in enumerate(accounts)
        if row["identifiant"]
    ]
    matches = [
        {**dict.fromkeys(("plateforme", "identifiant"), ""), **h, "siren": h["siren_declare"]}
        | {"methode": "siren", "score": "1", "decision": "automatique"}
        for h in harvests
    ]
    platforms = sorted({h["plateforme"] for h in harvests})
    journal = [
        {"source": "banc", "plateforme": p, "derniere_reussite": DATE, "lignes": "1"}
        for p in platforms
    ]
    tables = {
        "moissons/banc": harvests,
        "moissons/journal": journal,
        "rapprochements/banc": matches,
    }
    for name, records in tables.items():
        table = from_records(register.schema(name).columns, records)
        write(folder, {f"data/{name}.csv": register.bytes_of(name, table)})


def published(folder: Path) -> None:
    """Write what a release would add: ``publication/`` and the files to download."""
    files = Folder(folder)
    found = {n: files.read(n) or b"" for t in ("data", "schemas") for n in files.names(t)}
    memory = Memory(found | {"datapackage.json": files.read("datapackage.json") or b""})
    contents = assemble.assemble(Draft(memory, TAG, DATE, PROJECT), {})
    write(folder, contents)
    made = assets.build(Memory({**memory, **contents}), TAG, DATE)
    write(folder, {f"{ASSETS}/{name}": data for name, data in made.items()})


def child(folder: Path, out: Path) -> None:
    """Build the site of a folder; what it took, as JSON."""
    start = time.perf_counter()
    files = Folder(folder)
    whole = ("data", "schemas", FOLDER)
    memory = Memory({n: files.read(n) or b"" for t in whole for n in files.names(t)})
    made = {n.removeprefix(f"{ASSETS}/"): files.read(n) or b"" for n in files.names(ASSETS)}
    content = Content(memory, TAG, DATE, made, "https://observatoire.exemple.fr")
    done = output.write(out, plan(content))
    spent = time.perf_counter() - start
    kinds = Counter(path.partition("/")[0] for path in done.written)
    result = {
        "seconds": spent,
        "processor": time.process_time(),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "files": done.files,
        "rendered": done.rendered,
        "written": len(done.written),
        "gone": len(done.gone),
        "kinds": dict(kinds),
    }
    sys.stdout.write(json.dumps(result))


def build(title: str, folder: Path, out: Path) -> dict[str, float]:
    """Build in another process, and say what it took."""
    found: dict[str, float] = json.loads(apart("site", folder, out))
    SCREEN.say(
        f"{title:<34} {found['seconds']:>7.1f} s ({found['processor']:.1f} de processeur)"
        f"  {found['memory']:>5} Mo  {found['rendered']:>6} faits  {found['written']:>6} écrits"
        f" sur {found['files']}"
    )
    return found


def apart(work: str, *where: Path) -> bytes:
    """Do some work in another process."""
    command = [sys.executable, __file__, "--enfant", work, *map(str, where)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def changed(folder: Path) -> None:
    """Ten numbers of datasets that are not what they were."""
    register = Register(Folder(folder))
    table = register.table("publications")
    at = table.position("nb_jeux")
    rows = list(table.rows)
    for number in range(len(rows) // 3, len(rows) // 3 + CHANGED):
        row = rows[number]
        rows[number] = (*row[:at], str(int(row[at] or 0) + 1000), *row[at + 1 :])
    _save(register, folder, "publications", Table(table.columns, rows))


def longer(folder: Path) -> None:
    """Ten organisations more, each with a publication."""
    register = Register(Folder(folder))
    known = {*register.table("organisations").column("siren")}
    new = [b for b in _unknown() if b["siren"] not in known][:CHANGED]
    names = {"organisations": new, "publications": [_account(b) for b in new]}
    for name, records in names.items():
        table = register.table(name)
        whole = from_records(table.columns, [*table.records(), *records])
        _save(register, folder, name, whole)


def _unknown() -> Iterator[dict[str, str]]:
    for number in range(10**6):
        siren = _luhn(f"13{number:06}")
        yield {"siren": siren, "nom": f"Nouveau {number}", "type": "OACT", "departement": "59"} | {
            "statut": "actif"
        }


def _luhn(eight: str) -> str:
    """A SIREN: eight digits and their key."""
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(eight)]
    return f"{eight}{-sum(d - 9 if d > 9 else d for d in doubled) % 10}"  # noqa: PLR2004


def _account(body: dict[str, str]) -> dict[str, str]:
    place = {"plateforme": "data-gouv-fr", "identifiant": f"nouveau-{body['siren']}"}
    return {"siren": body["siren"], "nb_jeux": "3", "origine": "manuel", "statut": "publie"} | place


def _save(register: Register, folder: Path, name: str, table: Table) -> None:
    write(folder, {f"data/{name}.csv": register.bytes_of(name, table)})


@contextlib.contextmanager
def timed(title: str) -> Iterator[None]:
    """Say how long a block took."""
    start = time.perf_counter()
    yield
    SCREEN.say(f"{title:<34} {time.perf_counter() - start:>7.1f} s")


def rate(folder: Path) -> None:
    """Say how many pages of organisations a process renders, once everything is read."""
    files = Folder(folder)
    memory = Memory(
        {n: files.read(n) or b"" for t in ("data", "schemas", FOLDER) for n in files.names(t)}
    )
    content = Content(memory, TAG, DATE, {})
    planned = (p for p in plan(content) if p.path.startswith("organisations/"))
    next(planned).make()
    start, count = time.process_time(), 0
    for item in planned:
        item.make()
        count += 1
    spent = time.process_time() - start
    SCREEN.say(f"Pages d'organismes, rendu seul : {count / spent:.0f} par seconde de processeur")


def made(folder: Path, rows: Path) -> None:
    """The register, with its harvests."""
    folder.mkdir()
    made_up(folder, int(rows.name))
    harvested(folder)


WORK = {
    "registre": made,
    "publier": published,
    "site": child,
    "changer": changed,
    "allonger": longer,
    "cadence": rate,
}


def main(rows: int) -> None:
    """Build, build again, then after each change."""
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "registre", Path(name) / "public"
        with timed(f"Registre de {rows} organismes"):
            apart("registre", folder, Path(str(rows)))
        with timed("Ce qu'une version calcule"):
            apart("publier", folder)
        first = build("Site, la première fois", folder, out)
        weigh(out, first["seconds"])
        build("Rien n'a changé", folder, out)
        for work, title in (
            ("changer", f"{CHANGED} nombres de jeux changés"),
            ("allonger", f"{CHANGED} organismes de plus"),
        ):
            apart(work, folder)
            apart("publier", folder)
            build(title, folder, out)
        SCREEN.say(apart("cadence", folder).decode())


def weigh(out: Path, seconds: float) -> None:
    """Say what the site weighs."""
    found = [p for p in out.rglob("*") if p.is_file() and p.name != output.NOTE]
    html = [p.stat().st_size for p in found if p.suffix == ".html"]
    size = sum(p.stat().st_size for p in found)
    SCREEN.say(
        f"  {len(html)} pages, {sum(html) / MEGA:.0f} Mo, la plus lourde {max(html) / 1000:.0f} ko"
        f" ; avec les fichiers à télécharger {size / MEGA:.0f} Mo ;"
        f" {len(html) / seconds:.0f} pages par seconde en tout"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--enfant"]:
        WORK[sys.argv[2]](*map(Path, sys.argv[3:]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
