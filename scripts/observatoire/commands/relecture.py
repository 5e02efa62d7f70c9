"""`observatoire relecture`: validate every open request as data, with the rules of main."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import dated, whole
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.git import Repo
    from observatoire.propose.forges import Forge
    from observatoire.propose.forges.reviewer import Reviewer, Submission
    from observatoire.relecture.desk import Desk
    from observatoire.relecture.verdict import Verdict

HELP = "vérifier les demandes ouvertes, copies (forks) comprises, sans rien en exécuter"
EPILOG = """\
La commande lit les fichiers de chaque demande dans Git, sans les poser sur le disque, et les
vérifie avec le programme, les schémas et le référentiel de la branche main. Elle écrit une note
dans la demande (toujours la même, réécrite quand le verdict change) et un contrôle à côté de son
dernier commit. Les branches de Datami ont leur propre commande : « observatoire contribution ».
Sans jeton, la forge est locale (.observatoire/forge).

Exemples :
  observatoire relecture                  toutes les demandes ouvertes
  observatoire relecture --a-blanc        montrer les notes, sans rien écrire
  observatoire relecture --demande 12"""


MOST = 200
"""Requests read in one go, the oldest first: more are a flood, that a person must stop."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--demande", type=whole, action="append", default=[], metavar="N", help="seulement celle-ci"
    )
    dated(parser)
    parser.add_argument(
        "--a-blanc", action="store_true", help="montrer ce qui serait dit, sans rien écrire"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Read each request, say what was found; 1 when something is to be corrected."""
    from observatoire.git import Repo
    from observatoire.propose import forges
    from observatoire.propose.forges.reviewer import reviewer_of
    from observatoire.register import find_root

    root = find_root(args.depot or Path.cwd())
    repo, forge = Repo(root), forges.connect(root, os.environ)
    reviewer = reviewer_of(forge)
    if reviewer is None:
        screen.error(f"{forge.title} : ce jeton n'écrit pas de notes, rien n'est relu.")
        return 2
    chosen = _chosen(reviewer, args.demande, screen)
    if chosen is None:
        return 2
    if not chosen:
        screen.say("Aucune demande à relire.")
        return 0
    if len(chosen) > MOST:
        screen.error(
            f"{len(chosen)} demandes ouvertes : seules les {MOST} plus anciennes sont relues."
            " Si c'est un envoi en masse, fermez-les et révoquez le jeton qui les ouvre"
            " (docs/securite.md)."
        )
    desk = _desk(repo, forge, args.date or datetime.now(UTC).date())
    writer = None if args.a_blanc else reviewer
    return max(_one(desk, request, writer, screen) for request in chosen[:MOST])


def _chosen(reviewer: Reviewer, asked: list[int], screen: Screen) -> list[Submission] | None:
    """The open requests to read; None when one that was asked for is not open."""
    from observatoire.contribution.branch import recognise

    found = reviewer.waiting()
    missing = sorted(set(asked) - {r.number for r in found})
    for number in missing:
        screen.error(f"la demande {number} n'est pas ouverte.")
    if missing:
        return None
    return [
        r
        for r in found
        if r.number in asked or (not asked and (r.foreign or not recognise(r.branch)))
    ]


def _desk(repo: Repo, forge: Forge, today: date) -> Desk:
    from observatoire.git import Repo
    from observatoire.relecture.desk import Desk
    from observatoire.relecture.trial import Main

    base = forge.base(Repo(repo.path, forge.variables))
    return Desk(repo, forge, Main(repo, base), base, today)


def _one(desk: Desk, request: Submission, reviewer: Reviewer | None, screen: Screen) -> int:
    """One request; what goes wrong with it stops no other."""
    from observatoire.model import Breakdown
    from observatoire.relecture import desk as desks

    name = f"Demande {desk.forge.mark}{request.number}"
    try:
        verdict = desk.read(request)
        if verdict is None:
            screen.say(f"{name} : ses commits ne sont plus là, rien à relire.")
            return 0
        screen.say(f"{name} : {verdict.line}.")
        _refusals(verdict, screen)
        if reviewer is None:
            screen.say(f"\n{verdict.note}\n\nÀ blanc : rien n'a été écrit.")
        elif desks.tell(desk.forge, reviewer, request, verdict):
            screen.say(f"  Dit dans la demande : {request.place}")
    except Breakdown as problem:
        screen.error(f"{name} : {problem}")
        return 2
    return 1 if verdict.errors else 0


def _refusals(verdict: Verdict, screen: Screen) -> None:
    from observatoire.words import quote

    for finding in verdict.refused:
        place = f"{quote(finding.file)} : " if finding.file else ""
        screen.say(f"  {place}{finding.message}")
