"""What is proposed without being a harvest: the state of platforms, the portals to add.

Each is one topic, with its branch and its request, from the note that a command left in the folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from observatoire import files, liveness, reconcile
from observatoire.detection import plan as portals
from observatoire.files import Changes, Files
from observatoire.liveness import looks
from observatoire.liveness.links import DEAD
from observatoire.model import Key, Row
from observatoire.plan import Plan
from observatoire.propose import refusals, share, wishes
from observatoire.propose.body import Report
from observatoire.propose.proposal import ERRANDS, Evidence, Names, Proposal
from observatoire.register import Register, path_of
from observatoire.table import from_records

NOTES = {"vivacite": looks.PATH, "portails": portals.PATH}


@dataclass(frozen=True, slots=True)
class Errand:
    """What a command brought back: a plan for a register, and the tables that go with it.

    ``plan`` takes the register, and the lines of ``liens_morts`` that closed requests told.
    """

    date: str
    rows: int
    act: str
    read: tuple[str, str]
    plan: Callable[[Register, frozenset[Key]], Plan]
    tables: Mapping[str, bytes] = field(default_factory=dict)


LASTING = frozenset(("vivacite",))
"""The topics whose request can be built again without a new note."""


def present(work: Files) -> list[str]:
    """The topics that have a note in the working folder."""
    return [topic for topic, path in NOTES.items() if work.read(path) is not None]


def bring(topic: str, work: Files, main: Register, memory: Register) -> Errand | None:
    """The errand of a topic; None when its note cannot be read.

    ``memory`` has the tables of the looks before.
    """
    if topic != "vivacite":
        return _portals(work)
    seen = looks.read(work)
    if seen is None:
        return None
    return _looks(seen.tables(memory, main), seen.date.isoformat(), main, memory)


def again(main: Register, memory: Register, date: str) -> Errand:
    """What the looks before say of main as it is now."""
    known = {key[0] for key in main.keyed("plateformes")}
    states = memory.table(looks.STATES).records()
    return _looks(
        {looks.STATES: [r for r in states if r["plateforme"] in known]}, date, main, memory
    )


def _looks(rows: dict[str, list[Row]], date: str, main: Register, memory: Register) -> Errand:
    if looks.LINKS not in rows:
        rows[looks.LINKS] = list(memory.table(looks.LINKS).records())
    return Errand(
        date,
        len(rows[looks.STATES]),
        "constat",
        ("plateforme regardée", "plateformes regardées"),
        lambda register, told: liveness.plan(register, rows, date, {key[0] for key in told}),
        {
            path_of(name): main.bytes_of(name, from_records(main.schema(name).columns, lines))
            for name, lines in rows.items()
        },
    )


def _portals(work: Files) -> Errand | None:
    found = portals.read(work)
    if found is None:
        return None
    return Errand(
        found.date.isoformat(),
        len(found.lines),
        "recherche",
        ("portail reconnu", "portails reconnus"),
        lambda register, _: found.plan(register),
    )


def told(register: Register) -> list[Key]:
    """The dead links that a request told."""
    rows = register.table(looks.LINKS).records()
    return [(row["url"],) for row in rows if row["etat"] == DEAD]


def wish(
    topic: str, errand: Errand | None, main: Register, setting: wishes.Setting
) -> Proposal | None:
    """The proposal of a topic; None when nothing would change."""
    if errand is None:
        return None
    plan = errand.plan(main, setting.absent)
    refused = refusals.live(plan, setting.refused)
    heard = wishes.heard(main, {"refus": refused})
    register = Register(files.Overlay(main.files, heard)) if heard else main
    plan = share.limit(errand.plan(register, setting.absent) if heard else plan, setting.lines)
    if plan.empty:
        return None
    changes = {**heard, **reconcile.apply(register, plan), **errand.tables}
    changes |= wishes.description(main, changes)
    report = Report(
        plan=plan,
        names=_names(main, {a.key[0] for a in plan.additions if a.table == looks.LINKS}),
        evidence=_evidence(topic, errand, changes),
        previous=setting.previous,
        refused=len(refused),
    )
    return report.proposal(files.differing(main.files, changes), setting.limit)


def _evidence(topic: str, errand: Errand, changes: Changes) -> Evidence:
    """What was found, and the hash of the files that say it."""
    digest = hashlib.sha256()
    for path, content in sorted({**changes, **errand.tables}.items()):
        digest.update(path.encode() + b"\n" + (content or b""))
    return Evidence(
        ERRANDS[topic], errand.date, errand.rows, digest.hexdigest(), errand.act, errand.read
    )


def _names(main: Register, dead: Set[str]) -> Names:
    """The names of the platforms, and of the bodies that have a dead link."""
    platforms = main.table("plateformes").records()
    owners: dict[str, list[tuple[str, str]]] = {}
    for row in main.table("publications").records() if dead else ():
        if row["url"] in dead and row["statut"] == "publie":
            owners.setdefault(row["url"], []).append((row["siren"], row["plateforme"]))
    bodies = main.table("organisations").records() if owners else ()
    return Names(
        organisations={r["siren"]: (r["nom"], r["departement"]) for r in bodies},
        plateformes={r["id"]: (r["nom"], r["url"]) for r in platforms},
        owners=owners,
    )
