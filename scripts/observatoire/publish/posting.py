"""Show a version on a forge, with its files; what was cut goes on, what is there never changes."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.model import Breakdown
from observatoire.propose.forges.shelf import Announcement, Posted, Shelf
from observatoire.publish import checksums


def post(shelf: Shelf, wish: Announcement, contents: Mapping[str, bytes]) -> Posted:
    """The version on the forge, where each file is there once; raises Breakdown."""
    names = tuple(contents)
    held = shelf.held(wish.tag, names)
    other = [n for n, sum_ in held.items() if sum_ not in {"", checksums.digest(contents[n])}]
    if other:
        raise Breakdown(
            f"{shelf.title} a déjà, pour la version {wish.tag}, un autre contenu sous ce nom :"
            f" {', '.join(sorted(other))}. Une version publiée ne se réécrit pas : publiez-en une"
            " nouvelle."
        )
    shelf.begin(wish)
    for name in names:
        if name not in held:
            shelf.put(wish.tag, name, contents[name])
    return shelf.finish(wish, names)


def astray(shelf: Shelf, tag: str, contents: Mapping[str, bytes]) -> list[str]:
    """The files of a version that are not, on the forge, those of its tag; sorted."""
    held = shelf.held(tag, tuple(contents))
    return sorted(
        n for n, c in contents.items() if held.get(n, "-") not in {"", checksums.digest(c)}
    )
