"""A version in the making: the register of one commit, its number, its day, its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from observatoire.files import Files
from observatoire.indicators import files as measures
from observatoire.indicators import snapshot
from observatoire.indicators.files import Made
from observatoire.indicators.snapshot import Past
from observatoire.publish.datami import flat
from observatoire.publish.news import News
from observatoire.register import Register
from observatoire.table import Table

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

FOLDER = "publication"
"""Where a release puts what it generates, beside the sources."""


@dataclass(frozen=True)
class Draft:
    """What exports read; everything is worked out once, from the files of one commit.

    ``date`` is the day of that commit (ISO); ``project`` is the public address of the repository;
    ``past`` are the versions published before, read once; ``news`` what this one brings.
    """

    files: Files
    tag: str
    date: str
    project: str
    past: Iterable[Past] = ()
    news: News = field(default_factory=News)

    @cached_property
    def register(self) -> Register:
        """The register of the commit."""
        return Register(self.files)

    @cached_property
    def made(self) -> Made:
        """Every indicator of each edition, of each past version, of the register as it stands."""
        states = snapshot.snapshots(self.register, self.date, self.past)
        return measures.make(self.register, states)

    @property
    def reference(self) -> Reference:
        """The newest vintage of the reference."""
        return self.made.now.reference

    @property
    def figures(self) -> Table:
        """Every indicator of every snapshot."""
        return self.made.figures

    @cached_property
    def view(self) -> Table:
        """The flat view: one line per organisation."""
        return flat.view(self.register, self.reference)

    def forget(self) -> None:
        """Drop what was worked out: it is worked out again if it is asked for."""
        for name in ("register", "made", "view"):
            self.__dict__.pop(name, None)

    @property
    def version(self) -> str:
        """The number alone: "1.2.0"."""
        return self.tag.removeprefix("v")
