"""What is asked about: a SIREN, a name, or the key of a line; nearest ones when it is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.explain.evidence import Evidence
from observatoire.model import Key, Row
from observatoire.names import EPCI_KINDS, kind_hint, normalise
from observatoire.reconcile.vetoes import key_text
from observatoire.register import Register

SIREN, SIRET = 9, 14
SHOWN = 8
"""Names proposed at most."""

NEAR, NEAR_NUMBER = 60, 88
"""Similarities, of 100, under which two names, two SIRENs have nothing to do with each other."""

MAX_SUCCESSORS = 10


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing, or too much, goes by this name: why, and the (key, name) that it may be."""

    why: str
    near: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Search:
    """The evidence in which to look."""

    evidence: Evidence

    def body(self, words: str) -> str | Lost:
        """The SIREN that a SIREN, a SIRET or a name stands for."""
        digits = "".join(words.split())
        if digits.isascii() and digits.isdecimal() and len(digits) in {SIREN, SIRET}:
            return self._number(digits[:SIREN])
        return self._name(words)

    def successor(self, siren: str) -> str:
        """The SIREN that stands today for a retired one."""
        retired = self._retired
        for _ in range(MAX_SUCCESSORS):
            siren = retired.get(siren, siren)
        return siren

    def line(self, table: str, words: str) -> Key | Lost:
        """The key of a line of a table: by its key as text, or by its name."""
        rows = self.register.keyed(table)
        exact = [k for k in rows if key_text(k) == words]
        named = [k for k, row in rows.items() if _same(row.get("nom", ""), words)]
        found = exact or named
        if len(found) == 1:
            return found[0]
        names = {key_text(k): row.get("nom", "") for k, row in rows.items()}
        if found:
            near = [(key_text(k), names[key_text(k)]) for k in found]
            return Lost(f"plusieurs lignes de « {table} » s'appellent « {words} »", tuple(near))
        why = f"aucune ligne de « {table} » n'a la clé « {words} »"
        return Lost(why, _nearest(words, [*zip(names, names, strict=True), *names.items()], names))

    def _number(self, siren: str) -> str | Lost:
        book = self.evidence.book
        if book.line("organisations", siren) or book.line("publications", siren):
            return siren
        if siren in self._retired:
            return self.successor(siren)
        body = self.evidence.reference.bodies.get(siren)
        if body is None:
            near = _nearest(siren, [(s, s) for s in self._names], self._names, NEAR_NUMBER)
            return Lost(f"{siren} n'est pas au registre, ni dans la référence", near)
        return Lost(f"{body.nom} ({siren}) n'est pas au registre. {self._heard(siren)}")

    def _heard(self, siren: str) -> str:
        """What the sources say of a body that is not in the register."""
        names = self.register.names()
        sources = [n for n in names if n.startswith("moissons/") and n != "moissons/journal"]
        accounts = [
            f"« {row['nom'] or row['identifiant']} » ({row['plateforme']})"
            for name in sources
            for row in self.register.table(name).records()
            if row["siren_declare"] == siren
        ]
        if not accounts:
            return "Aucun compte moissonné ne déclare ce SIREN."
        return f"Ce SIREN est déclaré par {', '.join(accounts[:SHOWN])} : voir les demandes."

    def _name(self, words: str) -> str | Lost:
        kind = kind_hint(words)
        kinds = EPCI_KINDS if kind in EPCI_KINDS else (kind,)
        types = self.register.table("organisations").by("siren")
        found = [
            siren
            for siren, nom in self._names.items()
            if _same(nom, words) and (not kind or types[siren,]["type"] in kinds)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            shown = [(s, f"{self._names[s]} ({_place(types[s,])})") for s in sorted(found)]
            return Lost(f"plusieurs organismes s'appellent « {words} »", tuple(shown))
        near = _nearest(words, [*self._names.items()], self._names)
        return Lost(f"aucun organisme du registre ne s'appelle « {words} »", near)

    @property
    def register(self) -> Register:
        """The register."""
        return self.evidence.register

    @cached_property
    def _names(self) -> Mapping[str, str]:
        table = self.register.table("organisations")
        return dict(zip(table.column("siren"), table.column("nom"), strict=True))

    @cached_property
    def _retired(self) -> Mapping[str, str]:
        rows = self.register.table("redirections").records()
        return {r["cle"]: r["successeur"] for r in rows if r["table"] == "organisations"}


def _same(nom: str, words: str) -> bool:
    return bool(nom) and normalise(nom) == normalise(words)


def _place(row: Row) -> str:
    return ", ".join(filter(None, (row["type"], row["departement"])))


def _nearest(
    words: str,
    known: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    cutoff: float = NEAR,
) -> tuple[tuple[str, str], ...]:
    """The keys whose text looks most like ``words``, with their names, best first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        normalise(words),
        [normalise(text) for _, text in known],
        scorer=fuzz.ratio,
        score_cutoff=cutoff,
        limit=2 * SHOWN,
    )
    keys = dict.fromkeys(known[at][0] for _, _, at in found)
    return tuple((key, names.get(key, "")) for key in keys)[:SHOWN]
