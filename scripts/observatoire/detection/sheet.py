"""The tables that a detection writes for people: what was seen of each platform, the candidates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from observatoire.detection.candidates import Candidate
from observatoire.detection.entry import mint
from observatoire.detection.model import Verdict
from observatoire.model import Row
from observatoire.sources.kit.text import tidy
from observatoire.table import from_records, serialize

SEEN = ("id", "url", "techno", "techno_vue", "adresse_vue", "api_vue", "preuve", "constat")
CANDIDATES = (
    "id",
    "nom",
    "url",
    "techno",
    "lisible",
    "region",
    "departement",
    "url_api",
    "organisme",
    "voisines",
    "origine",
    "constat",
)


def seen(found: Iterable[tuple[Row, Verdict, Sequence[str]]]) -> bytes:
    """One line per platform of the register, with its remarks."""
    return _table(
        SEEN,
        (
            {
                "id": platform["id"],
                "url": platform["url"],
                "techno": platform["techno"],
                "techno_vue": verdict.techno,
                "adresse_vue": verdict.final,
                "api_vue": verdict.base,
                "preuve": verdict.proof,
                "constat": " ; ".join(remarks) or "conforme",
            }
            for platform, verdict, remarks in found
        ),
    )


def candidates(
    found: Iterable[tuple[Candidate, tuple[str, ...]]],
    verdicts: Mapping[str, Verdict],
    *,
    readable: Collection[str],
    taken: Collection[str],
) -> bytes:
    """One line per candidate; ``verdicts`` by address, for those that were asked.

    ``readable`` are the technologies that a connector reads, ``taken`` the ids of the register.
    """
    used = set(taken)
    rows = []
    for one, neighbours in found:
        verdict = verdicts.get(one.url, Verdict(one.url))
        techno = verdict.techno or one.techno
        name = one.nom or verdict.title
        used.add(minted := mint(name, used))
        rows.append(
            {
                "id": minted,
                "nom": name,
                "url": verdict.final or one.url,
                "techno": techno,
                "lisible": "oui" if techno in readable else "non",
                "region": one.region,
                "departement": one.departement,
                "url_api": verdict.base,
                "organisme": one.organisme,
                "voisines": "|".join(neighbours),
                "origine": one.origine,
                "constat": verdict.cause or verdict.proof or "à vérifier",
            }
        )
    return _table(CANDIDATES, rows)


def _table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    clean = ({name: tidy(cell) for name, cell in row.items()} for row in rows)
    return serialize(from_records(columns, sorted(clean, key=lambda r: r["id"])))
