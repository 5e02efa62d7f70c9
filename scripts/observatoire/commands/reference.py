"""The command `observatoire reference`: rebuild the reference of communes, EPCI, départements."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire import arguments
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.files import Changes
    from observatoire.reference.source import Division
    from observatoire.register import Register

HELP = "produire la référence des communes, EPCI, départements et régions d'un millésime"
EPILOG = """\
Exemples :
  observatoire reference --decoupage paquet/ --millesime 2026 --a-blanc
      montre ce qui changerait, sans rien écrire
  observatoire reference --decoupage paquet/ --millesime 2022 --ept ept.json
      le paquet de 2022 ne donne pas les établissements publics territoriaux :
      on les prend dans le fichier ept.json d'un autre millésime
  observatoire reference --geo-api --millesime 2027
      lit geo.api.gouv.fr (sans les établissements publics territoriaux : --ept)

Le paquet est @etalab/decoupage-administratif, décompressé. Les SIREN des départements et
des régions viennent de data/reference/identifiants.csv, tenu à la main."""

GEO_API = "https://geo.api.gouv.fr"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The source, the vintage, and the safeties."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--decoupage", type=Path, metavar="DOSSIER", help="le paquet décompressé à lire"
    )
    source.add_argument(
        "--geo-api",
        nargs="?",
        const=GEO_API,
        type=arguments.web,
        metavar="URL",
        help=f"l'API de découpage à lire (par défaut : {GEO_API})",
    )
    parser.add_argument(
        "--millesime",
        required=True,
        type=_year,
        metavar="ANNÉE",
        help="l'année de la référence, par exemple 2026",
    )
    parser.add_argument(
        "--ept",
        type=Path,
        metavar="FICHIER",
        help="un fichier ept.json, quand la source ne donne pas les EPT",
    )
    parser.add_argument(
        "--force", action="store_true", help="écrire même si la source semble incomplète"
    )
    parser.add_argument(
        "--a-blanc",
        "--dry-run",
        dest="dry_run",
        action="store_true",
        help="montrer les nombres et les différences, sans rien écrire",
    )


def _year(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == len("2026")):
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une année, comme 2026")
    return text


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Read, check, compare, write."""
    from observatoire.files import Folder, write
    from observatoire.reference import guards
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    register = Register(Folder(root))
    division = _division(args)
    errors = guards.errors(division)
    refusals = [] if args.force else guards.refusals(division)
    if errors or refusals:
        screen.error(f"source refusée, rien n'est écrit : {' ; '.join(errors + refusals)}.")
        if not errors:
            screen.error("Vérifiez-la ; si elle est juste, recommencez avec --force.")
        return 2
    changes = _changes(register, division, args.millesime)
    for line in _report(register, changes):
        screen.say(line)
    for doubt in guards.doubts(division):
        screen.say(f"à vérifier : {doubt}.")
    if args.dry_run:
        screen.say("À blanc : rien n'a été écrit.")
        return 0
    written = write(root, changes)
    if written:
        screen.say(f"Écrit : {', '.join(written)}.")
        screen.say("Ensuite : « observatoire package », puis « observatoire validate ».")
    else:
        screen.say("Tout était déjà à jour.")
    return 0


def _division(args: argparse.Namespace) -> Division:
    from observatoire.reference import decoupage

    division = decoupage.read(args.decoupage) if args.decoupage else _ask(args.geo_api)
    if args.ept:
        others = [g for g in division.groupements if g.type != "EPT"]
        division = division.with_only(others + decoupage.read_ept(args.ept))
    return division


def _ask(base: str) -> Division:
    import asyncio

    from observatoire.reference import geoapi
    from observatoire.web import Web

    async def ask() -> geoapi.Answers:
        # The address is the maintainer's own choice: a local copy of the API is allowed.
        async with Web(allowed=[base]) as web:
            return await geoapi.fetch(web, base)

    return geoapi.division(asyncio.run(ask()))


def _changes(register: Register, division: Division, vintage: str) -> Changes:
    from observatoire.reference.build import tables
    from observatoire.reference.source import Identity
    from observatoire.register import path_of
    from observatoire.table import from_records

    identities = {
        (r["niveau"], r["code"]): Identity(r["siren"], r["nom"], r["sigle"], r["remarque"])
        for r in register.table("reference/identifiants").records()
    }
    out: dict[str, bytes | None] = {}
    for short, rows in tables(division, identities).items():
        name = f"reference/{vintage}/{short}"
        out[path_of(name)] = register.bytes_of(
            name, from_records(register.schema(name).columns, rows)
        )
    return out


def _report(register: Register, changes: Changes) -> list[str]:
    """One line per table: how many rows, and what moves."""
    lines = []
    for path, content in changes.items():
        new = set((content or b"").splitlines()[1:])
        old = set((register.files.read(path) or b"").splitlines()[1:])
        lines.append(
            f"{path} : lignes {len(new)}, nouvelles ou modifiées {len(new - old)},"
            f" retirées ou modifiées {len(old - new)}"
        )
    return lines
