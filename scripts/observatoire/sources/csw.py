"""Any catalogue that speaks CSW: Geoportal Server, easySDI, and those of unknown software.

A catalogue does not tell its own records from those that it harvests: ``url_api`` is best the
address of a service that holds the portal's own (a virtual CSW, a sub-portal).
"""

from __future__ import annotations

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
    id="csw",
    title="Catalogues CSW",
    cadence="quotidienne",
    technos=("csw", "geoportal-server", "easysdi"),
    fills=USUAL,
    floor=1,
)

PLACES = ("csw", "srv/fre/csw", "geonetwork/srv/fre/csw", "geoportal/csw", "geosource/srv/fre/csw")


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per organisation that records name; raises SourceError."""
    census = Census(today, holder_of(platform))
    try:
        await csw.read(_addresses(address.start(platform)), web, census)
    except SourceError as error:
        raise explained(error, "un logiciel qui parle CSW") from None
    for row in census.rows(platform["id"], lambda _: platform.get("url", "")):
        yield row


def _addresses(base: str) -> list[str]:
    """The address of the service; the usual places when the register has that of a site."""
    named = "csw" in URL(base).path.lower()
    return [base] if named else [f"{base}/{place}" for place in PLACES]
