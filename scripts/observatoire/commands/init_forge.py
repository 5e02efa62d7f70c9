"""`observatoire init-forge`: prepare a project on a forge; nothing is written unless asked."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.setup.model import Step, Workshop

HELP = "préparer le projet de la forge : étiquettes, protections, réglages, pipelines programmés"
EPILOG = """\
Sans option, la commande montre ce qui manque et n'écrit rien. Elle ne supprime rien, ne change pas
ce qu'une personne a choisi (couleur d'une étiquette, heure d'un pipeline), ne garde ni n'affiche
aucun secret. Coupée n'importe où, elle se relance. Le jeton est celui d'un responsable du projet,
ou mieux du robot : les pipelines programmés tournent avec les droits de qui les a créés.

Exemples :
  observatoire init-forge                                    ce qui serait fait
  observatoire init-forge --appliquer                        le faire
  OBSERVATOIRE_JETON=… CI_SERVER_URL=https://gitlab.com CI_PROJECT_PATH=odf/registre \\
    observatoire init-forge                                  hors d'un pipeline"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--appliquer", action="store_true", help="faire ce qui manque")
    parser.add_argument(
        "--tout", action="store_true", help="montrer aussi ce qui est déjà en place"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Show or take the steps; 1 when something is left for a person or was refused."""
    from observatoire.propose import forges
    from observatoire.register import find_root
    from observatoire.setup import compare, words
    from observatoire.setup.gitlab_wanted import wanted
    from observatoire.setup.shops import workshop_of

    root = find_root(args.depot or Path.cwd())
    shop = workshop_of(forges.connect(root, os.environ))
    if shop is None:
        for line in words.listing(wanted("groupe/projet")):
            screen.say(line)
        screen.say("Aucun jeton qui ouvre une forge : voici ce qu'un projet recevrait (--help).")
        return 2 if args.appliquer else 0
    found = shop.look()
    screen.say(words.who(found, shop.title))
    steps = compare.steps(shop, found)
    for line in words.plan(steps, all_=args.tout):
        screen.say(line)
    if args.appliquer:
        return _apply(steps, shop, screen)
    screen.say(f"{words.summary(steps)} Rien n'a été écrit : « --appliquer » le fait.")
    return 1 if any(s.verb != "laisser" for s in steps) else 0


def _apply(steps: list[Step], shop: Workshop, screen: Screen) -> int:
    """Take the steps, say what was done and what remains."""
    from observatoire.french import counted
    from observatoire.setup.apply import WRITES, take

    done, failed = 0, 0
    for taken in take(steps, shop):
        if taken.error:
            failed += 1
            screen.error(f"  refusé : {taken.step.said} : {taken.error}")
        else:
            done += 1
            screen.say(f"  fait : {taken.step.said}")
    left = sum(s.verb in WRITES for s in steps) - done
    hand = [s for s in steps if s.verb == "main"]
    said = counted(done, "changement") + (" faits." if done > 1 else " fait.")
    screen.say(said if done else "Rien à changer.")
    if left:
        screen.say(f"Il en reste {left} : relancez la même commande, elle reprendra là.")
    if hand:
        screen.say(f"À faire par une personne : {len(hand)}, dites plus haut.")
    return 1 if failed or left or hand else 0
