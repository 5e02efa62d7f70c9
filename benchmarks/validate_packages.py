"""The packages that validation is measured on: the register at any size, and one wide table.

``register`` scales the register as it is: real communes and EPCI, then invented bodies, and as many
publications and platforms for each as there are today. ``wide`` is the package that the goals of
validation were set on: one table of 22 columns, with addresses declared as URI, two dates, and
foreign keys to the platforms and the départements.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing import Process
from pathlib import Path
from typing import Any

from stdnum import luhn

from observatoire.files import Folder
from observatoire.register import Register
from observatoire.table import from_records

ROOT = Path(__file__).parents[1]
PLATFORMS = 10_000
"""The most portals that the register is foreseen to know."""

Record = dict[str, str]


def apart(make: Callable[[Path, int], None], folder: Path, rows: int) -> None:
    """Make a package in another process: the peak of a child counts that of its parent."""
    made = Process(target=make, args=(folder, rows))
    made.start()
    made.join()
    if made.exitcode:
        raise SystemExit("the package could not be made")


def register(folder: Path, rows: int) -> None:
    """The register with that many organisations, without the frozen editions."""
    _start(folder)
    for name in ("schemas/organisations.json", "data/organisations.csv"):
        shutil.copy(ROOT / name, folder / name)
    here, now = Register(Folder(ROOT)), Register(Folder(folder))
    share = {n: len(here.table(n)) / len(here.table("organisations")) for n in _SCALED}
    platforms = min(round(rows * share["plateformes"]), PLATFORMS)
    bodies = _bodies(here, rows)
    portals = list(_portals(here, platforms))
    _write(now, "plateformes", [*portals, *_kept(here)])
    _write(now, "organisations", [_organisation(b, i) for i, b in enumerate(bodies)])
    published = round(rows * share["publications"])
    pairs = ((bodies[i % rows], i) for i in range(published))
    _write(now, "publications", [_publication(b, i, portals) for b, i in pairs])
    _describe(folder)


def wide(folder: Path, rows: int) -> None:
    """Organisations in 22 columns, with the platforms and the départements that they point at."""
    _start(folder)
    shutil.rmtree(folder / "data/reference/2022")
    for name in ("communes", "epci", "anciennes"):
        (folder / f"data/reference/2026/{name}.csv").unlink()
    for path in (folder / "data").glob("*.csv"):
        if path.stem != "plateformes":
            path.unlink()
    here, now = Register(Folder(ROOT)), Register(Folder(folder))
    (folder / "schemas/organisations.json").write_bytes(_wide_schema())
    portals = list(_portals(here, 280))
    _write(now, "plateformes", [*portals, *_kept(here)])
    bodies = enumerate(_bodies(here, rows))
    _write(now, "organisations", [_wide(b, i, portals) for i, b in bodies])
    _describe(folder)


_SCALED = ("plateformes", "publications")


def _start(folder: Path) -> None:
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    left = shutil.ignore_patterns("editions", "moissons", "rapprochements")
    shutil.copytree(ROOT / "data", folder / "data", ignore=left)
    shutil.copy(ROOT / "datapackage.json", folder)


def _describe(folder: Path) -> None:
    command = [Path(sys.executable).parent / "observatoire", "package", "--depot", folder]
    subprocess.run(command, check=True, capture_output=True)


def _write(register: Register, name: str, records: list[Record]) -> None:
    table = from_records(register.schema(name).columns, records)
    folder = register.files.root if isinstance(register.files, Folder) else ROOT
    (folder / f"data/{name}.csv").write_bytes(register.bytes_of(name, table))


def _wide_schema() -> bytes:
    """The columns of an organisation, then those of its publication and some more."""
    tables = (f"schemas/{name}.json" for name in ("organisations", "publications"))
    body, publication = (json.loads((ROOT / path).read_text("utf-8")) for path in tables)
    fields: list[dict[str, Any]] = [*body["fields"]]
    known = {f["name"] for f in fields}
    fields += [f for f in publication["fields"] if f["name"] not in known]
    fields += [
        {"name": "url_reutilisations", "type": "string"},
        {"name": "url_datagouv", "type": "string"},
        {"name": "nb_jeux_datagouv", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "premiere_publication", "type": "date"},
    ]
    for field in fields:
        if field["name"].startswith("url"):
            field["format"] = "uri"
            field.pop("constraints", None)
    fields.sort(key=lambda f: str(f["name"] == "statut"))  # a last column that is never empty
    portal = [k for k in publication["foreignKeys"] if k["fields"] == "plateforme"]
    body |= {"fields": fields, "foreignKeys": [*body["foreignKeys"], *portal]}
    return json.dumps(body, ensure_ascii=False).encode()


def _bodies(register: Register, rows: int) -> list[Record]:
    year = register.vintages()[-1]
    communes = register.table(f"reference/{year}/communes").records()
    epci = register.table(f"reference/{year}/epci").records()
    listed = [{**c, "type": "COM"} for c in communes if c["siren"]]
    listed += [e for e in epci if e["type"] != "EPT"]
    return [*listed, *_invented(rows)][:rows]


def _invented(rows: int) -> list[Record]:
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


def _kept(register: Register) -> Iterator[Record]:
    """The platform that everybody shares."""
    return (p for p in register.table("plateformes").records() if p["id"] == "data-gouv-fr")


def _portals(register: Register, rows: int) -> Iterator[Record]:
    """Portals like those of the register, each with addresses of its own."""
    models = [
        p
        for p in register.table("plateformes").records()
        if p["url"].startswith("https://") and p["statut"] == "active"
    ] or list(register.table("plateformes").records())
    for number in range(rows):
        model = models[number % len(models)]
        site = f"https://portail-{number}.territoire.fr"
        urls = {n: f"{site}/{n}" for n in model if n.startswith("url") and model[n]}
        named = {"id": f"portail-{number}", "nom": f"Portail numéro {number}", "url": site}
        yield {**model, **urls, **named, "techno": "ckan", "grappe": "", "statut": "active"}


def _organisation(body: Record, number: int) -> Record:
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


def _point(departement: str, number: int) -> Record:
    """A point of mainland France, near those of the same département; none overseas."""
    if departement.startswith(("97", "98")):
        return {}
    middle = int(departement, 16) % 5
    return {
        "latitude": f"{43 + middle + number % 9973 / 20_000:.10g}",
        "longitude": f"{middle / 2 + number % 9967 / 20_000 + 0.000025:.10g}",
    }


def _publication(body: Record, number: int, portals: list[Record]) -> Record:
    """On data.gouv.fr for one half, on one of the portals for the other."""
    shared = number % 2 == 0
    portal = portals[(number + number // len(portals)) % len(portals)]
    account = f"{number:024x}"
    page = f"https://www.data.gouv.fr/fr/organizations/{account}/"
    return {
        "siren": body["siren"],
        "plateforme": "data-gouv-fr" if shared else portal["id"],
        "identifiant": account if shared else body["nom"],
        "url": page if shared else f"{portal['url']}/explore/?q=publisher:{number}",
        "nb_jeux": str(number % 500 + 1),
        "derniere_mise_a_jour": f"2026-{number % 10 + 1:02}-{number % 28 + 1:02}",
        "origine": "moisson",
        "statut": "publie",
    }


def _wide(body: Record, number: int, portals: list[Record]) -> Record:
    """An organisation and its publication on one line, every address and date filled."""
    site = portals[number % len(portals)]["url"]
    page = f"https://www.data.gouv.fr/fr/organizations/{number:024x}/"
    return {
        **_publication(body, 2 * number + 1, portals),
        **_organisation(body, number),
        "nb_reutilisations": str(number % 7),
        "url_reutilisations": f"{site}/reutilisations/{number}",
        "url_datagouv": page,
        "nb_jeux_datagouv": str(number % 90),
        "premiere_publication": f"{2012 + number % 12}-{number % 12 + 1:02}-{number % 28 + 1:02}",
    }
