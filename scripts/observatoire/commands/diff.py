"""`observatoire diff`: what moved between two states of the register, in French words."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import whole
from observatoire.model import Finding, Malformed
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.history.changes import Changes

HELP = "dire ce qui a changé entre deux éditions, deux versions, deux commits"
EPILOG = """\
Un état est une édition (2021), une version (v1.2.0 ou 1.2.0), une branche, un commit, ou « . »
pour le dossier de travail. AVANT et APRÈS peuvent aussi être deux fichiers CSV, où qu'ils soient :
--cle dit alors quelles colonnes désignent une ligne (par défaut : la première).

Les lignes sont rapprochées par leur clé : ni l'ordre des lignes, ni celui des colonnes, ni les
guillemets ne comptent.

Exemples :
  observatoire diff v1.2.0 v1.3.0                    deux versions
  observatoire diff 2021 2022                        deux éditions
  observatoire diff main                             le dossier de travail, depuis main
  observatoire diff v1.2.0 v1.3.0 --format csv --sortie changements.csv
  observatoire diff ancien.csv nouveau.csv --cle siren,plateforme

Code de sortie : 0, qu'il y ait des différences ou non ; 1 si une table est illisible."""

FORMATS = ("texte", "csv", "json")
LINES = 20
"""How many lines of each kind a table shows in words."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("avant", metavar="AVANT", help="l'état de départ")
    parser.add_argument(
        "apres", metavar="APRÈS", nargs="?", default=".", help="l'état d'arrivée (par défaut : .)"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="texte", help="forme du résultat (par défaut : texte)"
    )
    parser.add_argument(
        "--table",
        metavar="TABLE",
        action="append",
        default=[],
        help="une seule table (répétable ; par défaut : toutes celles que l'on publie)",
    )
    parser.add_argument(
        "--cle",
        metavar="COLONNES",
        type=_columns,
        help="les colonnes qui désignent une ligne, séparées par des virgules (deux fichiers)",
    )
    parser.add_argument(
        "--limite",
        metavar="N",
        type=whole,
        help=f"lignes montrées par table et par sorte ; 0 : toutes (par défaut : {LINES} en texte,"
        " toutes en CSV et en JSON)",
    )
    parser.add_argument(
        "--sortie", type=Path, metavar="FICHIER", help="écrire le résultat dans ce fichier"
    )


def _columns(text: str) -> list[str]:
    """The columns that a person names, each once; raises ArgumentTypeError."""
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise argparse.ArgumentTypeError("écrivez au moins un nom de colonne")
    return names


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Compare two states and tell what moved."""
    from observatoire.history import beside, reports

    if beside.are_files(args.avant, args.apres):
        if args.table:
            raise Malformed(Finding("option", "--table ne vaut que pour deux états du registre."))
        found = beside.between(args.avant, args.apres, args.cle or ())
    elif args.cle:
        raise Malformed(Finding("option", "--cle ne vaut que pour deux fichiers CSV."))
    else:
        found = _states(args)
    limit = (LINES if args.format == "texte" else 0) if args.limite is None else args.limite
    text = reports.renderer(args.format)(found, limit)
    if args.sortie is None:
        screen.say(text)
        return 0
    try:
        args.sortie.parent.mkdir(parents=True, exist_ok=True)
        args.sortie.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        message = "impossible d'écrire ce fichier : donnez le nom d'un fichier"
        raise Malformed(Finding("sortie", f"{message}.", file=str(args.sortie))) from error
    screen.say(f"Différences entre {found.old} et {found.new} écrites dans {args.sortie}.")
    return 0


def _states(args: argparse.Namespace) -> Changes:
    """What moved between two states of the register."""
    from observatoire.git.objects import Objects
    from observatoire.git.reader import Reader
    from observatoire.history import changes, states
    from observatoire.register import find_root

    root = find_root(args.depot or Path.cwd())
    # Two processes unpack the two versions of a table at the same time.
    with Objects(Reader(root)) as before, Objects(Reader(root)) as after:
        old, new = states.find(args.avant, root, before), states.find(args.apres, root, after)
        return changes.between(old, new, states.common(old, new, args.table))
