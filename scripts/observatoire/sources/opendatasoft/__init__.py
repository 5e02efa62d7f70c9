"""Opendatasoft (Huwise): one export of the catalogue per portal, or grouped counts without it.

Explore API v2.1, https://help.opendatasoft.com/apis/ods-explore-v2/.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.kit import address
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.refusal import explained, final
from observatoire.sources.kit.text import tidy
from observatoire.sources.opendatasoft import export, grouped
from observatoire.web import Web

SOURCE = Header(
    id="opendatasoft",
    title="Opendatasoft",
    cadence="quotidienne",
    technos=("opendatasoft",),
    fills=(*USUAL, "nb_reutilisations", "nb_telechargements"),
    floor=1,
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per publisher label, datasets of other portals aside; raises SourceError."""
    base = address.site(platform)
    census = Census(today, holder_of(platform))
    try:
        await export.read(base, web, census)
    except SourceError as first:
        if final(first):
            raise explained(first, "Opendatasoft") from None
        census = Census(today, holder_of(platform))
        try:
            await grouped.read(base, web, census)
        except SourceError as second:
            if final(second):
                raise explained(second, "Opendatasoft") from None
            raise explained(first, "Opendatasoft") from None
    front, holder = address.front(platform), tidy(census.holder)
    for row in census.rows(platform["id"], lambda p: _page(front, "" if p == holder else p)):
        yield row


def _page(front: str, label: str) -> str:
    if not label:
        return f"{front}/explore/"
    return f"{front}/explore/?refine.publisher={address.part(label).replace('%20', '+')}"
