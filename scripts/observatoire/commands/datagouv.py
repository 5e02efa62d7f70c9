"""`observatoire datagouv`: put the files of a version in a dataset of data.gouv.fr."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from observatoire import arguments
from observatoire.screen import Screen

HELP = "mettre les fichiers d'une version sur data.gouv.fr"
EPILOG = """\
Chaque fichier remplace le précédent à la même adresse ; rien n'est jamais retiré. La clé (celle
d'un membre de l'organisation) se donne dans OBSERVATOIRE_CLE_DATAGOUV.

Exemples :
  observatoire datagouv --jeu 5f3f8ed2a1b2c3d4e5f60718 --a-blanc   dire ce qui changerait
  observatoire datagouv --jeu 5f3f8ed2a1b2c3d4e5f60718             la dernière version"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--jeu", required=True, metavar="ID", help="l'identifiant du jeu de données à remplir"
    )
    parser.add_argument(
        "--version", metavar="vX.Y.Z", default="", help="la version (par défaut : la dernière)"
    )
    parser.add_argument(
        "--site",
        type=arguments.web,
        metavar="ADRESSE",
        help="une autre plateforme udata (par défaut : data.gouv.fr)",
    )
    parser.add_argument(
        "--a-blanc", action="store_true", help="dire ce qui changerait, sans écrire"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Compare the dataset with the version, then bring it up to date."""
    from observatoire.french import counted
    from observatoire.git import Repo
    from observatoire.publish import assets, datagouv, history, publisher
    from observatoire.publish.datagouv_depot import KEY, SITE, DataGouvDepot
    from observatoire.register import find_root

    repo = Repo(find_root(args.depot or Path.cwd()))
    tag = history.chosen(repo, args.version)
    key = os.environ.get(KEY, "")
    if not key and not args.a_blanc:
        screen.error(f"Donnez la clé de data.gouv.fr dans {KEY}, ou regardez avec --a-blanc.")
        return 2
    depot = DataGouvDepot(args.jeu, key, args.site or SITE)
    contents, about = publisher.downloads(repo, tag), assets.about()
    plan = list(datagouv.steps(depot.resources(), contents, about))
    for step in plan:
        screen.say(step.sentence())
    if not plan:
        screen.say(f"Rien à faire : le jeu {args.jeu} a déjà les fichiers de la version {tag}.")
    elif args.a_blanc:
        screen.say("À blanc : rien n'est écrit.")
    else:
        datagouv.take(depot, plan, contents, about)
        done = counted(len(plan), "fichier")
        screen.say(f"Version {tag} sur data.gouv.fr : {done} mis à jour.")
    return 0
