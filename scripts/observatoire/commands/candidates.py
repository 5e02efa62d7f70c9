"""`observatoire candidates`: portals that others list and the register lacks."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.detection import Verdict
    from observatoire.detection.candidates import Candidate

HELP = "lister les portails que le registre ne connaît pas encore"
EPILOG = """\
Deux listes de départ : l'index mondial des portails (Common Data Index, CC-BY 4.0) et le catalogue
des moissonneurs de data.gouv.fr (harvest.csv, Licence Ouverte 2.0). Un portail dont le site est
déjà au registre est écarté ; la colonne « voisines » nomme les plateformes du même domaine.
Rien n'est ajouté au registre : le tableau est à relire.

Exemples :
  observatoire candidates --index fr_local_portals_1.csv fr_local_portals_2.csv
  observatoire candidates --moissonneurs harvest.csv --verifier"""

TARGET = "rapport/plateformes-candidates.csv"
LONGEST_CELL = 2**20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--index", type=Path, nargs="+", default=[], metavar="FICHIER", help="index mondial (CSV)"
    )
    parser.add_argument(
        "--moissonneurs", type=Path, metavar="FICHIER", help="harvest.csv de data.gouv.fr"
    )
    parser.add_argument(
        "--verifier",
        action="store_true",
        help="interroger chaque portail : technologie, API, preuve",
    )
    parser.add_argument(
        "--permettre",
        action="append",
        default=[],
        metavar="ADRESSE",
        help="adresse privée qu'il est permis d'interroger (portail simulé)",
    )
    parser.add_argument(
        "--vers",
        type=Path,
        metavar="FICHIER",
        help=f"tableau à écrire (par défaut : {TARGET})",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Read the lists, set the register aside, write what remains."""
    from observatoire import files
    from observatoire.detection import candidates, sheet
    from observatoire.register import Register, find_root
    from observatoire.sources import discover

    if not args.index and not args.moissonneurs:
        screen.error("donnez une liste : --index FICHIER, --moissonneurs FICHIER, ou les deux.")
        return 2
    root = find_root(args.depot or Path.cwd())
    platforms = list(Register(files.Folder(root)).table("plateformes").records())
    listed: list[Candidate] = []
    for path in args.index:
        listed += candidates.of_index(_rows(path, candidates.INDEX_COLUMNS, ","))
    if args.moissonneurs:
        rows = _rows(args.moissonneurs, candidates.HARVESTER_COLUMNS, ";")
        listed += candidates.of_harvesters(rows)
    found = candidates.lacking(listed, platforms)
    verdicts = _verified([c.url for c, _ in found], args, screen) if args.verifier else {}
    readable = {t for c in discover().values() for t in c.SOURCE.technos}
    taken = {p["id"] for p in platforms}
    table = sheet.candidates(found, verdicts, readable=readable, taken=taken)
    target = args.vers or root / TARGET
    files.write(target.parent, {target.name: table})
    neighbours = sum(bool(near) for _, near in found)
    screen.say(f"{len(listed)} portail(s) listé(s), {len(listed) - len(found)} écarté(s) :")
    screen.say("leur site est déjà au registre, ou plus haut dans la liste.")
    screen.say(
        f"{len(found)} candidat(s) dans {target}, dont {neighbours} sur le domaine d'une"
        " plateforme du registre."
    )
    return 0


def _rows(path: Path, columns: Sequence[str], separator: str) -> Iterator[Mapping[str, str]]:
    """The rows of somebody else's table; raises Malformed when it is not that table."""
    from observatoire import intake
    from observatoire.model import Finding, Malformed

    try:
        text = intake.decode(path.read_bytes(), path.name)
    except OSError as error:
        raise Malformed(Finding("illisible", f"{error.strerror}.", file=str(path))) from None
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    missing = [c for c in columns if c not in (reader.fieldnames or ())]
    if missing:
        message = f"il manque la colonne « {missing[0]} » : ce n'est pas la liste attendue."
        raise Malformed(Finding("colonnes", message, file=path.name, line=1))
    try:
        for row in reader:
            yield {name: row[name] or "" for name in columns}
    except csv.Error:
        message = "une ligne est mal formée."
        raise Malformed(
            Finding("ligne-illisible", message, file=path.name, line=reader.line_num)
        ) from None


def _verified(
    urls: Sequence[str], args: argparse.Namespace, screen: Screen
) -> Mapping[str, Verdict]:
    from observatoire.detection.survey import survey

    with screen.bar("Portails", len(urls)) as bar:
        found = survey(urls, allowed=args.permettre, tick=bar.advance)
    return dict(zip(urls, found, strict=True))
