"""Whether the pipeline is there and knows every schedule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.setup.common import SCHEDULES

TITLE = "Pipeline"
ONLINE = False
PATH = ".gitlab-ci.yml"


def look(place: Place) -> Iterator[Advice]:
    """The roles that rules of the file ask for."""
    text = (place.register.files.read(PATH) or b"").decode("utf-8", "replace")
    asked = set(re.findall(r'\$ROLE == "([a-z]+)"', text))
    lacks = [s.role for s in SCHEDULES if s.role not in asked]
    if not text:
        yield Advice("manque", f"{PATH} n'est pas là : rien ne tournera.", f"git checkout {PATH}")
    elif lacks:
        yield Advice("manque", f"{PATH} n'a aucune règle pour : {', '.join(lacks)}.")
    else:
        yield good(f"{PATH} sait que faire pour {', '.join(s.role for s in SCHEDULES)}.")
