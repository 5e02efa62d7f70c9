"""Whether Git knows who commits here."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good

TITLE = "Identité Git"
ONLINE = False


def look(place: Place) -> Iterator[Advice]:
    """A name and an address, never shown: they are personal."""
    lacks = [part for part in ("name", "email") if not place.repo.setting(f"user.{part}")]
    if lacks:
        do = " ; ".join(f"git config --global user.{part} …" for part in lacks)
        yield Advice("attention", "Git ne sait pas qui vous êtes : vos commits seront refusés.", do)
    else:
        yield good("Git sait qui fait les commits.")
