"""`observatoire contribution`: give back the true edits of contributions made with Datami."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.contribution.branch import Visit
    from observatoire.contribution.desk import Case, Desk
    from observatoire.propose.bot import Bot

HELP = "reprendre les contributions faites avec Datami : leurs vraies corrections, rien d'autre"
EPILOG = """\
Datami renvoie le fichier entier, réécrit à sa façon, parfois à partir d'une page ouverte depuis
longtemps. La commande lit la branche du visiteur (sans rien en exécuter), retrouve la version dont
il est parti, garde ses corrections et propose une demande de fusion propre, au titre en français.
La demande de Datami reçoit une réponse, puis est fermée quand la propre dit tout.
Sans jeton, la forge est locale (.observatoire/forge) : voir « observatoire requests ».

Exemples :
  observatoire contribution                       toutes les branches de Datami
  observatoire contribution --a-blanc             montre les titres, les textes, les lignes
  observatoire contribution --branche datami-2026-11-23-organisations-csv-e8d0..."""


MOST = 200
"""Branches read in one go, the oldest first: more are a flood, that a person must stop."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--branche", metavar="NOM", help="seulement cette branche (par défaut : toutes)"
    )
    parser.add_argument(
        "--base",
        metavar="REF",
        help="la branche ou l'étiquette que la page lisait (par défaut : main ou publie, selon"
        " celle dont part la branche)",
    )
    parser.add_argument(
        "--menage",
        action="store_true",
        help="supprimer les branches de Datami où il ne reste rien à reprendre, après une semaine",
    )
    parser.add_argument(
        "--a-blanc", action="store_true", help="montrer ce qui serait proposé, sans rien écrire"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Read each branch, then show or propose what it holds; 1 when a person must answer."""
    from observatoire.contribution import desk
    from observatoire.contribution.branch import recognise
    from observatoire.git import Repo
    from observatoire.propose import forges
    from observatoire.propose.bot import Bot
    from observatoire.register import find_root
    from observatoire.relecture.quarantine import Leashed

    named = recognise(args.branche) if args.branche else None
    if args.branche and named is None:
        screen.error(f"« {args.branche[:120]} » n'est pas une branche créée par Datami.")
        return 2
    root = find_root(args.depot or Path.cwd())
    forge = forges.connect(root, os.environ)
    repo = Repo(root, forge.variables)
    bot = Bot(repo, forge, forge.base(repo), date.today().isoformat())
    if not args.a_blanc:
        forge.prepare(repo)
    visits = [named] if named else desk.waiting(repo, forge.remote)
    if not visits:
        screen.say("Aucune contribution : il n'y a pas de branche créée par Datami.")
    if len(visits) > MOST:
        screen.error(
            f"{len(visits)} branches de Datami : seules les {MOST} plus anciennes sont lues."
            " Si c'est un envoi en masse, révoquez le jeton de Datami (docs/securite.md)."
        )
    # Anybody may push such a branch, with Datami's public token: Git reads it on a leash.
    reading = desk.Desk(Leashed(root, repo.variables), bot.base, bot.date, _aims(bot, args.base))
    return max((_one(reading, v, bot, args, screen) for v in visits[:MOST]), default=0)


def _aims(bot: Bot, asked: str | None) -> tuple[str, ...]:
    """The commits that a visitor's page may have been reading."""
    from observatoire.publish.history import BRANCH

    if asked and asked != bot.forge.target:
        return (_commit(bot, asked),)
    released = None if asked else _find(bot, BRANCH)
    return (bot.base, released) if released else (bot.base,)


def _find(bot: Bot, name: str) -> str | None:
    from observatoire.contribution.desk import find
    from observatoire.relecture.quarantine import Leashed

    return find(Leashed(bot.repo.path, bot.repo.variables), bot.forge.remote, name)


def _commit(bot: Bot, name: str) -> str:
    """The commit of a branch or tag, from the forge when this clone does not have it."""
    from observatoire.model import Breakdown

    found = _find(bot, name)
    if found is None:
        raise Breakdown(f"« {name[:120]} » n'existe ni ici ni sur la {bot.forge.title}.")
    return found


def _one(desk: Desk, visit: Visit, bot: Bot, args: argparse.Namespace, screen: Screen) -> int:
    """One contribution; what is wrong with it stops no other."""
    from observatoire.model import Malformed

    screen.say(f"{visit.branch} :")
    try:
        case = _read(desk, visit, _commit(bot, visit.branch))
    except Malformed as refusal:
        for finding in refusal.findings:
            screen.error(finding.sentence())
        return 1
    if args.a_blanc:
        _show(bot, case, screen)
    else:
        _give(bot, case, args.menage, screen)
    return 1 if case.answer.contribution.asks else 0


def _read(desk: Desk, visit: Visit, tip: str) -> Case:
    """The contribution; once its commits are here, only they can make git fail."""
    from observatoire.git import GitError
    from observatoire.relecture.quarantine import unbearable

    try:
        return desk.read(visit, tip)
    except GitError:
        raise unbearable() from None


def _show(bot: Bot, case: Case, screen: Screen) -> None:
    """Print what would be proposed; nothing is written, not even a Git object."""
    answer = case.answer
    screen.say(f"Titre : {answer.title}\n\n{answer.body}")
    wish = answer.proposal(case.current)
    if wish is None:
        screen.say("Rien à proposer.")
        return
    screen.say(f"Branche : {wish.branch}\n")
    with bot.repo.quarantine() as apart:
        screen.say(apart.diff(bot.base, apart.write_tree(bot.base, wish.changes)))
    screen.say("À blanc : rien n'a été écrit.")


def _give(bot: Bot, case: Case, menage: bool, screen: Screen) -> None:
    """Propose the tidy file, answer the visitor, say what was done."""
    from observatoire.contribution.reply import Reply

    reply = Reply(bot)
    outcome = reply.give(case)
    screen.say(f"{case.answer.title}\n{outcome.sentence}")
    for finding in case.answer.contribution.findings:
        screen.say(f"- {finding.sentence()}")
    if menage and reply.clean(case):
        screen.say("Branche supprimée : il n'y restait rien à reprendre.")
