"""The portals that the register lacks, as lines to add: those that answered with a known API.

What a person must complete stays empty: governance, owner, theme. The others of the list stay in
the report.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from observatoire.detection.candidates import Candidate
from observatoire.detection.entry import entry, mint
from observatoire.detection.known import place, places
from observatoire.detection.model import Verdict
from observatoire.files import Files
from observatoire.model import Row, SourceError
from observatoire.plan import Addition, Plan
from observatoire.reconcile.vetoes import Vetoes, vetoes
from observatoire.register import Register
from observatoire.schema import Schema
from observatoire.sources.kit import door

SOURCE, TABLE = "portails", "plateformes"
PATH = ".observatoire/candidats.json"

MOST = 30
"""Portals in one request: each is to be opened and completed, which takes a person an hour."""


@dataclass(frozen=True, slots=True)
class Portals:
    """The lines found on a day, by site, each with its evidence in French."""

    date: date
    lines: tuple[tuple[Row, str], ...]

    def plan(self, register: Register) -> Plan:
        """What to add to a register: neither a site that it has, nor what a person refused."""
        held = vetoes(register, self.date.isoformat())
        platforms = list(register.table(TABLE).records())
        found = list(_new(self.lines, places(platforms), {p["id"] for p in platforms}, held))
        return Plan(SOURCE, additions=tuple(found[:MOST]), date=self.date.isoformat())


def lines(
    found: Iterable[tuple[Candidate, Collection[str]]],
    verdicts: Mapping[str, Verdict],
    schema: Schema,
    *,
    readable: Collection[str],
    taken: Collection[str],
) -> list[tuple[Row, str]]:
    """The lines of the candidates whose API is one that a connector reads, sorted by id.

    ``verdicts`` are by address, ``taken`` the ids of the register.
    """
    sure = [
        (one, near, v)
        for one, near in found
        if (v := verdicts.get(one.url)) and v.techno in readable and not v.cause
    ]
    named = Counter(mint(_name(one, v), ()) for one, _, v in sure)
    out = []
    for one, near, verdict in sure:
        natural = mint(_name(one, verdict), ())
        # An id must not depend on the other candidates: a refusal remembers it.
        alone = natural not in taken and named[natural] == 1
        row = {
            **entry(verdict, schema, taken, _name(one, verdict)),
            "id": natural if alone else mint(place(one.url), ()),
            "region": one.region,
        }
        with_cells = _admitted(row, schema)
        if with_cells and with_cells["id"] not in taken:
            out.append((with_cells, _why(one, near, verdict)))
    return sorted(out, key=lambda line: line[0]["id"])


def write(portals: Portals) -> bytes:
    """The note of a search."""
    content = {"date": portals.date.isoformat(), "lignes": [[dict(r), w] for r, w in portals.lines]}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(files: Files) -> Portals | None:
    """The note of the last search; None when there is none that can be read."""
    try:
        found = json.loads(files.read(PATH) or b"null")
        rows = tuple(
            ({str(k): str(v) for k, v in row.items()}, str(why)) for row, why in found["lignes"]
        )
        return Portals(date.fromisoformat(found["date"]), rows)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _new(
    found: Iterable[tuple[Row, str]], known: Mapping[str, str], taken: set[str], held: Vetoes
) -> Iterator[Addition]:
    sites = set(known)
    for row, why in found:
        here = {place(row["url"]), place(row.get("url_api", ""))} - {""}
        key = (row["id"],)
        if not (here & sites or row["id"] in taken or held.no_addition(TABLE, key)):
            sites |= here
            yield Addition(TABLE, key, row, why)


def _name(candidate: Candidate, verdict: Verdict) -> str:
    return candidate.nom or verdict.title or place(candidate.url)


def _admitted(row: Row, schema: Schema) -> Row | None:
    """The line with clean cells; None when what is left is no platform."""
    try:
        [line] = door.admit([row], schema)
    except SourceError:
        return None
    return {name: line.get(name, "") for name in schema.columns} if line.get("url") else None


def _why(candidate: Candidate, near: Collection[str], verdict: Verdict) -> str:
    said = [verdict.proof, f"liste : {candidate.origine}"]
    said += [f"organisme : {candidate.organisme}"] if candidate.organisme else []
    said += [f"même domaine que {', '.join(sorted(near))}"] if near else []
    return " ; ".join(said)
