"""The last versions, once migrated, still hold under today's schemas; else nothing is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from observatoire import french
from observatoire.files import Changes, Files, Overlay
from observatoire.git import Repo
from observatoire.model import Finding, Malformed
from observatoire.publish import differences, history, version
from observatoire.publish.differences import TableChange
from observatoire.publish.history import Published
from observatoire.publish.migrations import Migration
from observatoire.register import Register, kind_of, path_of
from observatoire.validate import engine
from observatoire.validate.context import Context

KEPT = 3
"""How many versions back a reader can go with today's schemas."""
SHOWN = 3
SCHEMAS = "schemas"
WHOLE = ("data/", "schemas/")
"""What a migration may read of a version."""
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
    for step in due(tag, steps):
        files = Overlay(files, step.migrate(files))
    schemas: Changes = dict.fromkeys(files.names(SCHEMAS))
    made = Overlay(files, {**schemas, **{n: now.read(n) for n in now.names(SCHEMAS)}})
    return Overlay(made, dict(_moved(Register(made))))


def _moved(register: Register) -> Iterator[tuple[str, bytes]]:
    """The tables whose columns only moved, in the order of today: nobody has to write that."""
    for name in register.names():
        header = (register.files.read(path_of(name)) or b"").partition(b"\n")[0]
        columns = tuple(header.decode("utf-8", "replace").split(","))
        known = register.schema(name).columns
        if columns != known and sorted(columns) == sorted(known):
            yield path_of(name), register.bytes_of(name, register.table(name))


def due(tag: str, steps: Sequence[Migration]) -> list[Migration]:
    """The migrations to make on a version, in order."""
    later = [s for s in steps if _number(tag) < _number(s.SINCE)]
    return sorted(later, key=lambda step: _number(step.SINCE))


def broken(files: Files, day: str) -> Iterator[Finding]:
    """What the schemas refuse in the public tables of some files."""
    register = Register(files)
    context = Context(register, differences.public(register), date.fromisoformat(day))
    for check in engine.discover():
        if check.CODE in RULES:
            yield from (f for f in check.check(context) if f.severity == "erreur")


def refuse_unclassified(changes: Sequence[TableChange]) -> None:
    """Raise Malformed when a schema changed in a way whose effect on readers nobody judged."""
    changed = {kind_of(c.table): c for c in changes if c.unclassified}
    found = [
        Finding(
            "schema-non-classe",
            f"le schéma a changé d'une façon qui n'est pas classée ({', '.join(c.unclassified)}) :"
            " dites dans scripts/observatoire/publish/compatibility.py ce qu'elle fait à ceux qui"
            " lisent les données, ou prenez-la pour majeure en choisissant le numéro (--version).",
            file=f"schemas/{kind}.json",
        )
        for kind, c in changed.items()
    ]
    if found:
        raise Malformed(*found)


def refuse_broken(
    repo: Repo, published: Sequence[Published], now: Files, steps: Sequence[Migration]
) -> None:
    """Raise Malformed when one of the last versions cannot be read any more."""
    for known in published[-KEPT:]:
        files = upgraded(history.load(repo, known.commit, WHOLE), known.tag, now, steps)
        found = list(broken(files, history.day(repo, known.commit)[:10]))
        if found:
            raise Malformed(*found[:SHOWN], _words(known.tag, len(found)))


def _words(tag: str, count: int) -> Finding:
    return Finding(
        "migration",
        f"les schémas ont changé, et la version {tag} ne s'y lit plus"
        f" ({french.counted(count, 'erreur')}) : ajoutez dans"
        " scripts/observatoire/publish/migrations/ l'étape qui réécrit ses tables, puis"
        " recommencez.",
    )


def _number(tag: str) -> version.Number:
    return version.number(tag) or (0, 0, 0)
