"""The values of an examination: what is looked at, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import Literal

from observatoire.files import Folder
from observatoire.git import Repo
from observatoire.register import Register
from observatoire.setup.model import Found, Workshop

State = Literal["bon", "attention", "manque", "panne"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that was looked at; ``do`` says what to do about it, ``page`` where."""

    state: State
    said: str
    do: str = ""
    page: str = ""


@dataclass(frozen=True)
class Place:
    """The clone and, with a token, the forge; ``today`` is ISO."""

    root: Path
    repo: Repo
    today: str
    shop: Workshop | None = None

    @cached_property
    def register(self) -> Register:
        """The register of the working folder."""
        return Register(Folder(self.root))

    @cached_property
    def found(self) -> Found:
        """What the forge has; raises ForgeError."""
        if self.shop is None:
            raise LookupError("no forge to look at")
        return self.shop.look()

    def days_since(self, iso: str) -> int:
        """Days from a date to today."""
        return (Date.fromisoformat(self.today) - Date.fromisoformat(iso[:10])).days


def good(said: str) -> Advice:
    """Nothing to do."""
    return Advice("bon", said)
