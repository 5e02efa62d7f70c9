"""`observatoire methodology`: write the page that says how the Observatory works."""

from __future__ import annotations

import argparse
from pathlib import Path

from observatoire.screen import Screen

HELP = "écrire la page de la méthode, docs/methodologie.md"
EPILOG = """\
Le texte est dans scripts/observatoire/methodology/prose.py ; ses tableaux viennent du registre et
du code. Le site en fait sa page « Méthodologie ».

Exemples :
  observatoire methodology              écrire docs/methodologie.md
  observatoire methodology --a-blanc    dire si la page est à jour, sans l'écrire (code 1 sinon)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--a-blanc", action="store_true", help="dire seulement si elle est à jour")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Write the page when it changed."""
    from observatoire.files import Folder, write
    from observatoire.methodology import page
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    folder = Folder(root)
    content = page.documentation(Register(folder)).encode()
    if args.a_blanc:
        fresh = folder.read(page.PATH) == content
        again = "à jour" if fresh else "à refaire : observatoire methodology"
        screen.say(f"{page.PATH} : {again}.")
        return 0 if fresh else 1
    done = write(root, {page.PATH: content})
    screen.say(f"{page.PATH} : {'mis à jour' if done else 'déjà à jour'}.")
    return 0
