"""`observatoire demo`: the whole loop on a scratch copy, against simulated portals."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.demo.backtest import Score, Truth
    from observatoire.propose.forges.local import LocalForge

HELP = "montrer toute la boucle sur une copie, avec des portails simulés"
EPILOG = """\
Le registre est remis à son état d'octobre 2022 dans une copie ; les portails, simulés sur cette
machine, répondent ce que l'édition au 31 décembre 2022 a publié. Le robot doit retrouver seul ce
que des personnes avaient trouvé à la main. Rien n'est modifié dans votre dépôt.

Exemples :
  observatoire demo
  observatoire demo --copie /tmp/essai     la copie ailleurs"""

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
    """Show the loop, far from any real forge."""
    from observatoire.demo import scratch

    with scratch.offline():
        return _show(args, screen)


def _show(args: argparse.Namespace, screen: Screen) -> int:
    """Set the stage, run the loop, accept the proposals, run it again, tell."""
    from observatoire.demo import backtest, portals, scratch, story
    from observatoire.demo.simulator import Portal, Simulator
    from observatoire.files import Folder
    from observatoire.propose.forges.local import LocalForge
    from observatoire.reference.lookup import load
    from observatoire.register import Register, find_root

    start = time.monotonic()
    root = find_root(args.depot or Path.cwd())
    here = Register(Folder(root))
    reference = load(here, "2022")
    screen.say("── Préparer : le registre d'octobre 2022, dans une copie")
    folder = scratch.prepare(root, args.copie or root / FOLDER)
    screen.say(f"Copie : {folder}")
    stage = {n: Portal(f, latency=0.02) for n, f in portals.faces(here, reference).items()}
    forge = LocalForge(folder / ".observatoire/forge")
    with Simulator(*stage.values()):
        loop = ["run", "--depot", str(folder), "--date", backtest.DAY]
        for name, portal in stage.items():
            loop += ["--plateforme", name, "--base", f"{name}={portal.url}"]
        status = int(args.call(*loop))
        if status:
            return status
        scores = _scores(folder, backtest.truth(here, reference))
        screen.say("\n── Accepter : une personne relit les demandes et les fusionne")
        _accept(folder, forge, screen)
        requests = [(r.title, r.place) for r in forge.all()]
        screen.say("\n── Recommencer : les portails n'ont pas changé")
        status = int(args.call(*loop, "--publier"))
    if status:
        return status
    screen.say("\n══ Ce que montre cette démonstration\n")
    page = str(folder / "public/index.html")
    seconds = time.monotonic() - start
    for line in story.tell(scores, story.Traces(requests, _tag(folder), page, len(stage), seconds)):
        screen.say(line)
    return 0


def _accept(folder: Path, forge: LocalForge, screen: Screen) -> None:
    """Merge every open request; those that another puts out of date are first built again."""
    from observatoire.demo import backtest, scratch
    from observatoire.git import MergeConflict
    from observatoire.propose import round as rounds

    waiting = [r for r in forge.all() if r.state == "ouverte"]
    for _ in range(len(waiting)):  # each turn merges one at least
        for request in waiting:
            try:
                forge.merge(request.number, scratch.WHO, backtest.DAY)
            except MergeConflict:
                continue
            screen.say(f"Demande {request.number} fusionnée : {request.title}")
        scratch.follow(folder, forge.remote)
        again = rounds.start(folder, {}, backtest.DAY)
        again.forge.prepare(again.repo)
        for source in again.sources():
            again.propose(source)
        waiting = [r for r in forge.all() if r.state == "ouverte"]


def _scores(folder: Path, found: Truth) -> dict[str, Score]:
    """What the bot has just proposed for each source, beside what people found."""
    from observatoire import git, reconcile
    from observatoire.demo import backtest
    from observatoire.files import Folder, Overlay
    from observatoire.reference.lookup import load
    from observatoire.register import Register
    from observatoire.sources import discover

    committed = git.Tree(git.Repo(folder), "HEAD")
    register, harvested = Register(committed), Register(Folder(folder))
    reference = load(register)
    scores = {}
    for source, connector in discover().items():
        name = f"moissons/{source}"
        if harvested.has(name):
            theirs, base = harvested.table(name), register.table(name)
            plan = reconcile.plan(source, base, theirs, register, reference, backtest.DAY)
            after = Register(Overlay(committed, reconcile.apply(register, plan, theirs)))
            scores[connector.SOURCE.title] = backtest.score(
                plan, theirs, after.table("publications"), found
            )
    return scores


def _tag(folder: Path) -> str:
    from observatoire import git

    tags = git.Repo(folder).line("tag", "--list", "--sort=-creatordate").split()
    return tags[0] if tags else "aucune"
