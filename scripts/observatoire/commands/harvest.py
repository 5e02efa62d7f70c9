"""`observatoire harvest`: ask the portals and write what they say under data/moissons/."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.harvest import Harvest, Target, Tick

HELP = "moissonner les portails : écrire dans data/moissons/ ce que dit chacun"
EPILOG = """\
Un portail en panne garde ses dernières lignes ; une baisse ou une hausse soudaine est refusée.

Exemples :
  observatoire harvest                            tous les portails
  observatoire harvest --source datagouv --a-blanc
  observatoire harvest --plateforme data-gouv-fr --base data-gouv-fr=http://127.0.0.1:8000
                                                  un portail simulé (voir « simulate »)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--source", action="append", default=[], metavar="NOM", help="seulement cette source"
    )
    parser.add_argument(
        "--plateforme",
        action="append",
        default=[],
        metavar="ID",
        help="seulement cette plateforme, même inactive",
    )
    parser.add_argument(
        "--base",
        action="append",
        default=[],
        type=_base,
        metavar="ID=ADRESSE",
        help="interroger cette plateforme à une autre adresse (privée au besoin)",
    )
    parser.add_argument(
        "--confirmer",
        action="append",
        default=[],
        metavar="ID",
        help="accepter une baisse ou une hausse soudaine de cette plateforme, après vérification",
    )
    parser.add_argument(
        "--date",
        type=_day,
        metavar="AAAA-MM-JJ",
        help="date de la moisson (par défaut : aujourd'hui)",
    )
    parser.add_argument("--a-blanc", action="store_true", help="tout faire, sans rien écrire")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Harvest, write, say what each portal gave."""
    from observatoire import files, harvest, sources
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    register = Register(files.Folder(root))
    platforms = list(register.table("plateformes").records())
    bases = dict(args.base)
    named = [*args.plateforme, *args.confirmer, *bases]
    if not _known(screen, "plateforme", named, [p["id"] for p in platforms]) or not _known(
        screen, "source", args.source, list(sources.discover())
    ):
        return 2
    chosen = harvest.targets(platforms, sources=args.source, only=args.plateforme, bases=bases)
    with _bars(chosen, screen) as tick:
        today = args.date or date.today()
        result = harvest.run(register, chosen, today, trusted=args.confirmer, tick=tick)
    if not args.a_blanc:
        files.write(root, result.changes)
    _report(result, screen, dry=args.a_blanc)
    return 1 if result.outcomes and len(result.failures) == len(result.outcomes) else 0


@contextmanager
def _bars(chosen: Sequence[Target], screen: Screen) -> Iterator[Tick]:
    """One progress bar per source, in platforms."""
    headers = [target.connector.SOURCE for target in chosen]
    with ExitStack() as stack:
        bars = {
            header.id: stack.enter_context(screen.bar(header.title, headers.count(header)))
            for header in dict.fromkeys(headers)
        }
        yield lambda source: bars[source].advance()


def _report(result: Harvest, screen: Screen, *, dry: bool) -> None:
    if not result.outcomes:
        screen.say(
            "Aucune plateforme à moissonner : aucune n'a une technologie que l'on sait lire."
        )
        return
    width = max(len(o.plateforme) for o in result.outcomes)
    screen.say(f"{'Plateforme':<{width}}  {'publicateurs':>12}  {'jeux':>9}  {'écart':>8}")
    for outcome in result.outcomes:
        publishers, datasets = outcome.volume
        change = datasets - outcome.before[1] if outcome.before else datasets
        numbers = f"{publishers:>12}  {datasets:>9}  {change:>+8}"
        failed = f"{'en échec, dernières lignes gardées' if outcome.before else 'en échec'}"
        screen.say(f"{outcome.plateforme:<{width}}  {failed if outcome.error else numbers}")
    for outcome in result.failures:
        screen.error(f"{outcome.plateforme} : {outcome.error}")
    verb = "changerait" if dry else "change"
    changed = ", ".join(sorted(result.changes))
    screen.say(f"Ce qui {verb} : {changed}." if changed else "Rien n'a changé.")


def _known(screen: Screen, what: str, names: Sequence[str], choices: Sequence[str]) -> bool:
    unknown = [n for n in names if n not in choices]
    for name in unknown:
        screen.error(f"{what} inconnue : « {name} ».")
    return not unknown


def _base(text: str) -> tuple[str, str]:
    platform, mark, url = text.partition("=")
    if not (platform and mark and url.startswith(("http://", "https://"))):
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas de la forme ID=http://adresse")
    return platform, url


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas une date : écrivez AAAA-MM-JJ"
        ) from None
