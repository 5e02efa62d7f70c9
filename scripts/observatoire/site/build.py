"""The files of the site for a version."""

from __future__ import annotations

from observatoire.publish.draft import FOLDER
from observatoire.site import policy, render
from observatoire.site.content import Content

STATIC = ("style.css", "site.js", "icone.svg")
DOWNLOADS = "donnees"


def build(content: Content) -> dict[str, bytes]:
    """Every file, by path relative to the site."""
    pages = {
        "index.html": render.page("index.html.j2", c=content, csp=policy.HOME, up=""),
        "tableau/index.html": render.page(
            "tableau.html.j2",
            c=content,
            csp=policy.widget(content.project),
            up="../",
            script=policy.SCRIPT,
            rows=content.organisations(),
            types=content.types(),
        ),
    }
    pages["contribuer/index.html"] = render.page(
        "contribuer.html.j2",
        c=content,
        csp=policy.widget(content.project),
        up="../",
        script=policy.SCRIPT,
    )
    feeds = {feed.path: content.files[f"{FOLDER}/{feed.path}"] for feed in content.feeds()}
    downloads = {f"{DOWNLOADS}/{n}": data for n, data in content.downloads().items()}
    return pages | {name: render.static(name) for name in STATIC} | feeds | downloads
