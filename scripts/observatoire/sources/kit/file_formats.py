"""Formats of files as portals write them: names, MIME types, extensions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from observatoire.sources.kit import formats
from observatoire.sources.kit.text import MEMORY

LONGEST = 200
"""Characters; a longer format is none."""

SHORT = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "microsoft excel": "xls",
    "microsoft word": "doc",
}
"""The short names of the closed formats that data.gouv.fr counts as such."""

NO_FILE = frozenset(
    (
        *("html", "htm", "xhtml", "php", "text/html", "application/xhtml+xml"),
        *("web", "web page", "page web", "site", "site web", "site internet"),
        *("link", "lien", "lien web", "url", "www:link"),
        *("application/octet-stream", "binary", "other", "autre"),
    )
)
"""A link to a page for people, or a file that nobody described: neither is a format of data.

data.gouv.fr counts a page as an open format in its own score; there it is left so.
"""


def any_open(names: Iterable[str]) -> bool:
    """Whether one of the formats is that of a file, and open."""
    return formats.any_open(_short(n[:LONGEST]) for n in names)


@lru_cache(MEMORY)
def _short(name: str) -> str:
    """The short name of a format; "" when it is none."""
    plain = " ".join(name.partition(";")[0].casefold().split()).lstrip(".")
    return "" if plain in NO_FILE else SHORT.get(plain, plain)
