"""Refuse a version that Datami would show badly, or would spoil on a save: one file per subject.

The rules are those of datami.md, read in Datami's source and seen at run time (June 2024).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Protocol, cast

from observatoire.model import Finding
from observatoire.publish.datami.contract.shown import Shown, Widget, finding, read


class Rules(Protocol):
    """What a module of this package offers: ``check`` for a widget, on what it shows."""

    def check(self, widget: Widget) -> Iterator[Finding]:
        """What is wrong."""
        ...


def check(contents: Mapping[str, bytes], project: str, tag: str) -> Iterator[Finding]:
    """What is wrong in the files of ``publication/`` (paths relative to it), for Datami."""
    shown = Shown(contents, project, tag)
    unreadable = list(read(shown))
    if unreadable:
        yield from unreadable
        return
    yield from _tag(tag)
    for widget in shown.widgets():
        for rules in discover():
            yield from rules.check(widget)


def discover() -> list[Rules]:
    """The modules that check a widget, in name order."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{n}") for n in names)
    return [cast(Rules, m) for m in modules if hasattr(m, "check")]


def _tag(tag: str) -> Iterator[Finding]:
    """Datami takes one segment of the address for the reference (section 1.1)."""
    if not tag.isascii() or not tag.replace(".", "").replace("-", "").isalnum():
        yield finding(
            "etiquette",
            f"l'étiquette « {tag} » serait coupée ou mal lue dans une adresse : n'y mettez que des"
            " lettres, des chiffres, des points et des tirets, sans « / ».",
        )
