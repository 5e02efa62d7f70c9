"""All the files that the rebuilding writes, from the old files and the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import (
    forms,
    joining,
    lists,
    platforms,
    portals,
    rules,
    themes,
)
from observatoire.migrations.reprise_2022.edition import Edition, convert
from observatoire.migrations.reprise_2022.gazetteer import gazetteer
from observatoire.migrations.reprise_2022.joining import Joint
from observatoire.migrations.reprise_2022.journal import Journal
from observatoire.migrations.reprise_2022.organisations import Layout, World
from observatoire.migrations.reprise_2022.platforms import Platform
from observatoire.migrations.reprise_2022.portals import Portals
from observatoire.migrations.reprise_2022.shelves import Shelf
from observatoire.migrations.reprise_2022.sources import Sources
from observatoire.model import Row
from observatoire.reference.lookup import Reference
from observatoire.register import Register, path_of
from observatoire.table import from_records

EXPORT_2021 = Layout("Département", "Thèmatiques", flag="A vériifier")
EDITION_2022 = Layout("depcode", "Thématiques")
HOSTED = lists.Listing("plateformes", "Nom", "Organisations 5", "ptf", rules.HOSTED_LIST)
THEMES = lists.Listing(
    "thematiques", "Name", "Organisations_Id", EXPORT_2021.thematiques, rules.THEME_LIST
)
VINTAGES = ("2022", "2026")
"""The references of the frozen editions: a newer one must not change what they say."""
CURRENT = ("organisations", "plateformes", "publications")
EMPTY = ("verrous", "refus", "redirections")


@dataclass(frozen=True)
class Rebuilt:
    """Both editions and the themes; the register starts as the edition of 2022."""

    past: Edition
    present: Edition
    themes: Sequence[Row]

    def counts(self) -> Mapping[str, Counter[str]]:
        """How many journal lines each rule wrote, by edition."""
        return {
            "2021": Counter(c["regle"] for c in self.past.corrections),
            "2022": Counter(c["regle"] for c in self.present.corrections),
        }


def rebuild(sources: Sources, then: Reference, now: Reference) -> Rebuilt:
    """Both editions; ``then`` is the reference of the end of 2022, ``now`` today's."""
    journals = Journal(), Journal()
    october = platforms.october(sources.plateformes, sources.nationales, journals[0])
    old, new = portals.build(october, _joints(sources, october), sources.export, journals)
    lists.compare(HOSTED, sources.plateformes, sources.export, journals[0])
    lists.compare(THEMES, sources.thematiques, sources.export, journals[0])
    known = themes.themes(sources.thematiques)
    world = World(
        then,
        now,
        gazetteer(sources.vue),
        frozenset(t["nom"] for t in known),
        frozenset(forms.siren(r["siren"]) for r in sources.edition),
        {forms.siren(r["siren"]): r for r in sources.export},
    )
    past = convert(sources.export, EXPORT_2021, world, _shelf(old, {}), journals[0])
    before = {
        p["siren"]: p["plateforme"]
        for p in past.publications
        if p["plateforme"] != platforms.DATAGOUV
    }
    present = convert(sources.edition, EDITION_2022, world, _shelf(new, before), journals[1])
    return Rebuilt(past, present, known)


def _joints(sources: Sources, october: Sequence[Platform]) -> list[Joint]:
    """The portals that either old file names or points at, each with its platform of October."""
    past = _past_names(sources.export)
    portals = joining.named(sources.edition)
    lines = (*sources.export, *sources.edition)
    lost = joining.strays(lines, october, portals, past)
    return joining.join(portals, october, past) + [Joint(p, None, "") for p in lost]


def _past_names(export: Sequence[Row]) -> dict[str, str]:
    """The only local platform of each body in the export, by its name there."""
    names = {forms.siren(r["siren"]): joining.local_names(r) for r in export}
    return {siren: found[0] for siren, found in names.items() if len(found) == 1}


def _shelf(found: Portals, past: Mapping[str, str]) -> Shelf:
    technos = {r["id"]: r.get("techno", "") for r in (*found.spare, *found.rows)}
    return Shelf(found, past, technos)


def files(rebuilt: Rebuilt, register: Register, *, replace: bool = False) -> dict[str, bytes]:
    """The content of each file to write.

    A current table that somebody changed since it was rebuilt is left out, unless ``replace``.
    """
    tables = {f"editions/2021/{n}": rows for n, rows in rebuilt.past.tables().items()}
    tables |= {f"editions/2022/{n}": rows for n, rows in rebuilt.present.tables().items()}
    current = [n for n in CURRENT if replace or untouched(register, n)]
    tables |= {n: rebuilt.present.tables()[n] for n in current}
    if replace or not register.has("thematiques"):
        tables["thematiques"] = rebuilt.themes
    tables |= {n: () for n in EMPTY if not register.has(n)}
    return {
        path_of(name): register.bytes_of(name, from_records(register.schema(name).columns, rows))
        for name, rows in tables.items()
    }


def untouched(register: Register, name: str) -> bool:
    """Whether a current table is missing, or still as the edition of 2022."""
    read = register.files.read
    return not register.has(name) or read(path_of(name)) == read(path_of(f"editions/2022/{name}"))
