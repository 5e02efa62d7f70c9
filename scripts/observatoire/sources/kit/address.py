"""The addresses of a portal: where its API stands, where its pages are."""

from __future__ import annotations

import re
from urllib.parse import quote

from yarl import URL

from observatoire.model import Row, SourceError

API = re.compile(r"/api(?:/(?:action|v?\d+|explore|search|feed)\b.*)?\Z")
"""The end of an address that somebody copied with the API's own path."""


def start(platform: Row) -> str:
    """The address that the register gives, whole, without a final slash."""
    url = _url(platform, platform.get("url_api") or platform.get("url", ""))
    return str(url).rstrip("/")


def site(platform: Row) -> str:
    """The address of a portal that stands at the root of its host, without a final slash.

    The register often has the address of a page of it (``/pages/accueil/``, ``/explore/?sort=``).
    """
    return str(_url(platform, platform.get("url_api") or platform.get("url", "")).origin())


def folder(platform: Row) -> str:
    """The address of a portal that may stand under a path, without the API's own path."""
    url = _url(platform, platform.get("url_api") or platform.get("url", ""))
    return _bare(url)


def pages(platform: Row) -> str:
    """The address under which a portal's pages stand: what a person opens.

    That of ``url_api`` when it is of the same domain: some CKAN live under ``/data``, or beside
    the portal's front (``trouver.datasud.fr``).
    """
    page = _url(platform, platform.get("url") or platform.get("url_api", ""))
    api = platform.get("url_api", "")
    if api and _domain(_url(platform, api)) == _domain(page):
        return _bare(_url(platform, api))
    return _bare(page)


def front(platform: Row) -> str:
    """The root of a hosted portal whose pages a person opens: hosts of that kind have https."""
    root = _url(platform, platform.get("url") or platform.get("url_api", "")).origin()
    return str(root.with_scheme("https") if root.is_default_port() else root)


def part(text: str, safe: str = "") -> str:
    """A text as it stands in an address; one that cannot be written in UTF-8 loses what cannot."""
    return quote(text, safe=safe, errors="ignore")


def _domain(url: URL) -> list[str]:
    return (url.host or "").split(".")[-2:]


def _bare(url: URL) -> str:
    path = API.sub("", url.path.rstrip("/")).rstrip("/")
    return str(url.origin().with_path(path)).rstrip("/")


def _url(platform: Row, text: str) -> URL:
    try:
        url = URL(text)
        if url.scheme in {"http", "https"} and url.host:
            return url
    except ValueError:
        pass
    raise SourceError(
        f"la plateforme « {platform['id']} » n'a pas d'adresse utilisable :"
        " corrigez « url » ou « url_api » dans data/plateformes.csv."
    )
