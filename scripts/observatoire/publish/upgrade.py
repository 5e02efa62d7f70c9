"""The last versions, once migrated, still hold under today's schemas; else nothing is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from observatoire.files import Changes, Files, Overlay
from observatoire.git import Repo
from observatoire.model import Finding, Malformed
from observatoire.publish import differences, history, version
from observatoire.publish.history import Published
from observatoire.publish.migrations import Migration
from observatoire.register import Register
from observatoire.validate import engine
from observatoire.validate.context import Context

KEPT = 3
"""How many versions back a reader can go with today's schemas."""
SHOWN = 3
SCHEMAS = "schemas"
RULES = frozenset(
    {
        *("lecture", "cle-en-double", "valeur-obligatoire", "valeur-permise", "type-de-valeur"),
        *("forme-attendue", "bornes", "lien-inconnu"),
    }
)
"""The checks that only say what a schema says; the others may judge an old version otherwise."""


def upgraded(old: Files, tag: str, now: Files, steps: Sequence[Migration]) -> Files:
    """The data of a version under the schemas of ``now``, each migration since made in order."""
    files = old
    for step in sorted(steps, key=lambda s: _number(s.SINCE)):
        if _number(tag) < _number(step.SINCE):
            files = Overlay(files, step.migrate(files))
    schemas: Changes = dict.fromkeys(files.names(SCHEMAS))
    return Overlay(files, {**schemas, **{n: now.read(n) for n in now.names(SCHEMAS)}})


def broken(files: Files, day: str) -> Iterator[Finding]:
    """What the schemas refuse in the public tables of some files."""
    register = Register(files)
    context = Context(register, differences.public(register), date.fromisoformat(day))
    for check in engine.discover():
        if check.CODE in RULES:
            yield from (f for f in check.check(context) if f.severity == "erreur")


def refuse_broken(
    repo: Repo, published: Sequence[Published], now: Files, steps: Sequence[Migration]
) -> None:
    """Raise Malformed when one of the last versions cannot be read any more."""
    for known in published[-KEPT:]:
        files = upgraded(history.load(repo, known.source), known.tag, now, steps)
        found = list(broken(files, history.day(repo, known.source)[:10]))
        if found:
            raise Malformed(*found[:SHOWN], _words(known.tag, len(found)))


def _words(tag: str, count: int) -> Finding:
    return Finding(
        "migration",
        f"les schémas ont changé, et la version {tag} ne s'y lit plus ({count} erreur(s)) : ajoutez"
        " dans scripts/observatoire/publish/migrations/ l'étape qui réécrit ses tables, puis"
        " recommencez.",
    )


def _number(tag: str) -> version.Number:
    return version.number(tag) or (0, 0, 0)
