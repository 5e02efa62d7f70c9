"""`observatoire package`: rewrite datapackage.json from the tables and schemas."""

from __future__ import annotations

import argparse
from pathlib import Path

from observatoire.screen import Screen

HELP = "réécrire datapackage.json d'après les tables et les schémas"
EPILOG = """\
Exemples :
  observatoire package            réécrit datapackage.json
  observatoire package --check    dit seulement s'il est à jour (code 1 sinon)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--check", action="store_true", help="vérifier sans rien écrire")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Write the description, or say that it is out of date."""
    from observatoire import files, package
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    folder = files.Folder(root)
    changes = {package.PATH: package.describe(Register(folder))}
    if not files.differing(folder, changes):
        screen.say("datapackage.json est à jour.")
        return 0
    if args.check:
        screen.error("datapackage.json n'est plus à jour : lancez « observatoire package ».")
        return 1
    files.write(root, changes)
    screen.say("datapackage.json est réécrit.")
    return 0
