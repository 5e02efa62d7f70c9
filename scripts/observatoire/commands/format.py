"""`observatoire format`: give back the canonical file of a table, by safe repairs only."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.register import Register
    from observatoire.schema import Schema
    from observatoire.validate.formatting.tidy import Tidied

HELP = "mettre les tables sous leur forme canonique, sans rien perdre"

EPILOG = """\
Exemples :
  observatoire format                          toutes les tables du registre
  observatoire format data/organisations.csv   une seule
  observatoire format --a-blanc                dire ce qui changerait, sans rien écrire

Un fichier enregistré par un tableur est accepté : point-virgule ou tabulation, accents de Windows,
virgule décimale, dates 23/11/2026, ou un classeur XLSX ou ODS, dont la feuille de la table devient
un CSV. Seules les réparations sûres sont faites ; le reste est pour « observatoire validate ».
Code de sortie : 0, ou 1 si un fichier est illisible ou, avec --a-blanc, si quelque chose
changerait."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, and whether to write."""
    parser.add_argument(
        "fichiers", nargs="*", type=Path, metavar="FICHIER", help="les fichiers (par défaut : tous)"
    )
    parser.add_argument(
        "--a-blanc",
        "--check",
        dest="check",
        action="store_true",
        help="dire ce qui changerait, sans rien écrire",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Format each file; the others go on when one cannot be read."""
    from observatoire.files import Folder
    from observatoire.french import counted
    from observatoire.model import Malformed
    from observatoire.register import Register, find_root
    from observatoire.validate.formatting import tidy

    root = find_root(args.depot or Path.cwd())
    register = Register(Folder(root))
    files = args.fichiers or [root / p for p in tidy.paths(register)]
    unreadable = changed = 0
    for path in files:
        data = path.read_bytes()
        try:
            done = tidy.tidy(data, *_described(register, root, path, data))
            if done.changes:
                _put(path, done, root, screen, dry=args.check)
                changed += 1
        except Malformed as problem:
            unreadable += 1
            for finding in problem.findings:
                screen.error(finding.sentence())
    verb = "à mettre en forme" if args.check else "mis en forme"
    total, lost = counted(len(files), "fichier lu"), counted(unreadable, "illisible")
    screen.say(f"{total}, {changed} {verb}, {lost}.")
    return 1 if unreadable or (args.check and changed) else 0


def _put(path: Path, done: Tidied, root: Path, screen: Screen, *, dry: bool) -> None:
    """Write a table, and tell what changes; raises Malformed when another file is in its place."""
    from observatoire.files import write
    from observatoire.model import Finding, Malformed

    target = path.with_suffix(".csv")
    if target != path and target.exists() and root / "data" not in target.absolute().parents:
        message = f"{target} existe déjà : déplacez-le ou renommez {path.name}, et relancez."
        raise Malformed(Finding("fichier-existant", message))
    screen.say(f"{path} :")
    for sentence in done.changes:
        screen.say(f"  - {sentence}")
    if not dry:
        write(target.parent, {target.name: done.content})
        if target != path:
            screen.say(f"  - écrit dans {target}")


def _described(register: Register, root: Path, path: Path, data: bytes) -> tuple[str, Schema]:
    """The name of a file in messages, and the schema of its table."""
    from observatoire.validate.formatting import tidy

    absolute = path.absolute()
    if absolute.is_relative_to(root / "data") and path.suffix == ".csv":
        inside = absolute.relative_to(root).as_posix()
        name = inside.removeprefix("data/").removesuffix(".csv")
        return inside, register.schema(name)
    return path.name, tidy.recognise(register, path.name, data)
