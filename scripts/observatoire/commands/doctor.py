"""`observatoire doctor`: what is missing here and on the forge, in words, and what to do."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from observatoire.arguments import dated
from observatoire.screen import Screen

HELP = "vérifier que tout est en place, ici et sur la forge, et dire ce qui manque"
EPILOG = """\
Sans jeton, la commande regarde ce dossier : identité Git, schémas, registre, moissons, verrous,
bibliothèques, pipeline. Avec un jeton (OBSERVATOIRE_JETON, voir « observatoire propose --help »),
elle regarde aussi le projet : étiquettes, protections, réglages, pipelines programmés et leur
propriétaire, variables, droits et fin du jeton, derniers pipelines, site. Elle n'écrit rien.

Code de sortie : 0 rien à corriger, 1 quelque chose manque, 2 la forge n'a pas pu être vue.

Exemples :
  observatoire doctor
  observatoire doctor --ici                 sans regarder la forge
  observatoire doctor --format json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--format",
        default="terminal",
        choices=("terminal", "json"),
        metavar="FORME",
        help="forme du rapport : terminal (par défaut) ou json",
    )
    parser.add_argument("--ici", action="store_true", help="ne regarder que ce dossier")
    dated(parser)


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Look at everything, say what was seen."""
    from observatoire.doctor import engine, report
    from observatoire.doctor.model import Place
    from observatoire.git import Repo
    from observatoire.propose import forges
    from observatoire.register import find_root
    from observatoire.setup.shops import workshop_of

    root = find_root(args.depot or Path.cwd())
    shop = None if args.ici else workshop_of(forges.connect(root, os.environ))
    today = (args.date or date.today()).isoformat()
    lines = list(engine.examine(Place(root, Repo(root), today, shop)))
    if args.format == "json":
        screen.say(report.as_json(lines))
        return report.status(lines)
    for line in report.terminal(lines):
        screen.say(line)
    if shop is None:
        screen.say("La forge n'a pas été regardée : aucun jeton (observatoire doctor --help).")
    return report.status(lines)
