"""The page of the method in Markdown, with the links of the place where it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from observatoire import indicators
from observatoire.indicators import files, snapshot
from observatoire.indicators.markdown import table, text
from observatoire.methodology import prose
from observatoire.methodology.facts import facts
from observatoire.model import Row
from observatoire.register import Register

PATH = "docs/methodologie.md"
NOTE = """
---

Cette page est produite par `observatoire methodology` : pour la changer, modifiez le texte de
`scripts/observatoire/methodology/prose.py`.
"""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the text leads; ``indicateur`` has places for an id ("I3") and its anchor ("i3")."""

    contribuer: str = "../CONTRIBUTING.md"
    controles: str = "controles.md"
    indicateurs: str = "indicateurs.md"
    indicateur: str = "indicateurs.md#{anchor}"


def render(register: Register, compared: Sequence[Row], links: Links | None = None) -> str:
    """The whole text; ``compared`` are the published figures beside ours."""
    to = links or Links()
    return prose.TEXT.format(
        **facts(register, compared),
        indicateurs=_indicators(to),
        lien_contribuer=to.contribuer,
        lien_controles=to.controles,
        lien_indicateurs=to.indicateurs,
    )


def documentation(register: Register) -> str:
    """The page of the documentation, from the frozen editions: it does not move with the data."""
    done = files.make(register, snapshot.snapshots(register, "2022-12-31"))
    return render(register, list(done.compared.records())) + NOTE


def _indicators(links: Links) -> str:
    headers = [i.HEADER for i in indicators.discover()]
    return table(
        ("Indicateur", "Unité", "Ce qu'il ne dit pas"),
        (
            (
                f"[{h.id} : {text(h.titre)}]({_to(links, h.id)})",
                text(h.unite),
                text(h.limites),
            )
            for h in headers
        ),
    )


def _to(links: Links, name: str) -> str:
    return links.indicateur.format(id=name, anchor=name.lower())
