"""`observatoire propose`: turn a new harvest into one merge request per source."""

from __future__ import annotations

import argparse
import gc
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import dated, whole
from observatoire.propose.limits import (
    COUNT_DAYS,
    MAX_LINES,
    MAX_NEW,
    MAX_OPEN,
    MAX_QUESTIONS,
)
from observatoire.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from observatoire.propose.round import Round

    Act = Callable[[Round, str, Screen], int]

HELP = "proposer ce que la moisson change : une demande de fusion par source, tenue à jour"
EPILOG = """\
Le point de départ est la branche main ; la moisson est celle du dossier de travail, qui n'est pas
modifié. Ce que « liveness » et « candidates » ont vu fait aussi chacun sa demande.
Sans jeton, la forge est locale (.observatoire/forge) : voir « observatoire requests ».
Avec un jeton dans l'environnement, elle est en ligne :
  GitLab   OBSERVATOIRE_JETON, ou OBSERVATOIRE_JETON_DEPOT s'il ne peut que pousser ; et, hors
           d'un pipeline, CI_SERVER_URL et CI_PROJECT_PATH
  GitHub   GITHUB_TOKEN et GITHUB_REPOSITORY
Rien n'est écrit quand rien ne change ; une branche modifiée par une personne n'est plus touchée.

Exemples :
  observatoire propose                         toutes les sources moissonnées
  observatoire propose --source datagouv
  observatoire propose --source vivacite       les statuts, après « observatoire liveness »
  observatoire propose --source portails       les portails, après « observatoire candidates »
  observatoire propose --rafraichir            quand une demande vient d'être fusionnée
  observatoire propose --a-blanc               montre la branche, le titre, le texte, les lignes"""

MISSING = {
    False: "aucune moisson de « {} » : lancez « observatoire {} ».",
    True: "aucune demande ouverte de « {} » à rafraîchir.",
}
COMMANDS = {"vivacite": "liveness", "portails": "candidates"}
"""The command that brings what a topic proposes, when it is not a harvest."""

NOTHING = {
    False: "Rien à proposer : aucune moisson. Lancez « observatoire harvest ».",
    True: "Aucune demande ouverte : rien à rafraîchir.",
}

LIMITS = (
    ("max-ouvertes", "N", MAX_OPEN, "demandes du robot ouvertes à la fois"),
    ("max-nouvelles", "N", MAX_NEW, "demandes ouvertes en une fois"),
    ("max-lignes", "N", MAX_LINES, "lignes du registre par demande ; la suite attend"),
    ("max-questions", "N", MAX_QUESTIONS, "réponses à cocher par demande ; la suite attend"),
    ("age-comptes", "JOURS", COUNT_DAYS, "entre deux demandes qui n'ont que des chiffres à jour"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--source", action="append", default=[], metavar="NOM", help="seulement cette source"
    )
    parser.add_argument(
        "--fusion-automatique",
        action="store_true",
        help="fusionner sans relecture ce qui n'est que nombres à jour, contrôles verts",
    )
    parser.add_argument(
        "--rafraichir",
        action="store_true",
        help="sans moisson nouvelle : rebâtir sur main les demandes ouvertes, après une fusion",
    )
    limits = parser.add_argument_group("limites", "pour ne pas noyer qui relit")
    for name, metavar, default, said in LIMITS:
        limits.add_argument(
            f"--{name}",
            type=whole,
            default=default,
            metavar=metavar,
            help=f"{said} (par défaut : {default})",
        )
    dated(parser, "date de la proposition")
    parser.add_argument(
        "--a-blanc", action="store_true", help="montrer ce qui serait proposé, sans rien écrire"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Propose each source, say what was done."""
    from dataclasses import replace

    from observatoire.propose import round as rounds
    from observatoire.propose.limits import Limits
    from observatoire.register import find_root

    gc.disable()  # millions of cells and no cycle: looking for some takes a fifth of the time
    root = find_root(args.depot or Path.cwd())
    today = (args.date or date.today()).isoformat()
    limits = Limits(
        args.max_ouvertes, args.max_nouvelles, args.max_lignes, args.age_comptes, args.max_questions
    )
    started = rounds.start(root, os.environ, today, limits, automerge=args.fusion_automatique)
    current = replace(started, refresh=args.rafraichir)
    sources = current.sources()
    unknown = [s for s in args.source if s not in sources]
    for name in unknown:
        screen.error(MISSING[args.rafraichir].format(name, COMMANDS.get(name, "harvest")))
    if unknown:
        return 2
    if not sources:
        screen.say(NOTHING[args.rafraichir])
        return 0
    if not args.a_blanc:
        current.forge.prepare(current.repo)
    act = _show if args.a_blanc else _propose
    chosen = sorted(set(args.source or sources))
    return max(_each(act, current, source, screen) for source in chosen)


def _each(act: Act, current: Round, source: str, screen: Screen) -> int:
    """Do one source; its trouble does not stop the others."""
    from observatoire.model import Breakdown, Malformed

    try:
        return act(current, source, screen)
    except Malformed as problem:
        for finding in problem.findings:
            screen.error(f"{source} : {finding.sentence()}")
        return 1
    except Breakdown as problem:
        screen.error(f"{source} : {problem}")
        return 2


def _propose(current: Round, source: str, screen: Screen) -> int:
    """Propose one source; 1 when a person must look at it."""
    outcome = current.propose(source)
    screen.say(f"{source} : {outcome.sentence}")
    if outcome.request:
        screen.say(f"  {outcome.request.place}")
    return 1 if outcome.action == "arret" else 0


def _show(current: Round, source: str, screen: Screen) -> int:
    """Print what would be proposed; nothing is written, not even a Git object."""
    from observatoire.propose.bot import HARVESTS

    wish = current.wish(source)
    if wish is None:
        screen.say(f"{source} : rien à proposer.")
        return 0
    if late := current.late(source, wish):
        screen.say(f"{source} : {late}")
    screen.say(f"Branche : {wish.branch}\nTitre : {wish.title}\n\n{wish.body}")
    screen.say(f"Message du commit :\n\n{wish.message}")
    with current.repo.quarantine() as apart:
        tree = apart.write_tree(current.base, wish.changes)
        kept = (f":(exclude){path}" for path in (HARVESTS, "data/vivacite.csv"))
        screen.say(apart.diff(current.base, tree, ".", *kept))
    screen.say("À blanc : rien n'a été écrit.")
    return 0
