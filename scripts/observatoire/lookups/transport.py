"""Who answers for transport data, by law: transport.data.gouv.fr, account by account.

https://transport.data.gouv.fr/swaggerui ; an authority's SIREN there is entered by the platform's
team, and not by the account: a second clue of who an account of data.gouv.fr is. One list without
pages, of tens of megabytes: it is read as it comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import aclosing

from observatoire.french import counted
from observatoire.lookups import Header, Outcome, Visit, written
from observatoire.model import SourceError
from observatoire.register import Register
from observatoire.sources.kit.bigjson import objects
from observatoire.sources.kit.shape import mapping, mappings, text
from observatoire.sources.kit.text import siren_of
from observatoire.web import Json

LOOKUP = Header(
    id="transport",
    title="transport.data.gouv.fr",
    base="https://transport.data.gouv.fr",
    licence="Licence Ouverte 2.0",
    cadence="mensuelle",
)

TABLE = "reference/transport"
BIGGEST = 256 * 2**20

Clue = tuple[str, str]
"""An account's id, and the SIREN of an authority."""


async def refresh(visit: Visit) -> Outcome:
    """Read the whole list; raises SourceError."""
    url = f"{visit.base}/api/datasets"
    regions = regions_of(visit.register)
    counts: Counter[Clue] = Counter()
    names: dict[str, str] = {}
    owners: dict[str, str] = {}
    number = 0
    async with aclosing(visit.web.stream_bytes(url, limit=BIGGEST)) as chunks:
        async for dataset in objects(chunks, url):
            number += 1
            for account, siren, name, owner in clues(dataset, regions):
                counts[account, siren] += 1
                names.setdefault(account, name)
                owners.setdefault(siren, owner)
    visit.tick()
    if not counts:
        raise SourceError(f"{url} : aucun responsable parmi {number} jeux de données.")
    rows = [
        {
            "identifiant": account,
            "nom": names[account],
            "siren": siren,
            "responsable": owners[siren],
            "nb_jeux": str(total),
        }
        for (account, siren), total in counts.items()
    ]
    who = f"{counted(len(names), 'compte')}, {counted(len(owners), 'autorité')}"
    said = f"{counted(number, 'fiche')} de transport : {who}."
    return Outcome(written(visit.register, TABLE, rows), (said,))


def clues(dataset: Json, regions: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Each account, SIREN, name of the account and of the authority that a dataset puts together.

    ``regions`` gives the SIREN of a région by its code: a région is named by the latter.
    """
    publisher = mapping(dataset, "publisher")
    account = text(publisher, "id")
    if not account or text(publisher, "type") not in {"", "organization"}:
        return
    seen = set()
    for owner in mappings(dataset, "legal_owners"):
        region = regions.get(text(owner, "insee"), "") if text(owner, "type") == "region" else ""
        siren = siren_of(text(owner, "siren")) or region
        if siren and siren not in seen:
            seen.add(siren)
            yield account, siren, text(publisher, "name"), text(owner, "name")


def regions_of(register: Register) -> dict[str, str]:
    """The SIREN of each région by its code, in the newest reference."""
    table = register.table(register.resolve("reference/regions"))
    return {r["code"]: r["siren"] for r in table.records() if r["siren"]}
