"""`observatoire serve`: look at the site on this machine, with the files that Datami reads."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire import arguments
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.git import Repo
    from observatoire.site.content import Content
    from observatoire.site.server import Server

HELP = "voir le site sur cette machine, avec les fichiers que lit Datami"
EPILOG = """\
Seule cette machine peut lire l'aperçu. Il tourne jusqu'à Ctrl+C ; rien n'est écrit ni publié.
Sans --version, il montre le dossier de travail, et se refait quand une table ou un schéma change.

Exemples :
  observatoire serve                       le dossier de travail, modifications comprises
  observatoire serve --version v1.0.0      une version publiée
  observatoire serve --port 8080"""

PORT = 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--port",
        type=arguments.port,
        default=PORT,
        help=f"le port ; un autre s'il est pris (par défaut : {PORT})",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--version", metavar="vX.Y.Z", default="", help="une version publiée")
    which.add_argument(
        "--travail",
        action="store_true",
        help="le dossier de travail, modifications non enregistrées comprises (par défaut)",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Serve until interrupted."""
    from observatoire.git import Repo
    from observatoire.register import find_root
    from observatoire.site import server
    from observatoire.site.current import Current

    root = find_root(args.depot or Path.cwd())
    repo = Repo(root)
    current = Current(lambda: _content(args, root, repo), None if args.version else root, screen)
    with server.opened(args.port, current.now) as opened:
        current.address = opened.address
        current.now()
        try:
            _tell(opened, args, screen)
            opened.serve_forever()
        except KeyboardInterrupt:
            screen.say("\nAperçu arrêté.")
    return 0


def _content(args: argparse.Namespace, root: Path, repo: Repo) -> Content:
    from observatoire.site import origin

    if args.version:
        return origin.published(repo, args.version)
    return origin.unpublished(repo, root)


def _tell(opened: Server, args: argparse.Namespace, screen: Screen) -> None:
    if args.port and opened.server_port != args.port:
        screen.say(f"Le port {args.port} est pris : en voici un autre.")
    screen.say(f"Le site            {opened.address}/")
    screen.say(f"La page Explorer   {opened.address}/explorer/")
    screen.say(f"Datami             {opened.address}/explorer/datami/")
    screen.say(f"Ce que lit Datami  {opened.address}/publication/vue-datami.csv")
    screen.say("Ctrl+C pour arrêter.")
    screen.out.flush()
