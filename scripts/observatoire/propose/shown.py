"""How a body, an account, a page, a value of the register are shown in a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from observatoire.model import Key
from observatoire.propose.markdown import flat, link, text
from observatoire.propose.proposal import Names

REGISTRY = "https://annuaire-entreprises.data.gouv.fr/entreprise/"
"""The State's directory: who a SIREN belongs to, with its status."""

LABELS = {
    "url": "lien",
    "statut": "statut",
    "nb_jeux": "jeux de données",
    "nb_reutilisations": "réutilisations",
    "derniere_mise_a_jour": "dernière mise à jour",
    "nom": "nom",
}
SIREN_DIGITS = 9
VALUE_WIDTH = 70
ADDRESS_START = 30


@dataclass(frozen=True)
class Shown:
    """Codes and cells as inert Markdown, with the names that go with them."""

    names: Names

    def body(self, siren: str, name: str = "") -> str:
        """A body's name; its SIREN when the name is unknown."""
        known = name or self.names.organisations.get(siren, ("", ""))[0]
        return text(known or siren)

    def siren(self, siren: str) -> str:
        """A SIREN linked to the State's directory."""
        if len(siren) != SIREN_DIGITS or not (siren.isascii() and siren.isdecimal()):
            return text(siren)
        return link(siren, REGISTRY + siren, REGISTRY)

    def portal(self, plateforme: str, url: str = "") -> str:
        """A portal's name, linked to one of its pages."""
        name, home = self.names.plateformes.get(plateforme, ("", ""))
        return link(text(name or plateforme), url, home)

    def address(self, url: str, plateforme: str) -> str:
        """A web address in full; a link only when it is a page of its portal."""
        home = self.names.plateformes.get(plateforme, ("", ""))[1]
        return link(self.value(url), url, home)

    def value(self, cell: str) -> str:
        """A cell of the register; an empty one says so."""
        shown = flat(cell, len(cell))
        if "://" in shown and len(shown) > VALUE_WIDTH:
            # Two addresses of a portal differ by their end.
            shown = f"{shown[:ADDRESS_START]}…{shown[ADDRESS_START + 1 - VALUE_WIDTH :]}"
        return text(shown, VALUE_WIDTH) if shown else "*(vide)*"

    def line(self, table: str, key: Key, account: str = "") -> str:
        """Which line of the register: a body, linked to its page on its portal.

        ``account`` is its id there, when the key does not have it yet.
        """
        if table == "publications":
            siren, plateforme, identifiant = key
            home = self.names.plateformes.get(plateforme, ("", ""))[1]
            page = self.names.pages.get((plateforme, account or identifiant), "")
            shown = link(self.body(siren), page, home)
            return f"{shown}{self.among(plateforme)}"
        if table == "plateformes":
            return self.portal(key[0], self.names.plateformes.get(key[0], ("", ""))[1])
        return self.body(key[0]) if table == "organisations" else text(" ".join(key))

    def among(self, plateforme: str) -> str:
        """« , its portal »; "" when the source reads only one."""
        name = self.names.plateformes.get(plateforme, ("", ""))[0]
        return f", {text(name or plateforme)}" if self._several else ""

    def place(self, siren: str) -> str:
        """« , its département »; "" when it is unknown."""
        code = self.names.organisations.get(siren, ("", ""))[1]
        return f", {text(code, 4)}" if code else ""

    @cached_property
    def _several(self) -> bool:
        """Whether the source reads several portals, so that each line must name its own."""
        return len({plateforme for plateforme, _ in self.names.pages}) > 1

    def territory(self, code: str) -> str:
        """A département in words: « Aisne (02) »."""
        name = self.names.departements.get(code, "")
        return f"{text(name, 40)} ({text(code, 4)})" if name else text(code, 4)

    def field(self, name: str) -> str:
        """A column, in words where it has some."""
        return LABELS.get(name) or text(name.replace("_", " "), 40)

    def moved(self, before: str, after: str) -> str:
        """« before → after »."""
        return f"{self.value(before)} → {self.value(after)}"
