"""`observatoire reprise`: rebuild the register from the editions of 2021 and 2022."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from observatoire.screen import Screen

HELP = "reconstruire le registre d'après les anciennes éditions (2021 et 2022)"
EPILOG = """\
Exemples :
  observatoire reprise --sources ../shared/data/observatoire --a-blanc
  observatoire reprise --sources anciens-fichiers

Écrit data/organisations.csv, plateformes.csv, publications.csv, thematiques.csv, et les éditions
figées sous data/editions/, avec leur journal (corrections.csv). Lancée deux fois, elle ne change
rien la seconde. Une table du registre que quelqu'un a modifiée depuis est laissée telle quelle,
sauf avec --remplacer."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--sources",
        type=Path,
        required=True,
        metavar="DOSSIER",
        help="le dossier des anciens fichiers (edition-2022-organisations.csv...)",
    )
    parser.add_argument(
        "--a-blanc",
        "--dry-run",
        action="store_true",
        dest="dry_run",
        help="dire ce qui changerait, sans rien écrire",
    )
    parser.add_argument(
        "--remplacer",
        action="store_true",
        help="réécrire aussi les tables modifiées depuis (leurs modifications sont perdues)",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Rebuild, say what each rule did, and write unless it is a dry run."""
    from observatoire import files
    from observatoire.french import counted
    from observatoire.migrations.reprise_2022 import assemble, sources
    from observatoire.reference import lookup
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    register = Register(files.Folder(root))
    rebuilt = assemble.rebuild(
        sources.read(files.Folder(args.sources)),
        *(lookup.load(register, vintage) for vintage in assemble.VINTAGES),
    )
    _tell(rebuilt.counts(), screen)
    changes = assemble.files(rebuilt, register, replace=args.remplacer)
    changed = (
        sorted(files.differing(register.files, changes))
        if args.dry_run
        else files.write(root, changes)
    )
    number = len(changed)
    done = f"{counted(number, 'fichier')} à réécrire"
    if not args.dry_run:
        done = counted(number, "fichier réécrit")
    screen.say("")
    kept = [n for n in assemble.CURRENT if f"data/{n}.csv" not in changes]
    for name in kept:
        screen.say(f"data/{name}.csv a été modifié depuis : laissé tel quel (voir --remplacer).")
    screen.say(
        f"{done} : {', '.join(changed)}." if changed else "Rien à changer : tout est déjà à jour."
    )
    return 0


def _tell(counts: Mapping[str, Mapping[str, int]], screen: Screen) -> None:
    for year, rules in counts.items():
        screen.say(f"Édition {year} : {sum(rules.values())} lignes au journal.")
        for rule, number in sorted(rules.items(), key=lambda r: (-r[1], r[0])):
            screen.say(f"  {number:5}  {rule}")
