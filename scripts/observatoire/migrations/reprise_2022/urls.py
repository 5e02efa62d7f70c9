"""What the old web addresses say: a data.gouv.fr account, a publisher on a portal, a host."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

DATAGOUV = "https://www.data.gouv.fr"
ACCOUNT = re.compile(r"[0-9a-f]{24}")
_PAGE = re.compile(r"(?:/[a-z]{2})?/(?P<kind>organizations|datasets)/(?P<name>[^/]+)/?\Z")
_PUBLISHER_PATH = re.compile(r"/organi[sz]ations?/(?:about/)?(?P<name>[^/]+)/?\Z")
_PUBLISHER_QUERY = ("refine.publisher", "responsibleParty.organisationName", "organization")
_HOSTING = {"opendatasoft.com", "arcgis.com", "data4citizen.com", "isogeo.com", "gouv.fr"}
_FILTER = re.compile(r"\borganization:\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of data.gouv.fr: an account (``organizations``), a dataset, or something else."""

    kind: str
    name: str


def datagouv_page(url: str) -> Page | None:
    """What an address of data.gouv.fr shows; None for another site."""
    parts = urlsplit(url)
    if host(url) != "data.gouv.fr":
        return None
    query = dict(parse_qsl(parts.query))
    if "organization" in query:
        return Page("organizations", query["organization"])
    found = _PAGE.match(parts.path)
    return Page(found["kind"], unquote(found["name"])) if found else Page("autre", "")


def account_url(name: str) -> str:
    """The page of an account of data.gouv.fr, by its id or its short name."""
    return f"{DATAGOUV}/organizations/{name}/"


def publisher(url: str) -> str:
    """The publisher that an address of a portal selects, in the portal's own words, or ""."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    for key in _PUBLISHER_QUERY:
        if query.get(key, "").strip():
            return query[key].strip()
    filtered = _FILTER.search(unquote(parts.query))
    if filtered:
        return filtered[1].strip()
    path = _PUBLISHER_PATH.search(parts.path)
    return unquote(path["name"]) if path else ""


def host(url: str) -> str:
    """The host name, without ``www.``."""
    return (urlsplit(url.strip()).hostname or "").removeprefix("www.")


def site(url: str) -> str:
    """The domain that one owner holds (``datasud.fr``), or "" on a shared hosting service."""
    domain = ".".join(host(url).split(".")[-2:])
    return "" if domain in _HOSTING else domain


def base(url: str) -> str:
    """The address of the site: scheme and host."""
    parts = urlsplit(url.strip())
    return f"{parts.scheme}://{parts.netloc}"


def usable(url: str) -> str:
    """The address with its forbidden characters escaped and without a session number."""
    url = re.sub(r";jsessionid=[0-9A-F]+", "", url.strip(), flags=re.IGNORECASE)
    for char in ' "<>|':
        url = url.replace(char, f"%{ord(char):02X}")
    return url
