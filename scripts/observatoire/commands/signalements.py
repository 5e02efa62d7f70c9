"""`observatoire signalements`: turn structured issues into merge requests, or answer them."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import dated, whole
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.signalement.answer import Answer
    from observatoire.signalement.desk import Desk

HELP = "lire les tickets « Signaler… » : une proposition chacun, ou une réponse qui dit quoi écrire"
EPILOG = """\
Un ticket ouvert avec un modèle « Signaler… » est lu comme une donnée, passé aux mêmes contrôles que
toute contribution, et devient une demande de fusion (branche bot-signalement-N) qui nomme son
auteur ; sinon une note, une seule, tenue à jour, dit ce qui manque. Un ticket modifié met la
demande à jour ; un ticket fermé la retire. Un ticket confidentiel n'est jamais lu.

Exemples :
  observatoire signalements                         tous les tickets ouverts
  observatoire signalements --a-blanc               montrer ce qui serait proposé et répondu
  observatoire signalements --essai ticket.md       ce que deviendrait ce texte
  observatoire signalements --deposer ticket.md     ouvrir un ticket dans la forge locale
  observatoire signalements --modeles               écrire les modèles de tickets"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--ticket", type=whole, metavar="N", help="seulement ce ticket")
    act.add_argument(
        "--essai", type=Path, metavar="FICHIER", help="lire ce texte au lieu des tickets"
    )
    act.add_argument(
        "--deposer", type=Path, metavar="FICHIER", help="en faire un ticket de la forge locale"
    )
    act.add_argument(
        "--modeles", action="store_true", help="écrire les modèles de .gitlab et de .github"
    )
    parser.add_argument(
        "--auteur", default="visiteur", metavar="NOM", help="qui dépose (par défaut : visiteur)"
    )
    dated(parser)
    parser.add_argument(
        "--a-blanc", action="store_true", help="montrer, sans rien écrire nulle part"
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Read each issue, propose or answer; 1 when a person must look at one of them."""
    from observatoire.register import find_root

    root = find_root(args.depot or Path.cwd())
    if args.modeles:
        return _templates(root, screen)
    if args.deposer:
        return _deposit(root, args, screen)
    desk = _desk(root, args)
    if desk is None:
        screen.error("ce jeton ne lit pas les tickets : donnez OBSERVATOIRE_JETON (portée api).")
        return 2
    if args.essai:
        return _try(desk, args, screen)
    if args.ticket is not None:
        desk.opened = [t for t in desk.opened if t.number == args.ticket]
    return _show(desk, screen) if args.a_blanc else _settle(desk, args, screen)


def _desk(root: Path, args: argparse.Namespace) -> Desk | None:
    from observatoire.git import Repo
    from observatoire.propose import forges
    from observatoire.propose.bot import Bot
    from observatoire.propose.forges.tickets import tickets_of
    from observatoire.signalement.desk import Desk

    forge = forges.connect(root, os.environ)
    repo = Repo(root, forge.variables)
    tickets = tickets_of(forge)
    if tickets is None:
        return None
    today = (args.date or date.today()).isoformat()
    if not (args.a_blanc or args.essai):
        forge.prepare(repo)
    return Desk(Bot(repo, forge, forge.base(repo), today), tickets)


def _settle(desk: Desk, args: argparse.Namespace, screen: Screen) -> int:
    trouble = False
    done = 0
    for one in desk.settle_all(only=args.ticket is not None):
        say = screen.error if one.trouble else screen.say
        say(f"ticket {one.number} : {one.sentence}")
        trouble |= one.trouble
        done += 1
    if not done:
        screen.say("Aucun signalement : pas de ticket ouvert qui suive un modèle « Signaler… ».")
    return 1 if trouble else 0


def _show(desk: Desk, screen: Screen) -> int:
    """Print what would be proposed and said; nothing is written, not even a Git object."""
    from observatoire.french import counted

    reports = desk.reports()
    for ticket, reading in reports:
        screen.say(f"ticket {ticket.number} : {ticket.place}")
        _print(desk, desk.examine(ticket, reading), screen)
    screen.say(f"{counted(len(reports), 'signalement lu')}. À blanc : rien n'a été écrit.")
    return 0


def _try(desk: Desk, args: argparse.Namespace, screen: Screen) -> int:
    """What a text would become, were it an issue."""
    from observatoire.propose.forges.tickets import Ticket
    from observatoire.signalement.forms import forms
    from observatoire.signalement.reading import read

    body = args.essai.read_text("utf-8", "replace")
    reading = read(body, (), forms())
    if reading is None:
        screen.error("ce texte ne suit aucun modèle « Signaler… » : gardez les titres du modèle.")
        return 1
    ticket = Ticket(0, args.essai.stem, body, args.auteur, (), str(args.essai))
    answer = desk.examine(ticket, reading)
    _print(desk, answer, screen)
    return 0 if answer.ready else 1


def _print(desk: Desk, answer: Answer, screen: Screen) -> None:
    from observatoire.signalement.desk import told

    wish = answer.proposal()
    if wish is None:
        screen.say(f"Réponse :\n\n{told(answer)[0]}\n")
        return
    screen.say(f"Branche : {wish.branch}\nTitre : {wish.title}\n\n{wish.body}")
    repo, base = desk.bot.repo, desk.bot.base
    with repo.quarantine() as apart:
        screen.say(apart.diff(base, apart.write_tree(base, wish.changes)))


def _templates(root: Path, screen: Screen) -> int:
    from observatoire import files
    from observatoire.french import counted
    from observatoire.signalement import templates
    from observatoire.signalement.forms import forms

    written = files.write(root, templates.files(forms()))
    screen.say(f"Modèles de tickets : {counted(len(written), 'fichier')} mis à jour.")
    return 0


def _deposit(root: Path, args: argparse.Namespace, screen: Screen) -> int:
    from observatoire.propose.forges import local
    from observatoire.propose.forges.local_tickets import LocalTickets

    forge = local.connect(root, os.environ)
    body = args.deposer.read_text("utf-8", "replace")
    made = LocalTickets(forge.folder).deposit(args.deposer.stem, body, args.auteur)
    screen.say(f"Ticket {made.number} ouvert dans la forge locale.\n  {made.place}")
    return 0
