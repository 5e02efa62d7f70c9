"""`observatoire requests`: read, merge, close the merge requests of the local forge."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from observatoire import arguments
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.git import Person
    from observatoire.propose.forges.local import LocalForge

HELP = "lire, fusionner ou fermer les demandes de la forge locale"
EPILOG = """\
Exemples :
  observatoire requests list            les demandes, ouvertes d'abord
  observatoire requests show 3          le texte de la demande 3 (--diff : avec les lignes)
  observatoire requests merge 3         l'accepter : main avance dans la forge locale
  observatoire requests close 3         la refuser : elle ne reviendra que si la source change
  observatoire requests label 3 bot::pause     le robot n'y touche plus (--retirer : il reprend)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="les demandes, ouvertes d'abord")
    show = actions.add_parser("show", help="le texte d'une demande")
    show.add_argument("--diff", action="store_true", help="montrer aussi les lignes modifiées")
    merge = actions.add_parser("merge", help="accepter une demande : la fusionner dans main")
    merge.add_argument(
        "--brouillon", action="store_true", help="fusionner même un brouillon (anomalie vérifiée)"
    )
    close = actions.add_parser("close", help="refuser une demande : la fermer sans fusionner")
    label = actions.add_parser("label", help="poser ou retirer une étiquette")
    label.add_argument("--retirer", action="store_true", help="retirer l'étiquette")
    for one in (show, merge, close, label):
        one.add_argument(
            "numero", type=arguments.whole, metavar="N", help="le numéro de la demande"
        )
    label.add_argument("etiquette", metavar="ETIQUETTE", help="bot::pause, bot::reprendre...")


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Do the action on the local forge of the register."""
    from observatoire.propose.forges import local
    from observatoire.register import find_root

    root = find_root(args.depot or Path.cwd())
    desk = Desk(local.connect(root, os.environ), root, screen)
    acts = {
        "list": desk.list,
        "show": desk.show,
        "merge": desk.merge,
        "close": desk.close,
        "label": desk.label,
    }
    return acts[args.action](args)


class Desk(NamedTuple):
    """A person in front of the local forge."""

    forge: LocalForge
    root: Path
    screen: Screen

    def list(self, _: argparse.Namespace) -> int:
        """One line per request, the open ones first."""
        from observatoire.propose.page import STATES

        found = sorted(self.forge.all(), key=lambda r: (r.state != "ouverte", -r.number))
        for request in found:
            labels = "".join(f" [{name}]" for name in request.labels)
            state = STATES[request.state]
            self.screen.say(f"{request.number:>4}  {state:<18}  {request.title}{labels}")
        if not found:
            self.screen.say("Aucune demande : « observatoire propose » en ouvre au besoin.")
        return 0

    def show(self, args: argparse.Namespace) -> int:
        """The page of a request, with its lines if asked."""
        request = self.forge.get(args.numero)
        self.screen.say(Path(request.place).read_text("utf-8").rstrip())
        if args.diff:
            self.screen.say(f"\n{self.forge.diff(request)}")
        return 0

    def merge(self, args: argparse.Namespace) -> int:
        """Accept a request; a draft only when the person says so."""
        from observatoire.git import MergeConflict

        if self.forge.get(args.numero).draft and not args.brouillon:
            self.screen.error(
                f"la demande {args.numero} est un brouillon, sa moisson n'est pas normale :"
                " lisez-la, puis ajoutez --brouillon si elle est juste."
            )
            return 1
        try:
            self.forge.merge(args.numero, self._person(), _now())
        except MergeConflict as conflict:
            self.screen.error(
                f"la demande {args.numero} ne peut pas être fusionnée, main a changé au même"
                f" endroit ({', '.join(conflict.paths)}) : relancez « observatoire propose »."
            )
            return 1
        target, remote = self.forge.target, self.forge.remote
        self.screen.say(
            f"Demande {args.numero} fusionnée dans « {target} » de la forge locale.\n"
            "Pour l'avoir dans ce dossier (elle contient la moisson proposée) :\n"
            f"  git stash push -u -- data/moissons && git pull {remote} {target}"
        )
        return 0

    def close(self, args: argparse.Namespace) -> int:
        """Refuse a request."""
        self.forge.close(args.numero, self.forge.get(args.numero).body, _now())
        self.screen.say(
            f"Demande {args.numero} fermée sans fusion : elle ne reviendra que si la source dit"
            " autre chose."
        )
        return 0

    def label(self, args: argparse.Namespace) -> int:
        """Put a label on, or take it off."""
        act = self.forge.unlabel if args.retirer else self.forge.label
        act(args.numero, args.etiquette)
        labels = ", ".join(self.forge.get(args.numero).labels) or "aucune"
        self.screen.say(f"Étiquettes de la demande {args.numero} : {labels}.")
        return 0

    def _person(self) -> Person:
        """Who merges, as this person's Git is set."""
        from observatoire.git import Person, Repo

        repo = Repo(self.root)
        name, email = (repo.setting(f"user.{part}") for part in ("name", "email"))
        return Person(name or "Mainteneur", email or "mainteneur@observatoire.invalid")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
