"""What the register already knows of a source's accounts, indexed once for the whole harvest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from observatoire.model import Key, Row
from observatoire.reconcile.links import handle
from observatoire.reconcile.vocabulary import bare
from observatoire.register import Register
from observatoire.table import Table

MAX_SUCCESSORS = 10
"""A longer chain of redirections is a loop."""


@dataclass(frozen=True)
class Known:
    """Decisions, organisations and publications of the register, for the identity chain."""

    organisations: Mapping[str, Row]
    plateformes: Mapping[str, Row]
    publications: Sequence[Row]
    decisions: Mapping[Key, Row]
    redirections: Mapping[str, str]
    past: Sequence[Row]
    live: Set[Key]

    def free(self, row: Row) -> bool:
        """Whether the line is not that of another account which the source still gives."""
        return (row["plateforme"], row["identifiant"]) not in self.live

    def current(self, siren: str) -> str:
        """The SIREN that stands today for this one, through the recorded redirections."""
        for _ in range(MAX_SUCCESSORS):
            if siren not in self.redirections:
                break
            siren = self.redirections[siren]
        return siren

    def active(self, sirens: Iterable[str]) -> list[str]:
        """The SIRENs of today for these, those of ceased bodies last resort, sorted."""
        found = {self.current(s) for s in sirens}
        alive = {s for s in found if self._statut(s) in ("actif", "a_verifier")}
        return sorted(alive or found)

    def national(self, plateforme: str) -> bool:
        """Whether the platform serves the whole country."""
        return self.plateformes[plateforme]["perimetre"] == "national"

    def region(self, plateforme: str) -> str:
        """The région that the platform serves; "" for the whole country or an unknown one."""
        return "" if self.national(plateforme) else self.plateformes[plateforme]["region"]

    def named(self, name: str) -> list[Row]:
        """The organisations of the register that go by this name."""
        return self._names.get(bare(name), [])

    @cached_property
    def accounts(self) -> Mapping[Key, list[Row]]:
        """The lines of publications by (plateforme, identifiant)."""
        return _group(self.publications, "plateforme", "identifiant")

    def on_platform(self, plateforme: str) -> Sequence[Row]:
        """The lines of a platform."""
        return self._platforms.get((plateforme,), ())

    @cached_property
    def _platforms(self) -> Mapping[Key, list[Row]]:
        return _group(self.publications, "plateforme")

    @cached_property
    def handles(self) -> Mapping[tuple[str, str], list[Row]]:
        """The lines by (plateforme, what their link or their identifiant names)."""
        out = defaultdict(list)
        for row in self.publications:
            for name in {handle(row["url"]), row["identifiant"]} - {""}:
                out[row["plateforme"], name].append(row)
        return out

    @cached_property
    def of_body(self) -> Mapping[Key, list[Row]]:
        """The lines by (siren, plateforme)."""
        return _group(self.publications, "siren", "plateforme")

    @cached_property
    def labelled(self) -> Mapping[tuple[str, str], list[Row]]:
        """The lines by (plateforme, folded label), as their link or their identifiant gives it."""
        out = defaultdict(list)
        for row in self.publications:
            for label in {fold(handle(row["url"])), fold(row["identifiant"])} - {""}:
                out[row["plateforme"], label].append(row)
        return out

    @cached_property
    def labels(self) -> Mapping[tuple[str, str], set[str]]:
        """The SIRENs behind a label on a platform: labels of known accounts, now or last time."""
        out = defaultdict(set)
        for key, rows in self.labelled.items():
            out[key] = {r["siren"] for r in rows}
        for row in self.past:
            for ours in self.accounts.get((row["plateforme"], row["identifiant"]), ()):
                out[row["plateforme"], fold(row["nom"])].add(ours["siren"])
        return out

    @cached_property
    def _names(self) -> Mapping[str, list[Row]]:
        out = defaultdict(list)
        for row in self.organisations.values():
            out[bare(row["nom"])].append(row)
        return out

    def _statut(self, siren: str) -> str:
        return self.organisations[siren]["statut"] if siren in self.organisations else ""


def fold(label: str) -> str:
    """A label without differences of case and blanks: what a person reads as the same label."""
    return " ".join(label.split()).casefold()


def known(register: Register, source: str, base: Table, live: Set[Key]) -> Known:
    """The indexes over a register, for one source that gives the ``live`` accounts now."""
    return Known(
        organisations={k[0]: r for k, r in register.keyed("organisations").items()},
        plateformes={k[0]: r for k, r in register.keyed("plateformes").items()},
        publications=[row for _, row in sorted(register.keyed("publications").items())],
        decisions=register.keyed(f"rapprochements/{source}"),
        redirections={
            r["cle"]: r["successeur"]
            for r in register.table("redirections").records()
            if r["table"] == "organisations"
        },
        past=[r for r in base.records() if r["nom"]],
        live=live,
    )


def _group(rows: Iterable[Row], *names: str) -> Mapping[Key, list[Row]]:
    out: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        out[tuple(row[n] for n in names)].append(row)
    return out
