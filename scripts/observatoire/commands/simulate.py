"""`observatoire simulate`: serve simulated portals on this machine, with faults to order."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observatoire.demo.faces import Fault
    from observatoire.model import Row
    from observatoire.register import Register

HELP = "simuler un portail sur cette machine, pour essayer la moisson sans réseau"
EPILOG = """\
Le portail simulé répond comme data.gouv.fr, avec ce que le registre en connaît (dernière moisson,
ou publications). Il tourne jusqu'à Ctrl+C.

Pannes : coupe, html, limite, muet, panne, redirection, sans-fin, tronque.

Exemples :
  observatoire simulate
  observatoire simulate --port 8000 --latence 200 --panne html"""

PLATFORM = "data-gouv-fr"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--port", type=int, default=0, help="port (par défaut : un port libre)")
    parser.add_argument(
        "--latence", type=int, default=0, metavar="MS", help="délai de réponse en millisecondes"
    )
    parser.add_argument(
        "--panne", action="append", default=[], metavar="GENRE", help="panne du portail (voir fin)"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Serve until interrupted."""
    from observatoire.demo.datagouv import DataGouv
    from observatoire.demo.faces import FAULTS
    from observatoire.demo.replay import accounts
    from observatoire.demo.simulator import Portal, Simulator
    from observatoire.files import Folder
    from observatoire.register import Register, find_root

    unknown = sorted(set(args.panne) - set(FAULTS))
    if unknown:
        screen.error(f"panne inconnue : {', '.join(unknown)} (au choix : {', '.join(FAULTS)}).")
        return 2
    register = Register(Folder(find_root(args.depot or Path.cwd())))
    faults: list[Fault] = [FAULTS[name]() for name in args.panne]
    content = accounts(_known(register))
    portal = Portal(DataGouv(content), args.latence / 1000, faults, args.port)
    try:
        with Simulator(portal) as simulator:
            screen.say(f"{len(content)} publicateur(s) simulé(s) à l'adresse {portal.url}")
            screen.say("Pour les moissonner, dans un autre terminal :")
            screen.say(f"  observatoire harvest --a-blanc --base {PLATFORM}={portal.url}")
            screen.out.flush()
            simulator.wait()
    except OSError as error:
        screen.error(f"impossible d'ouvrir le port {args.port} : {error.strerror}.")
        return 2
    except KeyboardInterrupt:
        screen.say("Simulation arrêtée.")
    return 0


def _known(register: Register) -> Iterable[Row]:
    """The publishers of the platform: its last harvest, or the register's own lines."""
    if register.has("moissons/datagouv"):
        rows = register.table("moissons/datagouv").records()
        return [r for r in rows if r["plateforme"] == PLATFORM]
    names = {r["siren"]: r["nom"] for r in register.table("organisations").records()}
    return [
        {**row, "nom": names.get(row["siren"], ""), "siren_declare": row["siren"]}
        for row in register.table("publications").records()
        if row["plateforme"] == PLATFORM
    ]
