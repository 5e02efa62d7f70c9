"""Whether the templates of issues are those that the bot reads."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.files import differing
from observatoire.signalement import templates
from observatoire.signalement.forms import forms

TITLE = "Modèles de tickets"
ONLINE = False


def look(place: Place) -> Iterator[Advice]:
    """The committed files against the forms."""
    stale = differing(place.register.files, templates.files(forms()))
    if stale:
        said = f"{', '.join(sorted(stale))} : pas comme le robot les lit."
        yield Advice("manque", said, "observatoire signalements --modeles")
    else:
        yield good("tels que le robot les lit.")
