"""`observatoire package`: rewrite datapackage.json and docs/schemas.md from tables and schemas."""

from __future__ import annotations

import argparse
from pathlib import Path

from observatoire.screen import Screen

HELP = "réécrire datapackage.json et docs/schemas.md d'après les tables et les schémas"
EPILOG = """\
Exemples :
  observatoire package            réécrit datapackage.json et docs/schemas.md
  observatoire package --check    dit seulement s'ils sont à jour (code 1 sinon)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--check", action="store_true", help="vérifier sans rien écrire")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Write the description, or say that it is out of date."""
    import json

    from observatoire import files, package, schemas_page
    from observatoire.register import Register, find_root
    from observatoire.site import dictionary

    root = find_root(args.depot or Path.cwd())
    folder = files.Folder(root)
    described = package.describe(Register(folder))
    documents = dictionary.documents(folder, json.loads(described)["resources"])
    changes = {package.PATH: described, schemas_page.PATH: schemas_page.render(documents).encode()}
    stale = sorted(files.differing(folder, changes))
    if not stale:
        screen.say("datapackage.json est à jour.")
        return 0
    if args.check:
        for path in stale:
            screen.error(f"{path} n'est plus à jour : lancez « observatoire package ».")
        return 1
    for path in files.write(root, changes):
        screen.say(f"{path} est réécrit.")
    return 0
