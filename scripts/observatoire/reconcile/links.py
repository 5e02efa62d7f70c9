"""Web addresses of publishers: which account does a link lead to, and are two links the same?"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

_PATH = re.compile(r"/(?:organizations?|producteurs?|organisations?)/([^/?#]+)")
_PARAMETERS = frozenset(("refine.publisher", "publisher", "organization", "refine.producteur"))
_LANGUAGE = re.compile(r"^/(?:fr|en|es)(?=/|$)")


def handle(url: str) -> str:
    """What names the account in a link: an id, a slug or a label; "" when nothing does.

    The old register often holds the slug (`/fr/organizations/<slug>/`) or the label
    (`?refine.publisher=Commune+d%27Acigné`) of an account whose id it lacks.
    """
    parts = _split(url)
    if parts is None:
        return ""
    found = _PATH.search(parts[1])
    if found:
        return found[1].strip()
    return next((v.strip() for k, v in parse_qsl(parts[2]) if k.lower() in _PARAMETERS), "")


def same_link(ours: str, theirs: str, identifiant: str) -> bool:
    """Whether ``ours`` already leads where ``theirs`` does, for the account ``identifiant``.

    data.gouv.fr dropped `/fr/` from its addresses in 2025 and answers to ids as well as to slugs;
    a link by id survives a renaming, so that replacing it by a slug would be noise, then a loss.
    """
    a, b = _split(ours), _split(theirs)
    if a is None or b is None:
        return ours == theirs
    if a == b:
        return True
    return a[0] == b[0] and handle(ours) == identifiant


def within(ours: str, theirs: str) -> bool:
    """Whether ``ours`` is a page, or a search, under the page ``theirs``: it says more.

    A catalogue without a page per publisher gives its own address for each of them.
    """
    a, b = _split(ours), _split(theirs)
    if a is None or b is None or b[2] or a == b:
        return False
    same = a[0].partition("://")[2] == b[0].partition("://")[2]
    return same and (a[1] == b[1] or a[1].startswith(f"{b[1]}/")) and a[1:] != b[1:]


def _split(url: str) -> tuple[str, str, str] | None:
    """Scheme and host, path without language nor final slash, query; None for no address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if not host:
        return None
    path = _LANGUAGE.sub("", parts.path).rstrip("/")
    return f"{parts.scheme}://{host.removeprefix('www.')}", path, parts.query
