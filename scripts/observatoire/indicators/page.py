"""The page docs/indicateurs.md: every indicator in words, from its own header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from observatoire.indicators.markdown import table, text
from observatoire.indicators.model import Header, Indicator

PATH = "docs/indicateurs.md"
INTRODUCTION = """\
# Les indicateurs

Chaque chiffre porte son numérateur, son dénominateur, sa date, sa portée et sa source. Les éditions
passées et les versions publiées sont recalculées avec les définitions d'aujourd'hui. Quand rien ne
permet de calculer un chiffre, il reste vide : ce n'est pas un zéro.

Tous les chiffres sont dans `indicateurs.csv` (une ligne par chiffre), avec un fichier lisible par
indicateur dans `indicateurs/`. Les chiffres imprimés par les éditions passées sont posés à côté des
nôtres, l'écart expliqué, dans `comparaison.csv`. `liste_obliges_sans_publication.csv` nomme les
collectivités obligées qui ne publient rien, par taille et par territoire.

Cette page est produite par `observatoire indicators --page` : pour la changer, modifiez l'en-tête
de l'indicateur, dans `scripts/observatoire/indicators/`.
"""

FIELDS = (
    ("Définition", "definition"),
    ("Formule", "formule"),
    ("Unité", "unite"),
    ("Portée", "portee"),
    ("Sources", "sources"),
    ("Limites", "limites"),
)


def render(indicators: Iterable[Indicator]) -> str:
    """The whole page, in Markdown."""
    headers = [i.HEADER for i in indicators]
    rows = ((f"[{h.id}](#{h.id.lower()})", text(h.titre), text(h.unite)) for h in headers)
    return "\n".join(
        (
            INTRODUCTION,
            table(("Indicateur", "Titre", "Unité"), rows),
            *(line for h in headers for line in _section(h)),
            "",
        )
    )


def definition(header: Header) -> str:
    """What an indicator means, as a table of two columns."""
    rows = ((title, text(getattr(header, name))) for title, name in FIELDS)
    return table(("Rubrique", "Contenu"), rows)


def _section(header: Header) -> Iterator[str]:
    yield ""
    yield f"## {header.id}"
    yield ""
    yield f"**{text(header.titre)}**"
    yield ""
    yield definition(header)
    yield ""
    yield table(
        ("Dimension", "Ce que disent ses lignes", "Mesurée sur"),
        (
            (
                f"`{d.nom}`",
                text(d.titre),
                "chaque édition, chaque version" if d.suivie else "chaque édition, le registre",
            )
            for d in header.dimensions
        ),
    )
