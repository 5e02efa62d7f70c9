"""`observatoire reconcile`: what the harvest of the working tree would change in the register."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import dated
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.plan import Plan
    from observatoire.register import Register

HELP = "rapprocher la moisson et le registre : qui est qui, ce qui a changé (n'écrit rien)"
EPILOG = """\
La moisson du dossier (data/moissons/) est comparée à celle du dernier commit, puis au registre :
une cellule qu'une personne a changée n'est jamais écrasée, elle devient une question.

Exemples :
  observatoire reconcile                      toutes les sources moissonnées
  observatoire reconcile --source datagouv
  observatoire reconcile --json > plan.json   le plan entier, pour un programme"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--source", action="append", default=[], metavar="NOM", help="seulement cette source"
    )
    parser.add_argument("--json", action="store_true", help="écrire le plan entier en JSON")
    dated(parser)


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Print the plan of each source; nothing is written."""
    from observatoire.files import Folder
    from observatoire.reconcile.report import lines
    from observatoire.register import Register, find_root

    gc.disable()  # millions of cells and no cycle: looking for some takes a fifth of the time
    root = find_root(args.depot or Path.cwd())
    register = Register(Folder(root))
    sources = _harvested(register.names())
    unknown = [s for s in args.source if s not in sources]
    if unknown:
        names = ", ".join(unknown)
        screen.error(f"aucune moisson de cette source : {names}. Lancez « observatoire harvest ».")
        return 2
    if not sources:
        screen.say("Aucune moisson à rapprocher : lancez d'abord « observatoire harvest ».")
        return 0
    plans = _plans(register, root, args.source or sources, args.date or date.today())
    if args.json:
        screen.say(_json(plans))
    else:
        for found in plans:
            for line in lines(found):
                screen.say(line)
    return 0


def _plans(register: Register, root: Path, sources: Sequence[str], today: date) -> list[Plan]:
    """What the harvest in the folder changes, since that of the last commit."""
    from observatoire import git
    from observatoire.reconcile import plan
    from observatoire.reference.lookup import load
    from observatoire.register import Register

    committed = Register(git.Tree(git.Repo(root), "HEAD"))
    reference = load(register)
    return [
        plan(
            source,
            committed.table(f"moissons/{source}"),
            register.table(f"moissons/{source}"),
            register,
            reference,
            today.isoformat(),
        )
        for source in sources
    ]


def _harvested(tables: Sequence[str]) -> list[str]:
    """The sources that have a harvest, among the register's tables."""
    names = (t.removeprefix("moissons/") for t in tables if t.startswith("moissons/"))
    return [n for n in names if n != "journal"]


def _json(plans: Sequence[Plan]) -> str:
    import json
    from dataclasses import asdict

    return json.dumps([asdict(p) for p in plans], ensure_ascii=False, indent=2)
