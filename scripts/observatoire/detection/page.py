"""What a home page says of itself: its title, and the catalogue that it links to."""

from __future__ import annotations

from html.parser import HTMLParser

from yarl import URL

from observatoire.sources.kit.text import tidy
from observatoire.web import Look

CATALOGUES = frozenset(("application/rdf+xml", "text/turtle", "application/ld+json"))


class _Reader(HTMLParser):
    """Keeps the title, and the first link to a catalogue in RDF."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.link = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "title" and not self.title
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and not self.link and said.get("type", "").lower() in CATALOGUES:
            self.link = said.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.title += data


def title(look: Look) -> str:
    """The title of a page, fit for a cell; "" without one."""
    return tidy(_read(look).title)


def generic(look: Look) -> tuple[str, str]:
    """The catalogue that a page links to, and the proof; two empty texts without one."""
    link = _read(look).link
    try:
        url = URL(look.url).join(URL(link)) if link else None
    except ValueError:
        url = None
    if url is None or url.scheme not in {"http", "https"}:
        return "", ""
    return str(url), "la page d'accueil a un lien vers un catalogue en RDF"


def _read(look: Look) -> _Reader:
    reader = _Reader()
    if "html" in look.type:
        reader.feed(look.body.decode(errors="replace"))
    return reader
