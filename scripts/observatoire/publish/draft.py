"""A version in the making: the register of one commit, its number, its day, its address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from observatoire.files import Files
from observatoire.indicators import snapshot, tidy
from observatoire.indicators.model import Snapshot
from observatoire.publish.datami import flat
from observatoire.register import Register
from observatoire.table import Table

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

FOLDER = "publication"
"""Where a release puts what it generates, beside the sources."""


@dataclass(frozen=True)
class Draft:
    """What exports read; everything is worked out once, from the files of one commit.

    ``date`` is the day of that commit (ISO); ``project`` is the public address of the repository.
    """

    files: Files
    tag: str
    date: str
    project: str

    @cached_property
    def register(self) -> Register:
        """The register of the commit."""
        return Register(self.files)

    @cached_property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """Each frozen edition, then the register as it stands."""
        return tuple(snapshot.snapshots(self.register, self.date))

    @cached_property
    def reference(self) -> Reference:
        """The newest vintage of the reference."""
        return self.snapshots[-1].reference

    @cached_property
    def figures(self) -> Table:
        """Every indicator of every snapshot."""
        return tidy.tabulate(self.snapshots)

    @cached_property
    def comparison(self) -> Table:
        """The published figures beside ours."""
        return tidy.compare(self.figures, self.register.table("chiffres_publies").records())

    @cached_property
    def view(self) -> Table:
        """The flat view: one line per organisation."""
        return flat.view(self.register, self.reference)

    @property
    def version(self) -> str:
        """The number alone: "1.2.0"."""
        return self.tag.removeprefix("v")
