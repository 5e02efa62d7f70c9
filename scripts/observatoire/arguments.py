"""Kinds of argument that several commands take, with what to write when they are wrong."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from observatoire.screen import Screen

MAX_DIGITS = 10
MOST_PORTS = 65_535
LIKELY = 3
"""Names that a hint gives."""


def whole(text: str) -> int:
    """A whole number, 0 or more; raises ArgumentTypeError."""
    if not (text.isascii() and text.isdecimal() and len(text) < MAX_DIGITS):
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un nombre entier")
    return int(text)


def port(text: str) -> int:
    """The number of a port, 0 for any that is free; raises ArgumentTypeError."""
    number = whole(text)
    if number > MOST_PORTS:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un port : 65535 au plus")
    return number


def folder(text: str) -> Path:
    """A folder that is there; raises ArgumentTypeError."""
    place = Path(text)
    if not place.is_dir():
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un dossier")
    return place


def day(text: str) -> date:
    """A date written AAAA-MM-JJ; raises ArgumentTypeError."""
    from datetime import date  # for this alone: start-up counts

    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n'est pas une date : écrivez AAAA-MM-JJ"
        raise argparse.ArgumentTypeError(message) from None


def dated(
    parser: argparse._ActionsContainer,
    what: str = "le jour où l'on se place",
    default: str = "aujourd'hui",
) -> None:
    """Declare ``--date``: ``what`` it dates, and its ``default`` in words; None when not given."""
    parser.add_argument(
        "--date", type=day, metavar="AAAA-MM-JJ", help=f"{what} (par défaut : {default})"
    )


def web(text: str) -> str:
    """An address of the web, or none; raises ArgumentTypeError."""
    if text and not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une adresse http:// ou https://")
    return text


def addressed(text: str) -> tuple[str, str]:
    """A name and the address to use for it, written NOM=ADRESSE; raises ArgumentTypeError."""
    name, mark, url = text.partition("=")
    if not (name and mark and url.startswith(("http://", "https://"))):
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas de la forme NOM=http://adresse")
    return name, url


def based(
    parser: argparse._ActionsContainer, what: str = "interroger cette plateforme", name: str = "ID"
) -> None:
    """Declare ``--base``: pairs of a name and of the address to ask in the place of its own."""
    parser.add_argument(
        "--base",
        action="append",
        default=[],
        type=addressed,
        metavar=f"{name}=ADRESSE",
        help=f"{what} à une autre adresse (privée au besoin)",
    )


def unknown(what: str, name: str, choices: Sequence[str]) -> str:
    """That a name is none of the choices, with those that were perhaps meant."""
    from observatoire.words import closest, listed, quote

    near = [c for c in choices if name and name in c] or [closest(name, choices)]
    hint = f" ; vouliez-vous écrire {listed(near[:LIKELY])} ?" if near[0] else "."
    return f"{what} inconnue : {quote(name)}{hint}"


def known(screen: Screen, what: str, names: Iterable[str], choices: Sequence[str]) -> bool:
    """Whether all the names are among the choices; says which are not."""
    strange = sorted(set(names) - set(choices))
    for name in strange:
        screen.error(unknown(what, name, choices))
    return not strange


def place(text: str) -> str:
    """The address of a repository as people open it, or "" for none; raises ArgumentTypeError."""
    from urllib.parse import urlsplit

    parts = urlsplit(text.rstrip("/").removesuffix(".git"))
    web = parts.scheme in {"http", "https"} and bool(parts.hostname) and bool(parts.path)
    if text and (not web or "@" in parts.netloc or parts.query or parts.fragment):
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas l'adresse d'un dépôt : écrivez https://gitlab.com/groupe/projet"
        )
    return parts.geturl()
