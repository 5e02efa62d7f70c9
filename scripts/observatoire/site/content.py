"""What the page shows, worked out from the files of a version; no layout here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from observatoire import intake
from observatoire.files import Memory
from observatoire.indicators.snapshot import Past
from observatoire.names import normalise
from observatoire.publish import assets
from observatoire.publish.checksums import digest
from observatoire.publish.datami import contribution, settings, urls
from observatoire.publish.draft import FOLDER
from observatoire.publish.exports import flux
from observatoire.publish.labels import labels
from observatoire.register import Register
from observatoire.site.news import News, since
from observatoire.site.page import Frame
from observatoire.site.places.atlas import Atlas
from observatoire.site.story import Story
from observatoire.table import Table

TABLES = {
    "vue-datami.csv": "Un organisme par ligne : où il publie, combien, son territoire",
    "indicateurs.csv": "Tous les chiffres, avec numérateur, dénominateur, date, portée et source",
    "comparaison.csv": "Les chiffres publiés à côté des nôtres, l'écart expliqué",
    "liste_obliges_sans_publication.csv": "Les collectivités obligées dont on ne connaît"
    " aucune publication, par taille et par territoire",
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
class Feed:
    """What changes in a département."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class Content:
    """A version, as the page tells it. ``assets`` are the files made for its tag.

    ``address`` is that of the site, when it is known; a ``preview`` is no version. ``past`` reads
    a slice of the versions published before, one at a time. ``local`` is where Datami reads on
    this machine, instead of the repository.
    """

    files: Memory
    tag: str
    date: str
    assets: Mapping[str, bytes]
    address: str = ""
    preview: bool = False
    past: Callable[[slice], Iterable[Past]] = lambda _: ()
    local: str = ""

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
    def source(self) -> str:
        """The address from which Datami reads; "" where it cannot."""
        if self.local:
            return self.local
        return self.project if urls.readable(self.project) else ""

    @property
    def frame(self) -> Frame:
        """What stands around every page."""
        return Frame(self.project, self.address, self.preview)

    @property
    def widget(self) -> Mapping[str, str] | None:
        """The attributes of the Datami widget; None where Datami cannot read the repository."""
        if not self.source or (self.preview and not self.local):
            return None
        options = json.loads(self.files[f"{FOLDER}/{settings.FOLDER}/options.json"])
        return {
            "gitfile": urls.raw(self.source, self.tag, settings.VIEW),
            "options": json.dumps(options, ensure_ascii=False, separators=(",", ":")),
        }

    @property
    def edition(self) -> str:
        """The tabs of the widget that edits ``main``; "" where Datami cannot read it."""
        if not self.source:
            return ""
        found = json.loads(self.files[f"{FOLDER}/{contribution.PAGE}"])
        return json.dumps(found["gitfiles"], ensure_ascii=False, separators=(",", ":"))

    def feeds(self) -> list[Feed]:
        """The feeds of the version, by name of département."""
        vintage = self._register.vintages()[-1]
        rows = self._register.table(f"reference/{vintage}/departements").records()
        named = [Feed(r["code"], r["nom"], f"{flux.PLACE}/{r['code']}.xml") for r in rows]
        kept = [f for f in named if f"{FOLDER}/{f.path}" in self.files]
        return sorted(kept, key=lambda f: (normalise(f.name), f.code))

    @cached_property
    def atlas(self) -> Atlas:
        """The tables of the version, indexed."""
        return Atlas(self._register, self.date)

    @cached_property
    def news(self) -> News | None:
        """What changed since the version before, or the last edition."""
        return since(self.atlas, next(iter(self.past(slice(-1, None))), None))

    @cached_property
    def _register(self) -> Register:
        return Register(self.files)

    @cached_property
    def story(self) -> Story:
        """The figures of the version, ready to be told."""
        return Story(self.table("indicateurs.csv"), self.table("comparaison.csv"))

    def types(self) -> Mapping[str, str]:
        """The types of organisations in words."""
        return labels(self._register.schema("organisations"), "type")

    def inherited(self) -> tuple[int, int]:
        """How many publications still come from the past editions, out of all."""
        origins = self.table("publications.csv").column("origine")
        return origins.count("reprise"), len(origins)

    def downloads(self) -> dict[str, bytes]:
        """The files to download, by name."""
        own = {n: self.files.get(f"{FOLDER}/{n}") for n in TABLES}
        return dict(self.assets) | {n: content for n, content in own.items() if content is not None}

    def listed(self) -> list[Download]:
        """The same, described."""
        about = assets.about() | TABLES
        files = self.downloads()
        return [Download(n, about[n], len(files[n]), digest(files[n])) for n in about if n in files]
