"""The command line's own words in French: argparse asks gettext, and gettext gets this table.

argparse has no French catalogue. Its module-level ``_`` is the documented seam of gettext; a
sentence that is not in the table stays in English rather than being lost.
"""

from __future__ import annotations

import argparse
import os
import sys

FRENCH = {
    "usage: ": "utilisation : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "afficher cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "cette commande ne connaît pas : %s",
    "expected one argument": "attend une valeur",
    "expected at least one argument": "attend au moins une valeur",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "valeur inconnue : %(value)r (au choix : %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "valeur invalide : %(value)r",
    "not allowed with argument %s": "incompatible avec %s",
    "one of the arguments %s is required": "il faut l'un de : %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "option ambiguë : %(option)s peut être %(matches)s"
    ),
}


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Pages as wide as the terminal; argparse makes one for each option that is declared.

    Left to itself it asks ``shutil``, whose import takes longer than all the options.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        """The help of an option, which says so when it may be given several times."""
        said = action.help or ""
        if not isinstance(action, argparse._AppendAction) or "répét" in said:
            return action.help
        return f"{said[:-1]} ; répétable)" if said.endswith(")") else f"{said} (répétable)"


def _columns() -> int:
    try:
        return int(os.environ.get("COLUMNS", "")) or USUAL
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or USUAL
    except (OSError, ValueError, AttributeError):
        return USUAL


USUAL = 80


def speak_french() -> None:
    """From now on, argparse speaks French."""
    vars(argparse)["_"] = lambda text: FRENCH.get(text, text)
