"""The command `observatoire`: one sub-command per file of ``commands/``, found by discovery.

A command module has ``HELP`` (one French line), ``add_arguments(parser)`` and ``run(args, screen)
-> int``. Only the module of the command asked for does real imports, inside ``run``, so that
`observatoire --help` starts at once. Exit status: 0 done, 1 findings in the data, 2 wrong usage or
breakdown.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from observatoire import __version__, arguments, commands, usage
from observatoire.discovery import modules
from observatoire.model import Breakdown, Malformed, SourceError
from observatoire.screen import Screen

DESCRIPTION = """\
L'Observatoire open data des territoires : un registre dans Git, et son automatisation.

Les étapes, dans l'ordre : harvest (moissonner), reconcile (rapprocher), propose (proposer),
validate (valider), indicators (calculer), release (publier). « run » les enchaîne ; « demo » les
montre sur une copie, avec des portails simulés, sans rien modifier ici."""

EPILOG = """\
« observatoire COMMANDE --help » montre les options d'une commande, avec des exemples.

Code de sortie : 0 tout va bien, 1 quelque chose est à corriger, 2 la commande est mal écrite ou n'a
pas pu aller au bout."""

ALLOCATIONS = 50_000
"""Objects made before cycles are looked for."""


class Command(Protocol):
    """What a module of ``commands/`` offers."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, args: argparse.Namespace, screen: Screen) -> int:
        """Do the work and return the exit status."""
        ...


def discover(only: str = "") -> dict[str, Command]:
    """Every command by its name on the command line, or only the one that goes by a name."""
    names = modules(commands)
    words = {name.replace("_", "-"): name for name in names}
    wanted = {only: words[only]} if only in words else words
    return {
        word: cast(Command, importlib.import_module(f"{commands.__name__}.{name}"))
        for word, name in wanted.items()
    }


def parser(only: str = "") -> argparse.ArgumentParser:
    """The whole command line; the other commands are left aside when ``only`` names one."""
    usage.speak_french()
    top = argparse.ArgumentParser(
        prog="observatoire",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=usage.Formatter,
    )
    version = f"observatoire {__version__}"
    top.add_argument("--version", action="version", version=version, help="dire la version")
    # To name the program here saves argparse from laying out a page to find it.
    choices = top.add_subparsers(prog=top.prog, dest="command", metavar="COMMANDE", required=True)
    for name, module in discover(only).items():
        sub = choices.add_parser(
            name,
            help=module.HELP,
            description=module.HELP,
            epilog=getattr(module, "EPILOG", None),
            formatter_class=usage.Formatter,
        )
        sub.add_argument(
            "--depot",
            type=arguments.folder,
            metavar="DOSSIER",
            help="le registre (par défaut : celui du dossier courant)",
        )
        module.add_arguments(sub)
        sub.set_defaults(module=module)
    return top


def script() -> int:
    """Run a command from the words of the command line, in a process of its own."""
    # Modules and tables hold few cycles: to look for some as often as Python does, and once more
    # at the end, takes a tenth of the time of a short command.
    gc.set_threshold(ALLOCATIONS)
    try:
        return main()
    finally:
        gc.freeze()


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command from the words of the command line."""
    return execute(Screen(sys.stdout, sys.stderr), argv)


def execute(screen: Screen, argv: Sequence[str] | None = None) -> int:
    """Run a command; problems of data and of disk become French sentences, bugs stay tracebacks.

    A command that chains others finds this in ``args.call``: it takes the words of a command line.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    if words == ["--version"]:  # without the options of twenty commands
        screen.say(f"observatoire {__version__}")
        return 0
    # To declare the options of twenty commands takes as long as to check a thousand lines.
    args = parser(words[0] if words else "").parse_args(words)
    args.call = lambda *words: execute(screen, words)
    try:
        return int(args.module.run(args, screen))
    except Malformed as problem:
        for finding in problem.findings:
            screen.error(finding.sentence())
        return 1
    except (SourceError, Breakdown) as problem:
        screen.error(str(problem))
        return 2
    except KeyboardInterrupt:
        screen.error("interrompu.")
        return 2
    except OSError as problem:
        return _refused(problem, screen)


def _refused(problem: OSError, screen: Screen) -> int:
    """The exit status once the system refused something; raises it again when no file is named."""
    from observatoire.files import FULL, why  # for a refusal alone: start-up counts

    if isinstance(problem, BrokenPipeError):
        return 0
    if problem.filename is None and problem.errno not in FULL:
        raise problem
    screen.error(f"{problem.filename or 'écriture impossible'} : {why(problem)}.")
    return 2
