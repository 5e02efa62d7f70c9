"""A datapackage.json that cannot be read, or does not tell of the tables that are there.

Datami, frictionless and the re-users find the tables by it (Data Package, "resources").
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.register import path_of
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "description-du-registre"
TITLE = "Description du registre illisible ou incomplète"
TITLE_EN = "Description of the register that cannot be read, or is not complete"
SEVERITY: Severity = "erreur"
FILE = "datapackage.json"
HARVESTS = "data/moissons/"
"""What a harvest just wrote is not described yet: the proposal that brings it does so."""
EXAMPLES = (
    Example(
        "",
        "ce fichier n'est plus du JSON lisible : annulez ce changement, ou lancez « observatoire"
        " package », qui le réécrit.",
        file=FILE,
        content='{"name": "observatoire", "resources": [',
    ),
    Example(
        "",
        "ce fichier décrit « data/organismes.csv », qui n'existe pas : annulez ce changement, ou"
        " lancez « observatoire package », qui le réécrit.",
        file=FILE,
        content='{"resources": [{"name": "organismes", "path": "data/organismes.csv"}]}',
    ),
)
UNREADABLE = Remark(
    "ce fichier n'est plus du JSON lisible : annulez ce changement, ou lancez « observatoire"
    " package », qui le réécrit.",
    "this file is no readable JSON any more: undo this change, or run « observatoire package »,"
    " which writes it again.",
)


def check(context: Context) -> Iterator[Finding]:
    """The description as a whole, then the tables that are there without it, or the reverse."""
    text = context.register.files.read(FILE)
    if text is None:
        return
    told = _told(text)
    if told is None:
        yield _finding(UNREADABLE)
    elif told:
        there = {path_of(name) for name in context.register.names()}
        unknown = [_unknown(path) for path in sorted(told - there)]
        left = sorted(path for path in there - told if not path.startswith(HARVESTS))
        yield from map(_finding, unknown or map(_left_out, left))


def _told(text: bytes) -> set[str] | None:
    """The paths of the tables that a description tells of; None when it cannot be read."""
    try:
        resources = json.loads(text).get("resources", [])
        return {resource["path"] for resource in resources}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _unknown(path: str) -> Remark:
    return Remark(
        f"ce fichier décrit {quote(path)}, qui n'existe pas : annulez ce changement, ou lancez"
        " « observatoire package », qui le réécrit.",
        f"this file describes {quote(path)}, which does not exist: undo this change, or run"
        " « observatoire package », which writes it again.",
    )


def _left_out(path: str) -> Remark:
    return Remark(
        f"ce fichier ne décrit pas {quote(path)} : lancez « observatoire package », qui le"
        " réécrit.",
        f"this file does not describe {quote(path)}: run « observatoire package », which writes"
        " it again.",
    )


def _finding(said: Remark) -> Finding:
    return Finding(CODE, said.message, said.severity, FILE, english=said.english)
