"""`observatoire lookup`: ask the reference sources, and keep what they say in the register."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire import arguments
from observatoire.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observatoire.files import Changes
    from observatoire.lookups import Lookup, Outcome
    from observatoire.register import Register

HELP = "interroger les sources de référence : annuaire, géocodage, schémas, transport"
EPILOG = """\
Sources :
  entreprises   l'annuaire des entreprises, un trentième des organismes par jour
                (data/reference/entreprises.csv)
  geocodage     les coordonnées qui manquent aux organismes (data/organisations.csv) : seulement
                quand le résultat est sûr et dans la commune attendue
  schemas       les schémas nationaux (data/reference/schemas.csv)
  transport     les responsables légaux des données de transport (data/reference/transport.csv)

Exemples :
  observatoire lookup entreprises
  observatoire lookup entreprises --tout --a-blanc
  observatoire lookup schemas transport geocodage"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "source", nargs="+", metavar="SOURCE", help="source à interroger (voir fin)"
    )
    parser.add_argument(
        "--tout", action="store_true", help="redemander aussi ce qui est déjà connu"
    )
    arguments.based(parser, "interroger cette source", "SOURCE")
    arguments.dated(parser, "date du jour")
    parser.add_argument("--a-blanc", action="store_true", help="tout faire, sans rien écrire")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Ask each source in turn; what one learns serves the next."""
    from observatoire import files, lookups
    from observatoire.model import SourceError
    from observatoire.register import Register, find_root

    known = lookups.discover()
    bases = dict(args.base)
    unknown = sorted({*args.source, *bases} - set(known))
    if unknown:
        screen.error(f"source inconnue : {', '.join(unknown)} (au choix : {', '.join(known)}).")
        return 2
    root = find_root(args.depot or Path.cwd())
    changes: dict[str, bytes | None] = {}
    failures = 0
    for name in dict.fromkeys(args.source):
        register = Register(files.Overlay(files.Folder(root), changes))
        try:
            outcome = _ask(known[name], register, bases, args, screen)
        except SourceError as error:
            screen.error(f"{name} : {error}")
            failures += 1
            continue
        failures += bool(outcome.error)
        changes |= outcome.changes
        if not args.a_blanc:
            files.write(root, outcome.changes)
        _report(name, outcome, screen)
    _conclude(changes, screen, dry=args.a_blanc)
    return 1 if failures else 0


def _ask(
    lookup: Lookup,
    register: Register,
    bases: Mapping[str, str],
    args: argparse.Namespace,
    screen: Screen,
) -> Outcome:
    import asyncio

    from observatoire.lookups import Visit
    from observatoire.web import Web

    header = lookup.LOOKUP
    base = bases.get(header.id, header.base).rstrip("/")

    async def work() -> Outcome:
        with screen.bar(header.title) as bar:
            # The operator's own choice of address: it may be private.
            async with Web(allowed=[base] if header.id in bases else []) as web:
                today = args.date or date.today()
                visit = Visit(register, web, base, today, args.tout, bar.advance)
                return await lookup.refresh(visit)

    return asyncio.run(work())


def _report(name: str, outcome: Outcome, screen: Screen) -> None:
    for sentence in outcome.said:
        screen.say(f"{name} : {sentence}")
    if outcome.error:
        screen.error(f"{name} : interrompu, ce qui était lu est gardé : {outcome.error}")


def _conclude(changes: Changes, screen: Screen, *, dry: bool) -> None:
    verb = "changerait" if dry else "change"
    changed = ", ".join(sorted(changes))
    screen.say(f"Ce qui {verb} : {changed}." if changed else "Rien n'a changé.")
    if changed and not dry:
        screen.say("Ensuite : « observatoire package », puis « observatoire validate ».")
