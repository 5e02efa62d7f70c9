"""Which site an address is: two addresses of one site are one platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from yarl import URL

from observatoire.model import Row

SHARED = re.compile(r"(?:open|services\.api)\.isogeo\.com|(?:www\.)?data\.gouv\.fr")
"""Hosts where each path is somebody else's."""

HOSTING = frozenset(
    (
        "arcgis.com",
        "data-fair.fr",
        "data4citizen.com",
        "github.io",
        "gouv.fr",
        "huwise.com",
        "isogeo.com",
        "koumoul.com",
        "lizmap.com",
        "opendatasoft.com",
    )
)
"""Domains where each name before is somebody else's."""


def place(url: str) -> str:
    """What names a site: its host without « www », and its path where a host is shared.

    "" for what is no address.
    """
    try:
        address = URL(url)
    except ValueError:
        return ""
    host = (address.host or "").lower().removeprefix("www.")
    path = address.path.rstrip("/") if SHARED.fullmatch(host) else ""
    return host + path


def domain(url: str) -> str:
    """What somebody rents: « data.rennes.fr » is at « rennes.fr ».

    A host that its provider names is a domain of its own.
    """
    site = place(url)
    host = site.partition("/")[0]
    labels = host.split(".")
    last = ".".join(labels[-2:])
    return site if last in HOSTING or len(labels) <= len(last.split(".")) else last


def places(platforms: Iterable[Row]) -> Mapping[str, str]:
    """The id of the platform at each site of the register, its API's site included."""
    return {
        place(address): platform["id"]
        for platform in platforms
        for address in (platform["url_api"], platform["url"])
        if place(address)
    }
