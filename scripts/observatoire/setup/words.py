"""The steps of a set-up as a person reads them on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.french import counted
from observatoire.setup.apply import WRITES
from observatoire.setup.model import ROLES, TITLES, Found, Step, Wanted

LEVELS = {
    0: "aucun rôle",
    10: "invité",
    20: "rapporteur",
    30: "développeur",
    40: "responsable",
    50: "propriétaire",
}
MARKS = {"creer": "+ créer", "changer": "~ changer", "main": "! à faire", "laisser": "= laisser"}


def plan(steps: Sequence[Step], *, all_: bool = False) -> Iterator[str]:
    """The steps by part; what is there already is only counted, unless ``all_``."""
    for part, title in TITLES.items():
        mine = [s for s in steps if s.part == part]
        shown = [s for s in mine if all_ or s.verb != "laisser"]
        kept = len(mine) - len(shown)
        if not mine:
            continue
        yield title
        for step in shown:
            yield _line(step)
            if step.verb == "main" and step.page:
                yield f"              {step.page}"
        if kept:
            yield f"  = en place   {kept} sur {len(mine)}"


def _line(step: Step) -> str:
    why = f" : {step.why}" if step.why and step.verb in WRITES else ""
    return f"  {MARKS[step.verb]:<11} {step.said}{why}"


def who(found: Found, title: str) -> str:
    """Where one is, and as whom."""
    level = max((n for n in LEVELS if n <= found.me.level), default=0)
    role = LEVELS[level]
    return f"{title}, projet « {found.project} », vu par « {found.me.name} » ({role})."


def summary(steps: Sequence[Step]) -> str:
    """How much there is to do."""
    writes = sum(s.verb in WRITES for s in steps)
    hand = sum(s.verb == "main" for s in steps)
    said = f"{counted(writes, 'changement')} à faire" if writes else "Rien à changer"
    return f"{said} ; {counted(hand, 'chose')} à faire par une personne." if hand else f"{said}."


def listing(wanted: Wanted) -> Iterator[str]:
    """What a new project would get, without any forge to look at."""
    yield TITLES["etiquettes"]
    yield from (f"  {label.name} ({label.color}) : {label.about}" for label in wanted.labels)
    yield TITLES["protections"]
    for guard in wanted.guards:
        yield f"  {guard.kind} « {guard.name} », pousser : {ROLES[guard.push]} : {guard.why}"
    yield TITLES["reglages"]
    yield from (
        f"  {setting.name} = {setting.value} : {setting.about}" for setting in wanted.settings
    )
    yield TITLES["programmes"]
    yield from (f"  ROLE={s.role}, cron {s.cron} : {s.about}" for s in wanted.schedules)
    yield TITLES["variables"]
    yield from (f"  {secret.name} : {secret.about}" for secret in wanted.secrets)
    yield TITLES["modeles"]
    yield from (f"  {name}" for name in sorted(wanted.templates))
