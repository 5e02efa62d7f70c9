"""`observatoire dashboard`: the bot's one issue, that says where things stand."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from observatoire.arguments import dated
from observatoire.screen import Screen

HELP = "tenir à jour le tableau de bord : sources, demandes, attentes, refus, pannes"
EPILOG = """\
Le tableau de bord est un ticket de la forge, réécrit sur place quand la situation change ; sur la
forge locale, une page (.observatoire/forge/tableau-de-bord.md). Un ticket que vous fermez n'est
plus touché.

Exemples :
  observatoire dashboard
  observatoire dashboard --a-blanc     montrer le texte, sans rien écrire"""

SAID = {
    "ouvert": "Tableau de bord ouvert.",
    "actualise": "Tableau de bord mis à jour.",
    "inchange": "Tableau de bord inchangé : la situation est la même.",
    "laisse": "Le tableau de bord est fermé : il reste comme il est. Rouvrez-le pour le reprendre.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    dated(parser)
    parser.add_argument("--a-blanc", action="store_true", help="montrer le texte, sans rien écrire")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Write the dashboard where it changed, say where it is."""
    from observatoire import sources
    from observatoire.propose import dashboard, situation
    from observatoire.propose import round as rounds
    from observatoire.propose.forges.board import board_of
    from observatoire.register import find_root

    root = find_root(args.depot or Path.cwd())
    today = (args.date or date.today()).isoformat()
    current = rounds.start(root, os.environ, today)
    readers = {t: name for name, c in sources.discover().items() for t in c.SOURCE.technos}
    body = dashboard.write(situation.look(current, readers))
    board = board_of(current.forge)
    if args.a_blanc or board is None:
        screen.say(body)
        if board is None:
            screen.say(f"{current.forge.title} : ce jeton n'écrit pas de tickets, rien n'est noté.")
        return 0
    posted = dashboard.post(board, body)
    screen.say(SAID[posted.action])
    screen.say(f"  {posted.issue.place}")
    return 0
