"""`observatoire package`: rewrite what describes the tables, from them and from their schemas."""

from __future__ import annotations

import argparse
from pathlib import Path

from observatoire.arguments import place
from observatoire.screen import Screen

HELP = "réécrire datapackage.json, docs/schemas.md et CITATION.cff d'après tables et schémas"
EPILOG = """\
L'adresse publique du dépôt ne s'écrit qu'ici : datapackage.json la garde (« repository »), et le
site, les réglages de Datami et CITATION.cff la reprennent. Tant que personne ne la donne, elle est
vide.

Exemples :
  observatoire package            réécrit datapackage.json, docs/schemas.md et CITATION.cff
  observatoire package --a-blanc  dit seulement s'ils sont à jour (code 1 sinon)
  observatoire package --adresse https://gitlab.com/groupe/observatoire"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--a-blanc",
        "--check",
        dest="check",
        action="store_true",
        help="dire si tout est à jour, sans rien écrire",
    )
    parser.add_argument(
        "--adresse", type=place, metavar="ADRESSE", help="l'adresse publique du dépôt"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Write the description, or say that it is out of date."""
    import json

    from observatoire import files, package, schemas_page
    from observatoire.publish.exports import citation
    from observatoire.register import Register, find_root
    from observatoire.site import dictionary

    root = find_root(args.depot or Path.cwd())
    folder = files.Folder(root)
    described = package.describe(Register(folder), args.adresse)
    content = json.loads(described)
    documents = dictionary.documents(folder, content["resources"])
    changes = {
        package.PATH: described,
        schemas_page.PATH: schemas_page.render(documents).encode(),
        citation.NAME: citation.text(content),
    }
    stale = sorted(files.differing(folder, changes))
    if not stale:
        screen.say(f"{', '.join(sorted(changes))} : à jour.")
        return 0
    if args.check:
        for path in stale:
            screen.error(f"{path} n'est plus à jour : lancez « observatoire package ».")
        return 1
    for path in files.write(root, changes):
        screen.say(f"{path} est réécrit.")
    return 0
