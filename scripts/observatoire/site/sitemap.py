"""What search engines read: sitemap.xml (sitemaps.org, 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from observatoire.site.page import File, Frame

MOST = 50_000
"""Addresses in one file, says the protocol."""

NAME = "sitemap.xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def files(frame: Frame, paths: Sequence[str]) -> Iterator[File]:
    """The map needs absolute addresses: there is none while that of the site is not known."""
    yield File("robots.txt", _robots(frame).encode())
    if not frame.address or frame.preview:
        return
    parts = [sorted(paths)[at : at + MOST] for at in range(0, len(paths), MOST)]
    if len(parts) == 1:
        yield _map(NAME, "urlset", "url", [frame.absolute(p) for p in parts[0]])
        return
    names = [f"sitemap-{rank}.xml" for rank in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _map(name, "urlset", "url", [frame.absolute(p) for p in part])
    yield _map(NAME, "sitemapindex", "sitemap", [frame.absolute(n) for n in names])


def _map(name: str, root: str, entry: str, addresses: Sequence[str]) -> File:
    lines = (f"<{entry}><loc>{escape(a)}</loc></{entry}>\n" for a in addresses)
    return File(name, f'{HEAD}<{root} xmlns="{SPACE}">\n{"".join(lines)}</{root}>\n'.encode())


def _robots(frame: Frame) -> str:
    """A preview is not for search engines."""
    lines = ["User-agent: *", "Disallow: /" if frame.preview else "Allow: /"]
    if frame.address and not frame.preview:
        lines += ["", f"Sitemap: {frame.absolute(NAME)}"]
    return "\n".join((*lines, ""))
