"""The key that a person meant who wrote a name in its place: « Ain » for 01."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from observatoire.letters import fold
from observatoire.validate.context import Context
from observatoire.validate.sheet import Sheet

NAME = "nom"


def keys(context: Context, sheet: Sheet, field: str) -> Callable[[str], str]:
    """What gives the key by the name, in the table that a column points at; "" when unsure.

    A name may stand with its key: « 01 - Ain », « Ain (01) ». That table is read when first asked.
    """

    @cache
    def known() -> dict[str, str]:
        found = defaultdict[str, set[str]](set)
        for link in sheet.schema.foreign_keys:
            if link.resource and link.fields == (field,):
                target = context.sheet(context.register.resolve(link.resource, sheet.name))
                for key, name in _lines(target, link.reference[0]):
                    for words in (name, key + name, name + key):
                        found[fold(words)].add(key)
        return {words: min(several) for words, several in found.items() if len(several) == 1}

    return lambda cell: known().get(fold(cell), "")


def _lines(target: Sheet | None, key: str) -> Iterator[tuple[str, str]]:
    """The key and the name of each line; nothing where lines have no name."""
    if target and NAME in target.schema.columns:
        yield from zip(target.column(key), target.column(NAME), strict=True)
