"""`observatoire demo`: the whole loop on a scratch copy, against simulated portals."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.demo.backtest import Score, Truth
    from observatoire.demo.story import Traces
    from observatoire.propose.forges import MergeRequest

HELP = "montrer toute la boucle sur une copie, avec des portails simulés"
EPILOG = """\
Le registre est remis à son état d'octobre 2022 dans une copie ; data.gouv.fr, simulé sur cette
machine, répond ce que l'édition au 31 décembre 2022 a publié. Le robot doit retrouver seul ce que
des personnes avaient trouvé à la main. Rien n'est modifié dans votre dépôt."""

FOLDER = ".observatoire/demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--copie",
        type=Path,
        metavar="DOSSIER",
        help=f"où mettre la copie (par défaut : {FOLDER} ; elle est remplacée à chaque fois)",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Set the stage, run the loop, accept the proposal, run it again, tell."""
    from observatoire.demo import backtest, scratch, story
    from observatoire.demo.simulator import Portal, Simulator
    from observatoire.files import Folder
    from observatoire.propose.forges.local import LocalForge
    from observatoire.reference.lookup import load
    from observatoire.register import Register, find_root

    start = time.monotonic()
    root = find_root(args.depot or Path.cwd())
    here = Register(Folder(root))
    screen.say("── Préparer : le registre d'octobre 2022, dans une copie")
    folder = scratch.prepare(root, args.copie or root / FOLDER)
    screen.say(f"Copie : {folder}")
    portal = Portal(backtest.portal(here, load(here, "2022")), latency=0.02)
    forge = LocalForge(folder / ".observatoire/forge")
    with Simulator(portal):
        loop = (
            *("run", "--depot", str(folder), "--date", backtest.DAY),
            *("--plateforme", backtest.PLATFORM, "--base", f"{backtest.PLATFORM}={portal.url}"),
        )
        status = int(args.call(*loop))
        if status:
            return status
        request = forge.all()[0]
        score = _score(folder, backtest.truth(here))
        screen.say("\n── Accepter : une personne relit la demande et la fusionne")
        forge.merge(request.number, scratch.WHO, backtest.DAY)
        scratch.follow(folder, forge.remote)
        screen.say(f"Demande {request.number} fusionnée.")
        screen.say("\n── Recommencer : les portails n'ont pas changé")
        status = int(args.call(*loop, "--publier"))
    if status:
        return status
    screen.say("\n══ Ce que montre cette démonstration\n")
    for line in story.tell(score, _traces(folder, request, time.monotonic() - start)):
        screen.say(line)
    return 0


def _score(folder: Path, found: Truth) -> Score:
    """What the bot has just proposed, beside what people found."""
    from observatoire import git, reconcile
    from observatoire.demo import backtest
    from observatoire.files import Folder, Overlay
    from observatoire.reference.lookup import load
    from observatoire.register import Register

    committed = git.Tree(git.Repo(folder), "HEAD")
    register = Register(committed)
    name = "moissons/datagouv"
    theirs = Register(Folder(folder)).table(name)
    plan = reconcile.plan(
        "datagouv", register.table(name), theirs, register, load(register), backtest.DAY
    )
    after = Register(Overlay(committed, reconcile.apply(register, plan, theirs)))
    return backtest.score(plan, after.table("publications"), found)


def _traces(folder: Path, request: MergeRequest, seconds: float) -> Traces:
    from observatoire import git
    from observatoire.demo.story import Traces

    tags = git.Repo(folder).line("tag", "--list", "--sort=-creatordate").split()
    return Traces(
        request=request.place,
        title=request.title,
        tag=tags[0] if tags else "aucune",
        page=str(folder / "public/index.html"),
        seconds=seconds,
    )
