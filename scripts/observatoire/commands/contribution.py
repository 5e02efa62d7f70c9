"""`observatoire contribution`: give back the true edits of a contribution made with Datami."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.contribution.desk import Case
    from observatoire.git import Repo
    from observatoire.propose.bot import Bot
    from observatoire.propose.forges import Forge

HELP = "reprendre une contribution faite avec Datami : ses vraies corrections, et rien d'autre"
EPILOG = """\
Datami renvoie le fichier entier, réécrit à sa façon, parfois à partir d'une page ouverte depuis
longtemps. La commande lit la branche du visiteur (sans rien en exécuter), retrouve la version dont
il est parti, garde ses corrections et propose une demande de fusion propre, au titre en français.
Sans jeton, la forge est locale (.observatoire/forge) : voir « observatoire requests ».

Exemples :
  observatoire contribution --branche datami-2026-11-23-organisations-csv-e8d0... --a-blanc
  observatoire contribution --branche datami-2026-11-23-organisations-csv-e8d0... --base v1.2.0"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--branche", required=True, metavar="NOM", help="la branche que Datami a créée"
    )
    parser.add_argument(
        "--base",
        default="main",
        metavar="REF",
        help="la branche ou l'étiquette que la page lisait (par défaut : main)",
    )
    parser.add_argument(
        "--a-blanc", action="store_true", help="montrer ce qui serait proposé, sans rien écrire"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Read the branch, then show or propose what it holds; 1 when a person must answer."""
    from observatoire.contribution.branch import recognise
    from observatoire.contribution.desk import Desk
    from observatoire.git import Repo
    from observatoire.propose import forges
    from observatoire.propose.bot import Bot
    from observatoire.register import find_root

    visit = recognise(args.branche)
    if visit is None:
        screen.error(f"« {args.branche[:120]} » n'est pas une branche créée par Datami.")
        return 2
    root = find_root(args.depot or Path.cwd())
    repo, forge = Repo(root), forges.connect(root, os.environ)
    today = date.today().isoformat()
    base = forge.base(repo)
    if not args.a_blanc:
        forge.prepare(repo)
    tip = _commit(repo, forge, visit.branch)
    aim = base if args.base == forge.target else _commit(repo, forge, args.base)
    case = Desk(repo, base, today).read(visit, tip, aim)
    if args.a_blanc:
        _show(repo, base, case, screen)
    else:
        _give(Bot(repo, forge, base, today), case, screen)
    return 1 if case.answer.contribution.asks else 0


def _commit(repo: Repo, forge: Forge, name: str) -> str:
    """The commit of a branch or tag, from the forge when this clone does not have it."""
    from observatoire.contribution.desk import find
    from observatoire.model import Breakdown

    found = find(repo, forge.remote, name)
    if found is None:
        raise Breakdown(f"« {name[:120]} » n'existe ni ici ni sur la {forge.title}.")
    return found


def _show(repo: Repo, base: str, case: Case, screen: Screen) -> None:
    """Print what would be proposed; nothing is written, not even a Git object."""
    answer = case.answer
    screen.say(f"Titre : {answer.title}\n\n{answer.body}")
    wish = answer.proposal(case.current)
    if wish is None:
        screen.say("Rien à proposer.")
        return
    screen.say(f"Branche : {wish.branch}\n")
    with repo.quarantine() as apart:
        screen.say(apart.diff(base, apart.write_tree(base, wish.changes)))
    screen.say("À blanc : rien n'a été écrit.")


def _give(bot: Bot, case: Case, screen: Screen) -> None:
    """Propose the tidy file, answer the visitor, say what was done."""
    from observatoire.contribution.reply import Reply

    outcome = Reply(bot).give(case)
    screen.say(f"{case.answer.title}\n{outcome.sentence}")
    for finding in case.answer.contribution.findings:
        screen.say(f"- {finding.sentence()}")
