"""The trap of a Hub without a scope: it answers with the index of the whole world."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from observatoire.model import SourceError

WINDOW = 10_000
"""The search goes no further, and says so many when there are more."""

MANY = 10
FEW_EACH = 3


class Worldwide(SourceError):
    """What the Hub shows is not its own: its catalogue has no scope."""

    def __init__(self, url: str, sign: str) -> None:
        super().__init__(
            f"{url} : {sign} : ce Hub n'a pas de périmètre et montre l'index mondial d'ArcGIS."
        )


@dataclass
class Scope:
    """The organisations whose items a Hub shows.

    The worldwide index has about one organisation per item; a shared Hub has many items each of
    a few.
    """

    url: str
    organisations: Counter[str] = field(default_factory=Counter)

    def announce(self, total: int) -> None:
        """Judge the number of items that the Hub says it has; raises Worldwide."""
        if total >= WINDOW:
            raise Worldwide(self.url, f"{total} jeux ou plus")

    def add(self, organisation: str) -> None:
        """Note the organisation of an item."""
        self.organisations[organisation] += 1

    def check(self) -> None:
        """Judge the items seen; raises Worldwide."""
        many, items = len(self.organisations), self.organisations.total()
        if many > MANY and items < FEW_EACH * many:
            raise Worldwide(self.url, f"{items} jeux de {many} organisations différentes")
