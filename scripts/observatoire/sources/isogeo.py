"""Isogeo: the public share of an organisation, by the CSW that Isogeo opens for each.

A share has an OpenCatalog page (``open.isogeo.com/s/<share>/<token>``) and, under the same path, a
CSW (``services.api.isogeo.com/ows/s/<share>/<token>``): https://help.isogeo.com. Its API wants an
account; neither of these does. Where the register has the page of a site that shows the share, the
link to it is looked for there.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

from yarl import URL

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.kit import address, csw
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.refusal import explained
from observatoire.web import Web

SOURCE = Header(
    id="isogeo",
    title="Isogeo",
    cadence="quotidienne",
    technos=("isogeo",),
    fills=USUAL,
    floor=1,
)

SERVICE = "https://services.api.isogeo.com"
SHARE = re.compile(r"/s/[0-9a-f]{32}(?:/c/[0-9a-f]{32})?/[\w-]{20,60}", re.ASCII)
"""A share, maybe one catalogue of it, and the token that opens it."""

SHOWN = re.compile(rf"isogeo\.com(?:/ows)?({SHARE.pattern})", re.ASCII)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per organisation that the records of the share name; raises SourceError."""
    census = Census(today, holder_of(platform))
    try:
        service = await _service(address.start(platform), web)
        await csw.read([service], web, census)
    except SourceError as error:
        raise explained(error, "Isogeo") from None
    for row in census.rows(platform["id"], lambda _: platform.get("url", "")):
        yield row


async def _service(base: str, web: Web) -> str:
    """The address of the share's CSW; raises SourceError when no share is known."""
    url = URL(base)
    given = SHARE.search(url.path)
    if given:
        home = SERVICE if (url.host or "").endswith("isogeo.com") else str(url.origin())
        return f"{home}/ows{given[0]}"
    page = await web.look(base)
    shown = SHOWN.search(page.body.decode(errors="replace"))
    if shown:
        return f"{SERVICE}/ows{shown[1]}"
    raise SourceError(
        f"{base[:200]} : aucun partage Isogeo dans cette page ; écrivez dans « url_api » l'adresse"
        " du partage (https://open.isogeo.com/s/…)."
    )
