"""`observatoire candidates`: portals that others list and the register lacks."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import based, dated, known, web
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.detection import Verdict
    from observatoire.detection.candidates import Candidate
    from observatoire.register import Register

HELP = "lister les portails que le registre ne connaît pas encore"
EPILOG = """\
Deux listes de départ : l'index mondial des portails (Common Data Index, CC-BY 4.0) et le catalogue
des moissonneurs de data.gouv.fr (harvest.csv, Licence Ouverte 2.0). Un portail dont le site est
déjà au registre est écarté ; la colonne « voisines » nomme les plateformes du même domaine.
Sans liste, celle des moissonneurs est demandée à data.gouv.fr, et chaque portail est interrogé.
Rien n'est ajouté au registre : le tableau est à relire. Des portails interrogés, ceux dont l'API
est reconnue et se lit deviennent une demande de fusion par « observatoire propose ».

Exemples :
  observatoire candidates
  observatoire propose --source portails
  observatoire candidates --index fr_local_portals_1.csv fr_local_portals_2.csv
  observatoire candidates --moissonneurs harvest.csv --verifier"""

TARGET = "rapport/plateformes-candidates.csv"
CATALOGUE = "data-gouv-fr"


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
    based(parser, "interroger data.gouv.fr (data-gouv-fr)")
    parser.add_argument(
        "--permettre",
        action="append",
        default=[],
        type=web,
        metavar="ADRESSE",
        help="adresse privée qu'il est permis d'interroger (portail simulé)",
    )
    parser.add_argument(
        "--vers",
        type=Path,
        metavar="FICHIER",
        help=f"tableau à écrire (par défaut : {TARGET})",
    )
    dated(parser, "date de la recherche")
    parser.add_argument("--a-blanc", action="store_true", help="tout faire, sans rien écrire")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Read the lists, set the register aside, write what remains."""
    from observatoire import files
    from observatoire.detection import candidates, plan, sheet
    from observatoire.french import counted
    from observatoire.register import Register, find_root
    from observatoire.sources import discover

    if not known(screen, "plateforme", dict(args.base), [CATALOGUE]):
        return 2
    root = find_root(args.depot or Path.cwd())
    register = Register(files.Folder(root))
    listed = _listed(args, register)
    platforms = list(register.table("plateformes").records())
    found = candidates.lacking(listed, platforms)
    asked = args.verifier or not (args.index or args.moissonneurs)
    verdicts = _verified([c.url for c, _ in found], args, screen) if asked else {}
    readable = {t for c in discover().values() for t in c.SOURCE.technos}
    taken = {p["id"] for p in platforms}
    table = sheet.candidates(found, verdicts, readable=readable, taken=taken)
    schema = register.schema("plateformes")
    lines = plan.lines(found, verdicts, schema, readable=readable, taken=taken)
    portals = plan.Portals(args.date or date.today(), tuple(lines))
    target = args.vers or root / TARGET
    if not args.a_blanc:
        files.write(target.parent, {target.name: table})
        if asked:
            files.write(root, {plan.PATH: plan.write(portals)})
    apart = counted(len(listed) - len(found), "écarté")
    screen.say(f"{counted(len(listed), 'portail listé')}, {apart} :")
    screen.say("leur site est déjà au registre, ou plus haut dans la liste.")
    near = sum(bool(neighbours) for _, neighbours in found)
    verb = "seraient dans" if args.a_blanc else "dans"
    screen.say(
        f"{counted(len(found), 'candidat')} {verb} {target}, dont {near} sur le domaine d'une"
        " plateforme du registre."
    )
    if asked:
        screen.say(f"{len(lines)} à proposer : leur API est reconnue, et se lit.")
    return 0


def _listed(args: argparse.Namespace, register: Register) -> list[Candidate]:
    """The portals of the lists; without a list, those that data.gouv.fr harvests: SourceError."""
    from observatoire.detection import candidates, lists

    listed: list[Candidate] = []
    for path in args.index:
        listed += candidates.of_index(lists.read(path, candidates.INDEX_COLUMNS, ","))
    if args.moissonneurs:
        rows = lists.read(args.moissonneurs, candidates.HARVESTER_COLUMNS, ";")
        listed += candidates.of_harvesters(rows)
    elif not args.index:
        bases = dict(args.base)
        urls = (p["url"] for p in register.table("plateformes").records() if p["id"] == CATALOGUE)
        base = bases.get(CATALOGUE) or next(urls, "https://www.data.gouv.fr")
        content = lists.download(base, bases.values())
        rows = lists.rows(content, "harvests.csv", candidates.HARVESTER_COLUMNS, ";")
        listed += candidates.of_harvesters(rows)
    return listed


def _verified(
    urls: Sequence[str], args: argparse.Namespace, screen: Screen
) -> Mapping[str, Verdict]:
    from observatoire.detection.survey import survey

    with screen.bar("Portails", len(urls)) as bar:
        found = survey(urls, allowed=args.permettre, tick=bar.advance)
    return dict(zip(urls, found, strict=True))
