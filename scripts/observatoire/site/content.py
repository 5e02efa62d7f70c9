"""What the page shows, worked out from the files of a version; no layout here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from observatoire import indicators, intake
from observatoire.files import Memory
from observatoire.indicators import brackets
from observatoire.indicators.model import COLLECTIVITES, CURRENT, Header
from observatoire.names import normalise
from observatoire.publish.checksums import digest
from observatoire.publish.datami import settings, urls
from observatoire.publish.draft import FOLDER
from observatoire.publish.labels import labels
from observatoire.register import Register
from observatoire.site.curve import Curve, Dot, draw, moment
from observatoire.site.figures import Figure, Figures
from observatoire.table import Table

ACTORS = ("groupe", "collectivites")
TABLES = {
    "vue-datami.csv": "Un organisme par ligne : où il publie, combien, son territoire",
    "indicateurs.csv": "Tous les chiffres, avec numérateur, dénominateur, date, portée et source",
    "comparaison.csv": "Les chiffres publiés à côté des nôtres, l'écart expliqué",
    "organisations.csv": "La table des organismes",
    "plateformes.csv": "La table des plateformes",
    "publications.csv": "Qui publie où, et combien",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download."""

    name: str
    about: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart: a name in words and its figure."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Edition:
    """A line of the table of editions."""

    name: str
    date: str
    actors: Figure
    collectivites: Figure
    associes: Figure
    rate: Figure


@dataclass(frozen=True)
class Content:
    """A version, as the page tells it. ``assets`` are the files made for its tag."""

    files: Memory
    tag: str
    date: str
    assets: Mapping[str, bytes]

    @cached_property
    def figures(self) -> Figures:
        """The indicators of the version."""
        return Figures(self.table("indicateurs.csv"))

    def table(self, name: str) -> Table:
        """A table of ``publication/``."""
        path = f"{FOLDER}/{name}"
        return intake.parse(self.files.get(path, b""), path)

    @cached_property
    def descriptor(self) -> Mapping[str, Any]:
        """The data package of the version."""
        found: Mapping[str, Any] = json.loads(self.files.get(f"{FOLDER}/datapackage.json", b"{}"))
        return found

    @property
    def project(self) -> str:
        """The public address of the repository; "" when nobody gave it."""
        return str(self.descriptor.get("repository", ""))

    @property
    def widget(self) -> Mapping[str, str] | None:
        """The attributes of the Datami widget; None where Datami cannot read the repository."""
        if not urls.readable(self.project):
            return None
        options = json.loads(self.files[f"{FOLDER}/{settings.FOLDER}/options.json"])
        return {
            "gitfile": urls.raw(self.project, self.tag, settings.VIEW),
            "options": json.dumps(options, ensure_ascii=False, separators=(",", ":")),
        }

    @cached_property
    def _register(self) -> Register:
        return Register(self.files)

    def types(self) -> Mapping[str, str]:
        """The types of organisations in words."""
        return labels(self._register.schema("organisations"), "type")

    def by_type(self) -> list[Row]:
        """The rate of each type of collectivité."""
        words = self.types()
        found = {f.modalite: f for f in self.figures.along("I4", "type")}
        return [Row(words[t], found[t]) for t in COLLECTIVITES if t in found]

    def by_size(self) -> list[Row]:
        """The rate of communes by population."""
        along = self.figures.along("I4", "population_communes")
        return [Row(brackets.label(f.modalite).replace(" habitants", ""), f) for f in along]

    def by_region(self) -> list[Row]:
        """Open organisations by région, the most first."""
        vintage = self._register.vintages()[-1]
        places = self._register.keyed(f"reference/{vintage}/regions")
        rows = [
            Row(places[(f.modalite,)]["nom"], f)
            for f in self.figures.along("I12", "region")
            if (f.modalite,) in places and f.part
        ]
        return sorted(rows, key=lambda r: (-r.figure.part, r.name))

    def editions(self) -> Iterator[Edition]:
        """Each edition, recomputed with today's definitions, then the register."""
        for vintage in self.figures.vintages:
            found = [
                self.figures.at("I1", vintage=vintage),
                self.figures.at("I1", ACTORS, vintage),
                self.figures.at("I1", ("groupe", "associes"), vintage),
                self.figures.at("I3", vintage=vintage),
            ]
            known = [f for f in found if f]
            if len(known) == len(found):
                name = "Registre" if vintage == CURRENT else f"Édition {vintage}"
                yield Edition(name, known[0].date, *known)

    def compared(self) -> Sequence[Mapping[str, str]]:
        """The published figures that ours can be set beside."""
        return [r for r in self.table("comparaison.csv").records() if r["valeur_calculee"]]

    def organisations(self) -> list[Mapping[str, str]]:
        """The flat view, as people look for a name."""
        rows: list[Mapping[str, str]] = list(self.table("vue-datami.csv").records())
        return sorted(rows, key=lambda r: (normalise(r["nom"]), r["siren"]))

    def inherited(self) -> tuple[int, int]:
        """How many publications still come from the past editions, out of all."""
        origins = self.table("publications.csv").column("origine")
        return origins.count("reprise"), len(origins)

    def curve(self, width: int, height: int) -> Curve:
        """Open collectivités through the editions."""
        published = [
            Dot(moment(r["millesime"], r["date"]), int(r["valeur_publiee"]), r["millesime"])
            for r in self.table("comparaison.csv").records()
            if (r["indicateur"], r["dimension"], r["modalite"]) == ("I1", *ACTORS)
        ]
        computed = [
            Dot(moment(e.name, e.date), e.collectivites.part, e.name) for e in self.editions()
        ]
        return draw(published, computed, width, height)

    def definitions(self) -> list[Header]:
        """The indicators in words."""
        return [i.HEADER for i in indicators.discover()]

    def downloads(self) -> dict[str, bytes]:
        """The files to download, by name."""
        return dict(self.assets) | {n: self.files[f"{FOLDER}/{n}"] for n in TABLES}

    def listed(self) -> list[Download]:
        """The same, described."""
        about = {f"registre-{self.tag}.zip": "Tout le registre, avec ses schémas"} | TABLES
        files = self.downloads()
        return [Download(n, about[n], len(files[n]), digest(files[n])) for n in about if n in files]
