"""`observatoire harvest`: ask the portals and write what they say under data/moissons/."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from observatoire import arguments
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.harvest import Harvest, Outcome, Target, Tick
    from observatoire.harvest.parts import Share
    from observatoire.harvest.recorded import Recorded
    from observatoire.register import Register

HELP = "moissonner les portails : écrire dans data/moissons/ ce que dit chacun"
EPILOG = """\
Un portail en panne garde ses dernières lignes ; une baisse ou une hausse soudaine est refusée.
Ce que les portails n'ont pas changé n'est pas téléchargé de nouveau (voir --cache).

Exemples :
  observatoire harvest                            tous les portails
  observatoire harvest --source datagouv --a-blanc
  observatoire harvest --plateforme data-gouv-fr --base data-gouv-fr=http://127.0.0.1:8000
                                                  un portail simulé (voir « simulate »)

Sur plusieurs machines, puis sur une seule :
  observatoire harvest --part 3/8                 la troisième de huit parties
  observatoire harvest --assembler .observatoire/parties
Une partie qui manque est une panne de ses portails : la moisson est écrite sans eux, ils gardent
leurs dernières lignes, et la commande finit avec le code 1.

Garder toutes les réponses, et refaire la même moisson sans réseau :
  observatoire harvest --enregistrer moisson-du-jour
  observatoire harvest --rejouer moisson-du-jour"""

KEPT = ".observatoire"
"""Under the register, and never in Git."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    for name, kind, metavar, help_ in (
        ("--source", str, "NOM", "seulement cette source"),
        ("--plateforme", str, "ID", "seulement cette plateforme, même inactive"),
        (
            "--base",
            arguments.addressed,
            "ID=ADRESSE",
            "interroger cette plateforme à une autre adresse (privée au besoin)",
        ),
        (
            "--confirmer",
            str,
            "ID",
            "accepter une baisse ou une hausse soudaine de cette plateforme, après vérification",
        ),
    ):
        parser.add_argument(
            name, action="append", default=[], type=kind, metavar=metavar, help=help_
        )
    arguments.dated(parser, "date de la moisson")
    parser.add_argument("--a-blanc", action="store_true", help="tout faire, sans rien écrire")
    _add_places(parser)


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="DOSSIER",
        help="où garder les réponses d'une moisson à l'autre (par défaut : .observatoire/cache)",
    )
    parser.add_argument("--sans-cache", action="store_true", help="tout redemander, ne rien garder")
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--enregistrer", type=Path, metavar="DOSSIER", help="garder toutes les réponses reçues"
    )
    way.add_argument(
        "--rejouer", type=Path, metavar="DOSSIER", help="relire un enregistrement, sans réseau"
    )
    split = parser.add_mutually_exclusive_group()
    split.add_argument(
        "--part",
        type=_share,
        metavar="N/TOTAL",
        help="moissonner une partie des plateformes et la mettre de côté (voir --parties)",
    )
    split.add_argument(
        "--assembler",
        type=Path,
        nargs="+",
        metavar="DOSSIER",
        help="écrire la moisson à partir de ses parties, sans réseau",
    )
    parser.add_argument(
        "--parties",
        type=Path,
        metavar="DOSSIER",
        help="où mettre une partie de côté (par défaut : .observatoire/parties)",
    )


class Work(NamedTuple):
    """What the command is about."""

    args: argparse.Namespace
    screen: Screen
    root: Path
    register: Register


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Harvest, write, say what each portal gave."""
    from observatoire.files import Folder
    from observatoire.register import Register, find_root

    root = find_root(args.depot or Path.cwd())
    work = Work(args, screen, root, Register(Folder(root)))
    if args.assembler:
        return _assemble(work)
    recorded = _recorded(args)
    chosen = _chosen(work, recorded)
    if chosen is None:
        return 2
    return _ask(work, chosen, args.date or (recorded.day if recorded else date.today()))


def _recorded(args: argparse.Namespace) -> Recorded | None:
    """What the recording to play again says of its harvest."""
    from observatoire.files import Folder
    from observatoire.harvest import recorded

    return recorded.read(Folder(args.rejouer)) if args.rejouer else None


def _chosen(work: Work, recorded: Recorded | None) -> list[Target] | None:
    """The platforms to ask; None when the command line names what does not exist."""
    from observatoire import harvest, sources

    args = work.args
    platforms = list(work.register.table("plateformes").records())
    bases = {**(recorded.bases if recorded else {}), **dict(args.base)}
    named = [*args.plateforme, *args.confirmer, *bases]
    ids = [p["id"] for p in platforms]
    if not arguments.known(work.screen, "plateforme", named, ids) or not arguments.known(
        work.screen, "source", args.source, list(sources.discover())
    ):
        return None
    only = args.plateforme or (recorded.platforms if recorded else ())
    found = harvest.targets(platforms, sources=args.source, only=only, bases=bases)
    same = harvest.twins(found)
    for id_, other in sorted(same.items()):
        work.screen.error(f"{id_} : même portail que {other}, moissonné une seule fois.")
    chosen = [t for t in found if t.platform["id"] not in same]
    return args.part.of(chosen) if args.part else chosen


def _ask(work: Work, chosen: Sequence[Target], today: date) -> int:
    from observatoire import harvest
    from observatoire.harvest import session
    from observatoire.harvest.recorded import Recorded

    args = work.args
    cache = None if args.sans_cache else args.cache or work.root / KEPT / "cache"
    places = session.Places(cache, args.enregistrer, args.rejouer)
    with session.shelves(places) as shelves:
        if shelves.record:
            bases = {t.platform["id"]: t.base for t in chosen if t.base}
            about = Recorded(today, tuple(t.platform["id"] for t in chosen), bases)
            session.start(shelves.record, about)
        with _bars(chosen, work.screen) as tick:
            outcomes = harvest.gather(work.register, chosen, today, tick=tick, shelves=shelves)
        if args.part:
            session.forget_failures(shelves, outcomes)
            return _set_aside(work, outcomes, today)
        result = harvest.merge(work.register, outcomes, today, trusted=args.confirmer)
        session.forget_failures(shelves, result.outcomes)
        # Before the shelves close: a full disk there must not lose the harvest.
        return _finish(work, result)


def _set_aside(work: Work, outcomes: Sequence[Outcome], today: date) -> int:
    """Write one part of a harvest, for « --assembler »."""
    from observatoire import files
    from observatoire.harvest import parts, report

    share, dry = work.args.part, work.args.a_blanc
    folder = work.args.parties or work.root / KEPT / "parties"
    if not dry:
        files.write(folder, {share.file: parts.write(parts.Part(share, today, tuple(outcomes)))})
    for line in report.failures(outcomes):
        work.screen.error(line)
    work.screen.say(report.cost(outcomes))
    verb = "serait" if dry else "est"
    work.screen.say(f"La partie {share.number} sur {share.total} {verb} dans {folder}.")
    return 0


def _assemble(work: Work) -> int:
    from observatoire import harvest
    from observatoire.files import Folder
    from observatoire.harvest import parts, report
    from observatoire.harvest.model import FOLDER

    schema = work.register.schema(FOLDER)
    found = {
        str(folder / name): parts.read(Folder(folder).read(name) or b"", name, schema)
        for folder in work.args.assembler
        for name in Folder(folder).names("")
        if parts.FILE.fullmatch(name.rpartition("/")[2])
    }
    outcomes, today, missing = parts.assemble(found)
    chosen = _chosen(work, None)
    if chosen is None:
        return 2
    if missing:
        heard = {o.plateforme for o in outcomes}
        silent = [t.platform["id"] for t in chosen if t.platform["id"] not in heard]
        work.screen.error(report.missing(missing, silent))
    result = harvest.merge(work.register, outcomes, today, trusted=work.args.confirmer)
    return max(_finish(work, result), 1 if missing else 0)


def _finish(work: Work, result: Harvest) -> int:
    """Write and tell."""
    from observatoire import files, heard

    dry = work.args.a_blanc
    if not dry:
        files.write(work.root, {**result.changes, heard.PATH: heard.write(result.outcomes)})
    _report(result, work.screen, dry=dry)
    return 1 if result.outcomes and len(result.failures) == len(result.outcomes) else 0


@contextmanager
def _bars(chosen: Sequence[Target], screen: Screen) -> Iterator[Tick]:
    """One progress bar per source, in platforms."""
    headers = [target.connector.SOURCE for target in chosen]
    titles = {header.id: header.title for header in headers}
    with screen.bars(Counter(header.title for header in headers)) as bars:
        yield lambda source: bars[titles[source]].advance()


def _report(result: Harvest, screen: Screen, *, dry: bool) -> None:
    from observatoire.harvest import report

    if not result.outcomes:
        screen.say(
            "Aucune plateforme à moissonner : aucune n'a une technologie que l'on sait lire."
        )
        return
    for line in report.table(result.outcomes):
        screen.say(line)
    for line in report.failures(result.failures):
        screen.error(line)
    for line in report.moves(result.outcomes):
        screen.error(line)
    screen.say(report.cost(result.outcomes))
    verb = "changerait" if dry else "change"
    changed = ", ".join(sorted(result.changes))
    screen.say(f"Ce qui {verb} : {changed}." if changed else "Rien n'a changé.")


def _share(text: str) -> Share:
    from observatoire.harvest import parts

    try:
        return parts.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas une partie : écrivez par exemple 3/8"
        ) from None
