"""`observatoire detect`: which software answers at an address; which platforms moved."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import based, known
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.detection import Verdict
    from observatoire.model import Row
    from observatoire.register import Register
    from observatoire.schema import Schema

HELP = "reconnaître le logiciel d'un portail, ou vérifier ceux du registre"
EPILOG = """\
Pour chaque adresse : la technologie, la base de l'API, la preuve, et la ligne à ajouter à
data/plateformes.csv (à relire : la détection ne connaît ni le porteur ni la gouvernance).

Exemples :
  observatoire detect https://data.rennesmetropole.fr
  observatoire detect --plateformes --vers rapport/detection.csv
                                     toutes les plateformes : lesquelles ont changé ?
  observatoire detect --plateforme rennes-metropole"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("adresse", nargs="*", metavar="ADRESSE", help="adresse d'un portail")
    parser.add_argument(
        "--plateformes", action="store_true", help="vérifier toutes les plateformes du registre"
    )
    parser.add_argument(
        "--plateforme",
        action="append",
        default=[],
        metavar="ID",
        help="vérifier cette plateforme du registre",
    )
    based(parser)
    parser.add_argument(
        "--vers", type=Path, metavar="FICHIER", help="écrire le détail dans ce tableau CSV"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Ask, and tell."""
    from observatoire.files import Folder
    from observatoire.register import Register, find_root

    register = Register(Folder(find_root(args.depot or Path.cwd())))
    if args.plateformes or args.plateforme:
        return _check(register, args, screen)
    if not args.adresse:
        screen.error("donnez une adresse, ou --plateformes pour vérifier celles du registre.")
        return 2
    return _recognise(register, args, screen)


def _recognise(register: Register, args: argparse.Namespace, screen: Screen) -> int:
    from observatoire.detection.known import place, places
    from observatoire.detection.survey import survey
    from observatoire.publish.labels import labels

    # The operator names these addresses: they may be private (a simulated portal).
    verdicts = survey(args.adresse, allowed=args.adresse)
    schema = register.schema("plateformes")
    sites = places(register.table("plateformes").records())
    taken = {p["id"] for p in register.table("plateformes").records()}
    for verdict in verdicts:
        screen.say(verdict.url)
        if verdict.cause:
            screen.error(f"  {verdict.cause}")
            continue
        _tell(verdict, labels(schema, "techno"), screen)
        here = sites.get(place(verdict.final)) or sites.get(place(verdict.url))
        if here:
            screen.say(f"  déjà au registre : {here}")
        else:
            _propose(verdict, schema, taken, screen)
    return 0 if all(v.techno for v in verdicts) else 1


def _tell(verdict: Verdict, words: Mapping[str, str], screen: Screen) -> None:
    if verdict.final not in {verdict.url, f"{verdict.url}/"}:
        screen.say(f"  mène à      : {verdict.final}")
    screen.say(f"  technologie : {words.get(verdict.techno, verdict.techno) or 'non reconnue'}")
    if verdict.techno:
        screen.say(f"  API         : {verdict.base}")
        screen.say(f"  preuve      : {verdict.proof}")


def _propose(verdict: Verdict, schema: Schema, taken: set[str], screen: Screen) -> None:
    from observatoire.detection.entry import entry
    from observatoire.table import from_records, line

    row = entry(verdict, schema, taken)
    taken.add(row["id"])
    [cells] = from_records(schema.columns, [row]).rows
    screen.say("  ligne à ajouter à data/plateformes.csv, après relecture :")
    screen.say(f"  {line(cells)}")


def _check(register: Register, args: argparse.Namespace, screen: Screen) -> int:
    from observatoire.detection.compare import remarks
    from observatoire.detection.survey import survey
    from observatoire.french import counted
    from observatoire.publish.labels import labels

    bases = dict(args.base)
    platforms = _platforms(register, args)
    ids = [p["id"] for p in register.table("plateformes").records()]
    if not known(screen, "plateforme", [*args.plateforme, *bases], ids):
        return 2
    urls = [bases.get(p["id"]) or p["url"] for p in platforms]
    with screen.bar("Plateformes", len(urls)) as bar:
        verdicts = survey(urls, allowed=bases.values(), tick=bar.advance)
    words = labels(register.schema("plateformes"), "techno")
    found = [
        (p, v, list(remarks({**p, "url": u}, v, words)))
        for p, u, v in zip(platforms, urls, verdicts, strict=True)
    ]
    if args.vers:
        _write(args.vers, found)
    for platform, _, said in found:
        for remark in said:
            screen.say(f"{platform['id']} : {remark}")
    changed = sum(bool(said) for _, _, said in found)
    screen.say(f"{counted(len(found), 'plateforme vérifiée')}, {changed} à revoir.")
    return 1 if changed else 0


def _platforms(register: Register, args: argparse.Namespace) -> list[Row]:
    """The platforms to check: those named, or all that have an address."""
    return [
        p
        for p in register.table("plateformes").records()
        if p["id"] in args.plateforme or (args.plateformes and p["url"])
    ]


def _write(path: Path, found: list[tuple[Row, Verdict, list[str]]]) -> None:
    from observatoire import files
    from observatoire.detection import sheet

    files.write(path.parent, {path.name: sheet.seen(found)})
