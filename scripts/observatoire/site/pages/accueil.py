"""The home page: the state of open data in one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.site import policy
from observatoire.site.content import Content
from observatoire.site.page import Entry, Item, Page
from observatoire.site.pages import menu, territoires

MENU = Entry(0, "Accueil", "index.html")

SEARCHING = policy.HOME.replace("form-action 'none'", "form-action 'self'")
"""The search box leads to the explorer."""

DOORS = (
    ("explorer", "Explorer", "Chercher, filtrer, trier tous les organismes ; en tirer un fichier."),
    ("territoires", "Territoires", "Une page par région, département et organisme."),
    ("indicateurs", "Indicateurs", "Chaque chiffre, son graphique, sa définition, ses limites."),
    ("methodologie", "Méthodologie", "Ce que les mots veulent dire, d'où viennent les données."),
    ("donnees", "Données", "Tout télécharger : tables, schémas, formats, empreintes."),
    ("contribuer", "Contribuer", "Signaler une erreur, corriger une ligne, ajouter un organisme."),
)


def pages(content: Content) -> Iterator[Item]:
    """One page."""
    parts = {entry.path.partition("/")[0] for entry in menu()}
    values = {
        "story": content.story,
        "map": territoires.national(content),
        "regions": regions(content),
        "news": content.news,
        "doors": [door for door in DOORS if door[0] in parts],
    }
    yield Page("index.html", "index.html.j2", values, SEARCHING)


def regions(content: Content) -> Sequence[object]:
    """The figures of the map, région by région."""
    made = territoires.territories(content)
    places = content.atlas.reference.regions
    return [(place.nom, [*made.lines(code)]) for code, place in sorted(places.items())]
