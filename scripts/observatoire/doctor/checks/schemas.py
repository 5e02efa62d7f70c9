"""Whether each table has a schema that can be read, and datapackage.json tells of all of them."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire import package
from observatoire.doctor.model import Advice, Place, good
from observatoire.french import counted

TITLE = "Schémas"
ONLINE = False


def look(place: Place) -> Iterator[Advice]:
    """Reading each schema raises what is wrong with it."""
    names = place.register.names()
    kinds = {place.register.schema(name).name for name in names}
    said = f"{counted(len(names), 'table')}, {counted(len(kinds), 'schéma')} lisibles."
    if place.register.files.read(package.PATH) == package.describe(place.register):
        yield good(said)
    else:
        do = "observatoire package"
        # A harvest brings tables that are not proposed yet: no harm done.
        yield Advice("attention", f"{said} {package.PATH} ne les décrit plus exactement.", do)
