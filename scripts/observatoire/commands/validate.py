"""`observatoire validate`: check the tables and say in French what is wrong and what to write."""

from __future__ import annotations

import argparse
import gc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.register import Register
    from observatoire.validate.frame import Language
    from observatoire.validate.report import Report

HELP = "vérifier les tables du registre et dire quoi corriger"

PIPELINE = {"junit": "junit.xml", "codequality": "qualite.json", "markdown": "rapport.md"}
"""The forms that a forge shows beside a merge request, and the files that hold them."""
FORMATS = (
    "terminal",
    "resume",
    "markdown",
    "json",
    "junit",
    "codequality",
    "github",
    "suggestions",
)

EPILOG = """\
Exemples :
  observatoire validate                        tout le registre
  observatoire validate organisations          une seule table (nom ou chemin du fichier)
  observatoire validate --depuis main          seulement ce que vous avez changé depuis main
  observatoire validate --langue en            le même rapport en anglais
  observatoire validate --format json --sortie rapport.json

Les erreurs empêchent de publier, les conseils non. Code de sortie : 0 sans erreur, 1 avec au moins
une erreur, 2 si la commande est mal écrite ou n'a pas pu aller au bout."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The tables, the version to compare with, the form of the report and where it goes."""
    parser.add_argument(
        "tables", nargs="*", metavar="TABLE", help="les tables à vérifier (par défaut : toutes)"
    )
    parser.add_argument(
        "--depuis",
        metavar="REF",
        help="ne reprocher que ce qui a changé depuis cette branche, étiquette ou ce commit",
    )
    parser.add_argument(
        "--format",
        default="terminal",
        choices=FORMATS,
        metavar="FORME",
        help=f"forme du rapport : {', '.join(FORMATS)} (par défaut : terminal)",
    )
    parser.add_argument(
        "--langue",
        default="fr",
        choices=("fr", "en"),
        help="langue du rapport : fr (par défaut), ou en, qui dit la même chose en anglais",
    )
    parser.add_argument(
        "--page", action="store_true", help="écrire docs/controles.md, la page des contrôles"
    )
    parser.add_argument(
        "--sortie", type=Path, metavar="FICHIER", help="écrire le rapport dans ce fichier"
    )
    parser.add_argument(
        "--rapports",
        type=Path,
        metavar="DOSSIER",
        help=f"écrire aussi les rapports que montre une forge : {', '.join(PIPELINE.values())}",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Validate, write the report, and return 1 when something blocks."""
    gc.disable()  # millions of cells and no cycle: looking for some takes a tenth of the time
    from observatoire.files import Folder
    from observatoire.register import Register, find_root
    from observatoire.validate import engine, frame

    root = find_root(args.depot or Path.cwd())
    if args.page:
        return _page(root, screen)
    register = Register(Folder(root))
    names, unknown = engine.select(register, args.tables)
    if unknown:
        for name in unknown:
            screen.error(_unknown(name, register.names(), args.langue))
        return 2
    today = datetime.now(UTC).date()
    if args.depuis:
        since = _since(register, root, args.depuis, names if args.tables else [], today)
        if since is None:
            screen.error(frame.Frame(args.langue).say("unknown version", args.depuis))
            return 2
        report = since
    else:
        report = engine.run(register, today, names)
    if args.langue == "en":
        report = frame.in_english(report, engine.english_titles())
    _tell(report, args, screen)
    return 1 if report.errors else 0


def _tell(report: Report, args: argparse.Namespace, screen: Screen) -> None:
    """Write the report in the forms that are wanted, where they are wanted."""
    from observatoire.validate import frame, reports

    if args.rapports:
        args.rapports.mkdir(parents=True, exist_ok=True)
        for form, name in PIPELINE.items():
            (args.rapports / name).write_text(reports.renderer(form)(report), encoding="utf-8")
    text = reports.renderer(args.format)(report)
    if args.sortie:
        from observatoire.validate.reports import terminal

        args.sortie.parent.mkdir(parents=True, exist_ok=True)
        args.sortie.write_text(text, encoding="utf-8")
        done = frame.Frame(args.langue).say("written", args.sortie)
        screen.say(f"{terminal.verdict(report)} {done}")
    else:
        screen.say(text.rstrip("\n"))


def _since(
    register: Register, root: Path, ref: str, names: list[str], today: date
) -> Report | None:
    """What changed since this work left ``ref``; None when git knows no such version."""
    from functools import partial

    from observatoire.files import Folder
    from observatoire.git.reader import Reader
    from observatoire.register import Register
    from observatoire.validate import engine, remembered
    from observatoire.validate.start import Start

    repo = Reader(root)
    commit = repo.resolve(ref)
    if commit is None:
        return None
    fork = repo.merge_base(commit, "HEAD") or commit
    place = root / ".git"
    if not place.is_dir():  # a linked working tree
        place = root / repo.line("rev-parse", "--git-common-dir")
    stamp = remembered.stamp(fork, today.isoformat())
    known = None if names else remembered.load(place, stamp)
    start = Start(repo, fork, Folder(root), partial(remembered.copy, place))
    report = engine.run(register, today, names, Register(start), known)
    if report.base and not names and known is None:
        remembered.save(place, stamp, report.base)
    remembered.keep(place, start.contents)
    return report


def _page(root: Path, screen: Screen) -> int:
    from observatoire.files import write
    from observatoire.validate import engine, page

    done = write(root, {page.PATH: page.render(engine.discover()).encode()})
    screen.say(f"{page.PATH} : {'mis à jour' if done else 'déjà à jour'}.")
    return 0


def _unknown(name: str, known: list[str], language: Language) -> str:
    from observatoire.validate.frame import Frame, quoted
    from observatoire.words import closest, quote

    say = Frame(language).say
    near = closest(name, known)
    hint = say("did you mean", quote(near)) if near else say("tables", ", ".join(known))
    sentence = say("unknown table", quote(name), hint)
    return quoted(sentence) if language == "en" else sentence
