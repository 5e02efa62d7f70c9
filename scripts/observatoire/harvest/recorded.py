"""A harvest kept with all its answers: what else is needed to play it again to the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from observatoire.files import Files
from observatoire.model import Finding, Malformed
from observatoire.sources.kit.shape import mapping, text, texts
from observatoire.web import Json

FILE = "moisson.json"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The day of the harvest, the platforms that were asked, their addresses if not the usual."""

    day: date
    platforms: tuple[str, ...]
    bases: Mapping[str, str]


def write(recorded: Recorded) -> bytes:
    """The content of the file beside the answers."""
    content = {
        "date": recorded.day.isoformat(),
        "plateformes": sorted(recorded.platforms),
        "adresses": dict(sorted(recorded.bases.items())),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(folder: Files) -> Recorded:
    """What a recording says of its harvest; raises Malformed."""
    try:
        found: Json = json.loads(folder.read(FILE) or b"")
        day = date.fromisoformat(text(found, "date"))
    except (ValueError, RecursionError):
        message = "ce dossier n'est pas l'enregistrement d'une moisson (« --enregistrer »)."
        raise Malformed(Finding("enregistrement", message, file=FILE)) from None
    bases = {k: v for k, v in mapping(found, "adresses").items() if isinstance(v, str)}
    return Recorded(day, tuple(texts(found, "plateformes")), bases)
