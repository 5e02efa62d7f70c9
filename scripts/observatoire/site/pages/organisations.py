"""One page per organisation of the register."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.publish.draft import FOLDER
from observatoire.publish.exports.flux import PLACE
from observatoire.site.content import Content
from observatoire.site.page import Item, Page
from observatoire.site.places import volume
from observatoire.site.places.accounts import Accounts
from observatoire.site.places.links import Forge
from observatoire.site.places.neighbours import Neighbours, path_of
from observatoire.site.places.proofs import Proofs
from observatoire.site.places.sheet import Sheets


def pages(content: Content) -> Iterator[Item]:
    """In the order of the register."""
    for sheet in sheets(content).all():
        yield Page(path_of(sheet.siren), "organisation.html.j2", {"o": sheet}, closed=True)


def sheets(content: Content) -> Sheets:
    """What makes the pages of a version."""
    atlas = content.atlas
    feeds = (n.rpartition("/")[2] for n in content.files.names(f"{FOLDER}/{PLACE}"))
    proofs, forge = Proofs(atlas.register, content.date, atlas.reference), Forge(content.project)
    return Sheets(
        atlas,
        proofs,
        Neighbours(atlas),
        Accounts(atlas, proofs, forge),
        forge,
        volume.amounts(atlas.snapshot.publications),
        volume.through(atlas.register, content.past(slice(None))),
        frozenset(name.removesuffix(".xml") for name in feeds),
    )
