"""`observatoire simulate`: serve simulated portals on this machine, with faults to order."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire import arguments
from observatoire.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observatoire.demo.simulator import Portal
    from observatoire.model import Row
    from observatoire.register import Register

HELP = "simuler un portail sur cette machine, pour essayer la moisson sans réseau"
EPILOG = """\
Le portail simulé répond comme répond le logiciel de la plateforme, avec ce que le registre en
connaît (dernière moisson, ou publications). Il tourne jusqu'à Ctrl+C.

Pannes : accents, bombe, boucle, compte-gouttes, coupe, enorme, html, lent, limite, mouvant, muet,
panne, redirection, repete, sans-delai, sans-fin, tronque, type, vide.

Exemples :
  observatoire simulate
  observatoire simulate --plateforme rennes-metropole --port 8000 --latence 200 --panne html"""

PLATFORM = "data-gouv-fr"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--plateforme",
        default=PLATFORM,
        metavar="ID",
        help=f"plateforme du registre à simuler (par défaut : {PLATFORM})",
    )
    parser.add_argument(
        "--port", type=arguments.port, default=0, help="port (par défaut : un port libre)"
    )
    parser.add_argument(
        "--latence",
        type=arguments.whole,
        default=0,
        metavar="MS",
        help="délai de réponse, en millisecondes (par défaut : 0)",
    )
    parser.add_argument(
        "--panne", action="append", default=[], metavar="GENRE", help="panne du portail (voir fin)"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Serve until interrupted."""
    from observatoire.demo.faults import FAULTS
    from observatoire.demo.replay import accounts
    from observatoire.demo.simulator import Portal
    from observatoire.demo.technologies import FACES
    from observatoire.files import Folder
    from observatoire.register import Register, find_root

    unknown = sorted(set(args.panne) - set(FAULTS))
    if unknown:
        screen.error(f"panne inconnue : {', '.join(unknown)} (au choix : {', '.join(FAULTS)}).")
        return 2
    register = Register(Folder(find_root(args.depot or Path.cwd())))
    platform = register.keyed("plateformes").get((args.plateforme,))
    if platform is None or platform["techno"] not in FACES:
        what = "n'est pas dans le registre" if platform is None else "a un logiciel sans simulation"
        screen.error(f"la plateforme « {args.plateforme} » {what}.")
        return 2
    content = accounts(_known(register, platform))
    face = FACES[platform["techno"]](content)
    portal = Portal(face, args.latence / 1000, [FAULTS[n]() for n in args.panne], args.port)
    return _serve(portal, len(content), args.plateforme, screen)


def _serve(portal: Portal, size: int, platform: str, screen: Screen) -> int:
    from observatoire.demo.simulator import Simulator
    from observatoire.french import counted

    try:
        with Simulator(portal) as simulator:
            screen.say(f"{counted(size, 'publicateur simulé')} à l'adresse {portal.url}")
            screen.say("Pour les moissonner, dans un autre terminal :")
            screen.say(f"  observatoire harvest --a-blanc --base {platform}={portal.url}")
            screen.out.flush()
            simulator.wait()
    except OSError:
        screen.error(
            f"impossible d'ouvrir le port {portal.port} : il est pris, ou réservé au système ;"
            " choisissez-en un autre, ou aucun."
        )
        return 2
    except KeyboardInterrupt:
        screen.say("Simulation arrêtée.")
    return 0


def _known(register: Register, platform: Row) -> Iterable[Row]:
    """The publishers of a platform: its last harvest, or the register's own lines."""
    from observatoire.sources import discover

    for source, connector in discover().items():
        if platform["techno"] in connector.SOURCE.technos and register.has(f"moissons/{source}"):
            rows = register.table(f"moissons/{source}").records()
            return [r for r in rows if r["plateforme"] == platform["id"]]
    names = {r["siren"]: r["nom"] for r in register.table("organisations").records()}
    return [
        {**row, "nom": names.get(row["siren"], ""), "siren_declare": row["siren"]}
        for row in register.table("publications").records()
        if row["plateforme"] == platform["id"]
    ]
