"""What each page may load: the home page nothing but itself, the table page Datami when asked."""

from __future__ import annotations

from urllib.parse import urlsplit

from observatoire.publish.datami import urls

DATAMI = "https://datami-widget.multi.coop"
SCRIPT = f"{DATAMI}/js/app.js"

HOME = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self';"
    " base-uri 'none'; form-action 'none'"
)

INDEX = f"{HOME}; connect-src 'self'"
"""A page that also loads the index of the explorer."""

ICONS = "https://cdn.jsdelivr.net"
TILES = "https://*.basemaps.cartocdn.com"
GITHUB_RAW = "https://raw.githubusercontent.com https://api.github.com"


def widget(project: str) -> str:
    """The policy of the page that holds the widget (datami.md, section 1.4).

    Datami writes its styles in the page and draws its map in a worker: both must be allowed there.
    """
    parts = urlsplit(project)
    origin = f"{parts.scheme}://{parts.netloc}" if urls.readable(project) else ""
    data = GITHUB_RAW if project.startswith(urls.GITHUB) else origin
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {DATAMI}",
            f"style-src 'self' 'unsafe-inline' {DATAMI} {ICONS}",
            f"font-src {DATAMI} {ICONS}",
            f"img-src 'self' data: blob: {DATAMI} {TILES}",
            f"connect-src {data} {DATAMI} {TILES}".replace("  ", " "),
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
