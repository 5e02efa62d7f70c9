"""`observatoire site`: write the public site of a version, or the preview of a work."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire import arguments
from observatoire.screen import Screen

if TYPE_CHECKING:
    pass

HELP = "écrire le site public d'une version, ou l'aperçu d'un travail en cours"
EPILOG = """\
Tout vient de l'étiquette de la version : le site ne calcule rien et n'appelle personne. Un aperçu
calcule d'abord ce qu'une publication calculerait, sans rien publier.

Exemples :
  observatoire site                              la dernière version, dans public/
  observatoire site --version v1.0.0 --sortie /tmp/page
  observatoire site --travail                    l'aperçu de ce dossier, modifications comprises
  observatoire site --depuis-branche ma-branche  l'aperçu d'une branche ou d'un commit
  observatoire site --adresse https://observatoire.exemple.fr

Seules les pages qui changent sont réécrites ; celles qui n'ont plus lieu d'être sont supprimées."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--sortie",
        type=Path,
        metavar="DOSSIER",
        help="où écrire (par défaut : public/ dans le registre)",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--version",
        metavar="vX.Y.Z",
        default="",
        help="la version à montrer (par défaut : la dernière)",
    )
    which.add_argument(
        "--depuis-branche",
        metavar="BRANCHE",
        default="",
        help="l'aperçu d'une branche ou d'un commit, sans étiquette",
    )
    which.add_argument(
        "--travail",
        action="store_true",
        help="l'aperçu du dossier de travail, modifications non enregistrées comprises",
    )
    parser.add_argument(
        "--adresse",
        metavar="URL",
        type=arguments.web,
        default=os.environ.get("CI_PAGES_URL", ""),
        help="l'adresse publique du site, pour le plan du site et les partages (par défaut :"
        " CI_PAGES_URL)",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Build the site and write what changed."""
    from observatoire import french
    from observatoire.git import Repo
    from observatoire.register import find_root
    from observatoire.site import origin, output
    from observatoire.site.build import plan

    root = find_root(args.depot or Path.cwd())
    repo = Repo(root)
    previewing = args.travail or args.depuis_branche
    if previewing:
        content = origin.unpublished(repo, root, args.depuis_branche, args.adresse)
    else:
        content = origin.published(repo, args.version, args.adresse)
    out = args.sortie or root / "public"
    done = output.write(out, plan(content))
    what = "Aperçu, rien n'est publié" if previewing else f"Site de la version {content.tag}"
    screen.say(
        f"{what} : {out / 'index.html'} ({french.counted(done.files, 'fichier')},"
        f" {french.counted(len(done.written), 'écrit')},"
        f" {french.counted(len(done.gone), 'supprimé')})."
    )
    return 0
