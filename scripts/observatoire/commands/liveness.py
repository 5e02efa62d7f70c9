"""`observatoire liveness`: which platforms still answer, which links are dead."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from observatoire.arguments import based, dated, known, whole
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.liveness import Looks, Rules, Sight
    from observatoire.model import Row
    from observatoire.plan import Edit
    from observatoire.register import Register

HELP = "vérifier que les plateformes répondent encore, et les liens des publications"
EPILOG = """\
Écrit data/vivacite.csv : un état et sa date par plateforme, jamais une suppression. Une plateforme
devient inactive après plusieurs échecs, à des jours différents et sur assez longtemps ; elle
redevient active dès qu'elle répond. À lancer une fois par semaine : une plateforme qui ne change
pas d'état ne change pas de ligne. « observatoire propose » en fait ensuite une demande de fusion :
les statuts à changer et les liens morts, jamais une suppression.

Exemples :
  observatoire liveness --a-blanc
  observatoire liveness --liens        et les liens de data/publications.csv (data/liens_morts.csv)
  observatoire propose --source vivacite
  observatoire liveness --statuts      écrit ici la colonne « statut » de data/plateformes.csv"""


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
        "--echecs", type=whole, default=3, metavar="N", help="jours d'échec (par défaut : 3)"
    )
    parser.add_argument(
        "--jours",
        type=whole,
        default=14,
        metavar="M",
        help="jours depuis le premier échec (par défaut : 14)",
    )
    based(parser, "regarder cette plateforme")
    dated(parser, "date du constat")
    parser.add_argument("--a-blanc", action="store_true", help="tout faire, sans rien écrire")


class Work(NamedTuple):
    """What the command is about; ``bases`` are the addresses to look at instead."""

    register: Register
    today: date
    rules: Rules
    bases: Mapping[str, str]
    screen: Screen


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Look, judge, write, tell."""
    from observatoire import files
    from observatoire.liveness import Rules, looks, plan
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    register = Register(files.Folder(root))
    rules = Rules(args.echecs, args.jours)
    work = Work(register, args.date or date.today(), rules, dict(args.base), screen)
    seen = _look(work, links=args.liens)
    if seen is None:
        return 2
    rows = seen.tables(register, register)
    found = plan(register, rows, work.today.isoformat()).edits
    changes = _tables(register, rows)
    if args.statuts:
        changes |= _with_statuses(register, found)
    needed = files.differing(register.files, changes)
    if not args.a_blanc:
        files.write(root, {**needed, looks.PATH: looks.write(seen)})
    if seen.links is not None:
        _tell_links(len(seen.links), rows[looks.LINKS], screen)
    _tell(rows[looks.STATES], found, screen, applied=args.statuts)
    verb = "changerait" if args.a_blanc else "change"
    screen.say(f"Ce qui {verb} : {', '.join(sorted(needed))}." if needed else "Rien n'a changé.")
    return 0


def _look(work: Work, *, links: bool) -> Looks | None:
    """What is seen of all the platforms; None when nothing can be told today."""
    from observatoire.liveness import Looks, watch
    from observatoire.liveness.judge import failing

    platforms = list(work.register.table("plateformes").records())
    ids = [p["id"] for p in platforms]
    if not known(work.screen, "plateforme", work.bases, ids):
        return None
    urls = {p["id"]: work.bases.get(p["id"]) or p["url"] for p in platforms if p["url"]}
    with work.screen.bar("Plateformes", len({*urls.values()})) as bar:
        seen = watch({*urls.values()}, allowed=work.bases.values(), tick=bar.advance)
    sights = {id_: seen[url] for id_, url in urls.items()}
    if failing(sights, work.register.table("vivacite").records()):
        work.screen.error(
            "la moitié des plateformes qui répondaient se taisent d'un coup : c'est sans doute"
            " le réseau d'ici. Rien n'est écrit."
        )
        return None
    return Looks(work.today, work.rules, sights, _links(work, sights) if links else None)


def _links(work: Work, sights: Mapping[str, Sight]) -> dict[str, Sight]:
    """What is seen of the links; those of a silent platform are told by its own state."""
    from observatoire.liveness import SILENT, watch
    from observatoire.liveness.links import links

    silent = {id_ for id_, sight in sights.items() if sight.kind == SILENT}
    rows = work.register.table("publications").records()
    asked = links(r for r in rows if r["plateforme"] not in silent)
    with work.screen.bar("Liens", len(asked)) as bar:
        return watch(asked, allowed=work.bases.values(), tick=bar.advance)


def _tables(register: Register, rows: Mapping[str, Sequence[Row]]) -> dict[str, bytes]:
    from observatoire.register import path_of
    from observatoire.table import from_records

    return {
        path_of(name): register.bytes_of(name, from_records(register.schema(name).columns, lines))
        for name, lines in rows.items()
    }


def _with_statuses(register: Register, found: Sequence[Edit]) -> dict[str, bytes]:
    rows = register.keyed("plateformes")
    for edit in found:
        rows[edit.key][edit.field] = edit.after
    return _tables(register, {"plateformes": list(rows.values())})


def _tell_links(asked: int, rows: Sequence[Row], screen: Screen) -> None:
    from observatoire.french import counted

    count = Counter(row["etat"] for row in rows)
    dead, doubtful = counted(count["mort"], "mort"), count["a_confirmer"]
    screen.say(f"{counted(asked, 'lien vérifié')} : {dead}, {doubtful} à confirmer.")


def _tell(rows: Sequence[Row], found: Sequence[Edit], screen: Screen, *, applied: bool) -> None:
    from observatoire.french import counted, day

    for row in rows:
        if row.get("constat"):
            since = row["premier_echec"]
            first = "" if since == row["depuis"] else f" (depuis le {day(since)})"
            state = f"{row['etat']} depuis le {day(row['depuis'])}"
            screen.say(f"{row['plateforme']} : {state}, {row['cause']}{first}")
        elif row.get("redirection"):
            screen.say(f"{row['plateforme']} : mène à {row['redirection']}")
    count = Counter(row["etat"] for row in rows)
    states = (counted(count[s], s) for s in ("active", "inactive", "incertaine"))
    screen.say(f"{counted(len(rows), 'plateforme')} : {', '.join(states)}.")
    if found:
        verb = "reporté" if applied else "à changer (« propose », ou --statuts)"
        screen.say(f"{counted(len(found), 'statut')} {verb} dans data/plateformes.csv.")
