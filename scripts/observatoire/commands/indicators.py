"""`observatoire indicators`: compute the figures, with what proves them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import dated
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.indicators.snapshot import Past

HELP = "calculer les indicateurs, à côté des chiffres déjà publiés"
EPILOG = """\
Chaque chiffre est donné avec son numérateur, son dénominateur, sa date, sa portée et sa source.
L'historique compte les éditions figées, puis chaque version publiée, puis le registre.

Exemples :
  observatoire indicators                              les tableaux à l'écran, en Markdown
  observatoire indicators --format csv                 tous les chiffres, en CSV
  observatoire indicators --format csv --seul I5       un seul indicateur
  observatoire indicators --sortie rapport             tous les fichiers, dans un dossier
  observatoire indicators --page                       écrire la page docs/indicateurs.md"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--format",
        choices=("csv", "markdown"),
        default="markdown",
        help="forme de l'affichage (par défaut : markdown)",
    )
    parser.add_argument(
        "--sortie", type=Path, metavar="DOSSIER", help="écrire les fichiers dans ce dossier"
    )
    parser.add_argument(
        "--seul", metavar="I5", action="append", default=[], help="un indicateur (répétable)"
    )
    dated(parser, "date du registre", "celle du dernier commit")
    parser.add_argument(
        "--sans-versions",
        action="store_true",
        help="laisser de côté les versions publiées (éditions et registre seulement)",
    )
    parser.add_argument(
        "--page", action="store_true", help="écrire docs/indicateurs.md, la page des définitions"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Measure the register of the working tree and print or write the figures."""
    from observatoire import french
    from observatoire.files import Folder, write
    from observatoire.indicators import choose, discover, files, snapshot
    from observatoire.register import Register, find_root
    from observatoire.table import serialize

    root = find_root(args.depot or Path.cwd())
    if args.page:
        return _page(root, screen)
    unknown = {i.upper() for i in args.seul} - {i.HEADER.id for i in discover()}
    if unknown:
        known = ", ".join(i.HEADER.id for i in discover())
        screen.error(f"indicateur inconnu : {', '.join(sorted(unknown))} (au choix : {known})")
        return 2
    register = Register(Folder(root))
    day, past = _moments(args, root)
    made = files.make(register, snapshot.snapshots(register, day, past), choose(args.seul))
    if args.sortie is None:
        csv = args.format == "csv"
        screen.say(serialize(made.figures).decode().rstrip("\n") if csv else made.report())
        return 0
    args.sortie.mkdir(parents=True, exist_ok=True)
    changed = write(args.sortie, made.files())
    screen.say(
        f"{french.counted(len(made.figures), 'chiffre')} dans {args.sortie}"
        f" ({french.counted(len(changed), 'fichier')} {french.plural(len(changed), 'écrit')})."
    )
    return 0


def _moments(args: argparse.Namespace, root: Path) -> tuple[str, Iterable[Past]]:
    """The day of the register, and the published versions before it."""
    from observatoire.files import Folder
    from observatoire.git import Repo
    from observatoire.publish import history, pasts

    repo = Repo(root)
    today = args.date.isoformat() if args.date else history.day(repo, "HEAD")[:10]
    # A register that was downloaded has no repository, hence no other versions.
    if args.sans_versions or repo.resolve("HEAD") is None:
        return today, ()
    return today, pasts.past(repo, history.versions(repo), Folder(root))


def _page(root: Path, screen: Screen) -> int:
    from observatoire.files import write
    from observatoire.indicators import discover, page

    done = write(root, {page.PATH: page.render(discover()).encode()})
    screen.say(f"{page.PATH} : {'mis à jour' if done else 'déjà à jour'}.")
    return 0
