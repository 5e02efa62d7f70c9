"""Where a GeoNetwork stands under an address of the register, and which version it is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus

from yarl import URL

from observatoire.sources.kit.refusal import GONE
from observatoire.sources.kit.shape import text
from observatoire.web import Json, Reply, Web, WebError

DESCRIPTION = "/srv/api/site"
INSIDE = re.compile(r"/srv(?:/.*)?\Z")
"""What follows the application in an address that somebody copied."""

USUAL = ("geonetwork", "geosource", "catalogue")
ELSEWHERE = GONE | {HTTPStatus.OK}
"""What a site answers where the application is not: nothing, or a page for people."""

VERSION = re.compile(r"(\d{1,2})\.")
TOKEN = re.compile(r"[\w.-]{1,200}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the application stands, its major version, the token that it wants to see again."""

    folder: str
    version: int
    token: str = ""


def folders(base: str) -> list[str]:
    """The addresses where the application may stand, likeliest first."""
    url = URL(base)
    path = INSIDE.sub("", url.path.rstrip("/"))
    here = str(url.origin().with_path(path)).rstrip("/")
    return [here, *(f"{here}/{name}" for name in USUAL if not path)]


async def find(base: str, web: Web) -> Place | None:
    """The first of them that describes itself; None when none does, as before version 3.

    Raises SourceError when the site does not answer.
    """
    for folder in folders(base):
        try:
            reply = await web.get(f"{folder}{DESCRIPTION}", headers={"Accept": "application/json"})
        except WebError as error:
            if error.status in ELSEWHERE:
                continue
            raise
        version = _version(reply)
        if version:
            # Where redirections led: a question asked elsewhere would be lost on the way.
            stands = reply.url.removesuffix(DESCRIPTION) if DESCRIPTION in reply.url else folder
            token = reply.cookies.get("XSRF-TOKEN", "")
            return Place(stands, version, token if TOKEN.fullmatch(token) else "")
    return None


def _version(reply: Reply) -> int:
    """The major version that a site says; 0 when this is no description of a GeoNetwork."""
    try:
        site: Json = json.loads(reply.body)
    except (ValueError, RecursionError):
        return 0
    found = VERSION.match(text(site, "system/platform/version"))
    return int(found[1]) if found and "system/site/name" in site else 0
