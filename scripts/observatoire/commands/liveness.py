"""`observatoire liveness`: which platforms still answer, which links are dead."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import day
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.liveness import Rules
    from observatoire.model import Edit, Row
    from observatoire.register import Register

HELP = "vérifier que les plateformes répondent encore, et les liens des publications"
EPILOG = """\
Écrit data/vivacite.csv : un état et sa date par plateforme, jamais une suppression. Une plateforme
devient inactive après plusieurs échecs, à des jours différents et sur assez longtemps ; elle
redevient active dès qu'elle répond. À lancer une fois par semaine : une plateforme qui ne change
pas d'état ne change pas de ligne.

Exemples :
  observatoire liveness --a-blanc
  observatoire liveness --liens        et les liens de data/publications.csv (data/liens_morts.csv)
  observatoire liveness --statuts      et la colonne « statut » de data/plateformes.csv"""

STATES, LINKS = "vivacite", "liens_morts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--liens", action="store_true", help="vérifier aussi les liens des publications"
    )
    parser.add_argument(
        "--statuts",
        action="store_true",
        help="reporter les états sûrs dans data/plateformes.csv, sauf cellules verrouillées",
    )
    parser.add_argument(
        "--echecs", type=int, default=3, metavar="N", help="jours d'échec (par défaut : 3)"
    )
    parser.add_argument(
        "--jours",
        type=int,
        default=14,
        metavar="M",
        help="jours depuis le premier échec (par défaut : 14)",
    )
    parser.add_argument(
        "--base",
        action="append",
        default=[],
        metavar="ID=ADRESSE",
        help="regarder cette plateforme à une autre adresse (privée au besoin)",
    )
    parser.add_argument(
        "--date",
        type=day,
        metavar="AAAA-MM-JJ",
        help="date du constat (par défaut : aujourd'hui)",
    )
    parser.add_argument("--a-blanc", action="store_true", help="tout faire, sans rien écrire")


@dataclass(frozen=True, slots=True)
class Work:
    """What the command is about."""

    register: Register
    today: date
    rules: Rules
    screen: Screen


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Look, judge, write, tell."""
    from observatoire import files
    from observatoire.liveness import Rules
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    register = Register(files.Folder(root))
    work = Work(register, args.date or date.today(), Rules(args.echecs, args.jours), screen)
    bases = dict(text.partition("=")[::2] for text in args.base)
    rows = _platforms(work, bases)
    if rows is None:
        return 2
    changes = _table(register, STATES, rows)
    if args.liens:
        changes |= _table(register, LINKS, _links(work, rows, bases))
    found = _statuses(work, rows)
    if args.statuts:
        changes |= _with_statuses(register, found)
    needed = files.differing(register.files, changes)
    if not args.a_blanc:
        files.write(root, needed)
    _tell(rows, found, screen, applied=args.statuts)
    verb = "changerait" if args.a_blanc else "change"
    screen.say(f"Ce qui {verb} : {', '.join(sorted(needed))}." if needed else "Rien n'a changé.")
    return 0


def _platforms(work: Work, bases: Mapping[str, str]) -> list[Row] | None:
    """The new lines of all the platforms; None when nothing can be told today."""
    from observatoire.liveness import judge, watch
    from observatoire.liveness.judge import failing

    platforms = list(work.register.table("plateformes").records())
    unknown = sorted(bases.keys() - {p["id"] for p in platforms})
    for name in unknown:
        work.screen.error(f"plateforme inconnue : « {name} ».")
    if unknown:
        return None
    urls = {p["id"]: bases.get(p["id"]) or p["url"] for p in platforms if p["url"]}
    with work.screen.bar("Plateformes", len({*urls.values()})) as bar:
        seen = watch({*urls.values()}, allowed=bases.values(), tick=bar.advance)
    sights = {id_: seen[url] for id_, url in urls.items()}
    before = {key[0]: row for key, row in work.register.keyed(STATES).items()}
    if failing(sights, before.values()):
        work.screen.error(
            "la moitié des plateformes qui répondaient se taisent d'un coup : c'est sans doute"
            " le réseau d'ici. Rien n'est écrit."
        )
        return None
    return [
        judge(before.get(id_), sight, id_, work.today, work.rules)
        for id_, sight in sorted(sights.items())
    ]


def _links(work: Work, states: Sequence[Row], bases: Mapping[str, str]) -> list[Row]:
    """The new table of dead links; those of a silent platform are told by its own state."""
    from observatoire.liveness import SILENT, dead_links, watch
    from observatoire.liveness.links import links

    silent = {r["plateforme"] for r in states if r.get("constat") == SILENT}
    rows = list(work.register.table("publications").records())
    numbers = links(rows)
    asked = links(r for r in rows if r["plateforme"] not in silent)
    with work.screen.bar("Liens", len(asked)) as bar:
        sights = watch(asked, allowed=bases.values(), tick=bar.advance)
    before = work.register.table(LINKS).records()
    found = dead_links(before, numbers, sights, work.today, work.rules)
    count = Counter(row["etat"] for row in found)
    work.screen.say(
        f"{len(asked)} lien(s) vérifié(s) : {count['mort']} mort(s),"
        f" {count['a_confirmer']} à confirmer."
    )
    return found


def _table(register: Register, name: str, rows: Sequence[Row]) -> dict[str, bytes]:
    from observatoire.register import path_of
    from observatoire.table import from_records

    table = from_records(register.schema(name).columns, rows)
    return {path_of(name): register.bytes_of(name, table)}


def _statuses(work: Work, rows: Sequence[Row]) -> list[Edit]:
    from observatoire.liveness.statuses import edits
    from observatoire.reconcile.vetoes import vetoes

    states = {r["plateforme"]: r["etat"] for r in rows}
    frozen = vetoes(work.register, work.today.isoformat())
    return edits(work.register.table("plateformes").records(), states, frozen)


def _with_statuses(register: Register, found: Sequence[Edit]) -> dict[str, bytes]:
    rows = register.keyed("plateformes")
    for edit in found:
        rows[edit.key][edit.field] = edit.after
    return _table(register, "plateformes", list(rows.values()))


def _tell(rows: Sequence[Row], found: Sequence[Edit], screen: Screen, *, applied: bool) -> None:
    from observatoire.french import counted

    for row in rows:
        if row.get("constat"):
            screen.say(
                f"{row['plateforme']} : {row['etat']} depuis le {row['depuis']},"
                f" {row['cause']} (depuis le {row['premier_echec']})"
            )
        elif row.get("redirection"):
            screen.say(f"{row['plateforme']} : mène à {row['redirection']}")
    states = Counter(row["etat"] for row in rows)
    screen.say(
        f"{counted(len(rows), 'plateforme')} : {states['active']} active(s),"
        f" {states['inactive']} inactive(s), {states['incertaine']} incertaine(s)."
    )
    if found:
        verb = "reporté" if applied else "à reporter (--statuts)"
        screen.say(f"{counted(len(found), 'statut')} {verb} dans data/plateformes.csv.")
