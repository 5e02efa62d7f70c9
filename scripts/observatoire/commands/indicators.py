"""`observatoire indicators`: compute the figures, with what proves them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from observatoire.screen import Screen

HELP = "calculer les indicateurs, à côté des chiffres déjà publiés"
EPILOG = """\
Chaque chiffre est donné avec son numérateur, son dénominateur, sa date, sa portée et sa source.

Exemples :
  observatoire indicators                              les tableaux à l'écran, en Markdown
  observatoire indicators --format csv                 tous les chiffres, en CSV
  observatoire indicators --sortie rapport             tous les fichiers, dans un dossier"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--format", choices=("csv", "markdown"), default="markdown", help="forme de l'affichage"
    )
    parser.add_argument(
        "--sortie", type=Path, metavar="DOSSIER", help="écrire les fichiers dans ce dossier"
    )
    parser.add_argument(
        "--date",
        type=_day,
        metavar="AAAA-MM-JJ",
        help="date du registre (par défaut : celle du dernier commit)",
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date AAAA-MM-JJ") from None


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Measure the register of the working tree and print or write the figures."""
    from observatoire.files import Folder, write
    from observatoire.indicators import report, snapshot, tidy
    from observatoire.register import Register, find_root
    from observatoire.table import serialize

    root = find_root(args.depot or Path.cwd())
    register = Register(Folder(root))
    figures = tidy.tabulate(snapshot.snapshots(register, args.date or _last_day(root)))
    compared = tidy.compare(figures, register.table("chiffres_publies").records())
    text = report.markdown(figures, compared)
    if args.sortie is None:
        screen.say(text if args.format == "markdown" else serialize(figures).decode().rstrip("\n"))
        return 0
    files = {
        "indicateurs.csv": serialize(figures),
        "comparaison.csv": serialize(compared),
        "indicateurs.md": f"{text}\n".encode(),
    }
    args.sortie.mkdir(parents=True, exist_ok=True)
    changed = write(args.sortie, files)
    screen.say(f"{len(figures)} chiffres dans {args.sortie} ({len(changed)} fichier(s) écrit(s)).")
    return 0


def _last_day(root: Path) -> str:
    from observatoire.git import Repo
    from observatoire.publish.history import day

    return day(Repo(root), "HEAD")[:10]
