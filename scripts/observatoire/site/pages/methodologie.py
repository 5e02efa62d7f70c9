"""The method, and the page of the checks: the texts of the documentation, with the site's links."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.methodology import page as methodology
from observatoire.methodology.page import Links
from observatoire.register import Register
from observatoire.site import markdown
from observatoire.site.content import Content
from observatoire.site.page import Entry, Item, Page
from observatoire.validate import engine
from observatoire.validate import page as checks

MENU = Entry(40, "Méthodologie", "methodologie/index.html")

LINKS = Links(
    contribuer="../contribuer/index.html",
    controles="controles/index.html",
    indicateurs="../indicateurs/index.html",
    indicateur="../indicateurs/{id}/index.html",
)


def pages(content: Content) -> Iterator[Item]:
    """The method, then the checks."""
    compared = list(content.table("comparaison.csv").records())
    text = methodology.render(Register(content.files), compared, LINKS)
    about = "Comment l’Observatoire collecte, vérifie et compte, et comment contester un chiffre."
    yield Page(
        "methodologie/index.html",
        "document.html.j2",
        {"document": markdown.document(text), "about": about, "trail": ()},
    )
    yield Page(
        "methodologie/controles/index.html",
        "document.html.j2",
        {
            "document": markdown.document(checks.render(engine.discover())),
            "about": "Ce que chaque contrôle trouve, ce qu’il dit, et ce qu’il faut écrire.",
            "trail": (("Méthodologie", "methodologie/index.html"),),
        },
    )
