"""`observatoire run`: the whole loop, from the portals to the proposals, then to the release."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from observatoire import arguments
from observatoire.screen import Screen

HELP = "enchaîner les étapes : moissonner, proposer, valider, et publier si on le demande"
EPILOG = """\
Sans jeton, les propositions vont sur la forge locale (dossier .observatoire/forge).
Une étape qui échoue arrête la suite : rien n'est publié à partir d'un registre faux.

Exemples :
  observatoire run                    moissonner, proposer, tableau de bord, valider
  observatoire run --publier          et ensuite : indicateurs, version, page
  observatoire run --base data-gouv-fr=http://127.0.0.1:8000
                                      un portail simulé au lieu du vrai"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--plateforme",
        action="append",
        default=[],
        metavar="ID",
        help="moissonner seulement cette plateforme",
    )
    arguments.based(parser)
    arguments.dated(parser, "date de la moisson")
    parser.add_argument(
        "--publier", action="store_true", help="calculer les indicateurs et publier une version"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Run the stages in order; the first one that fails gives the exit status."""
    from observatoire.register import find_root

    root = find_root(args.depot or Path.cwd())
    for title, words in stages(args, root):
        screen.say(f"\n── {title}")
        status = int(args.call(*words, "--depot", str(root)))
        if status:
            screen.error(f"Arrêt à l'étape « {title} » (code {status}).")
            return status
    return 0


def stages(args: argparse.Namespace, root: Path) -> list[tuple[str, Sequence[str]]]:
    """The title of each stage, with the words of its command."""
    dated = ["--date", args.date.isoformat()] if args.date else []
    bases = [f"{platform}={address}" for platform, address in args.base]
    harvest = [*_repeated("--plateforme", args.plateforme), *_repeated("--base", bases)]
    found: list[tuple[str, Sequence[str]]] = [
        ("Moissonner", ["harvest", *harvest, *dated]),
        ("Rapprocher et proposer", ["propose", *dated]),
        ("Tenir le tableau de bord", ["dashboard", *dated]),
        ("Valider", ["validate", "--format", "resume"]),
    ]
    if args.publier:
        found += [
            ("Calculer les indicateurs", ["indicators", "--sortie", str(root / "rapport"), *dated]),
            ("Publier la version", ["release"]),
            ("Fabriquer la page", ["site"]),
        ]
    return found


def _repeated(option: str, values: Sequence[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
