"""The files to download with a version, made from its tag alone: archive, formats, note, sums."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from observatoire.files import Files
from observatoire.indicators import absence
from observatoire.publish import archive, changelog, checksums, exports
from observatoire.publish.draft import FOLDER
from observatoire.publish.sheets import Version

FOLDERS = ("data", "schemas", FOLDER)
TOP = ("README.md", "LICENSE", "LICENSE.md")
PACKAGE = "datapackage.json"
ARCHIVE = "registre.zip"
COPIED = {
    "indicateurs.csv": "Tous les chiffres, avec numérateur, dénominateur, date, portée et source",
    f"{absence.NAME}.csv": "Les collectivités obligées dont on ne connaît aucune publication, par"
    " taille et par territoire",
    "organisations.geojson": "Les organismes, en points sur une carte (GeoJSON)",
    changelog.NAME: "Ce que cette version change",
}
"""Files of ``publication/`` that are also given apart."""
SUFFIXES = (".xlsx", ".sqlite", ".parquet")
"""In which people look for a format."""


def about() -> dict[str, str]:
    """What each file is, in French, in the order in which people look for them."""
    made = {name: text for f in exports.formats() for name, text in f.ABOUT.items()}
    whole = {ARCHIVE: "Tout le registre en CSV, avec ses schémas (data package Frictionless)"}
    sums = {checksums.NAME: "L'empreinte de chaque fichier"}
    order = sorted(made, key=lambda name: (SUFFIXES.index(PurePath(name).suffix), name))
    return whole | {n: made[n] for n in order} | COPIED | sums


def build(files: Files, tag: str, date: str) -> dict[str, bytes]:
    """The assets of the version held by a commit, by file name; the same for the same commit."""
    return dict(each(files, tag, date))


def each(files: Files, tag: str, date: str) -> Iterator[tuple[str, bytes]]:
    """The same one at a time: who writes each down needs room for one."""
    sums = {}
    for name, content in _made(files, tag, date):
        sums[name] = checksums.digest(content)
        yield name, content
    yield checksums.NAME, checksums.written(sums)


def _made(files: Files, tag: str, date: str) -> Iterator[tuple[str, bytes]]:
    yield ARCHIVE, archive.zipped(_Package(files, tag, date), date)
    for name in COPIED:
        content = files.read(f"{FOLDER}/{name}")
        if content is not None:
            yield name, content
    version = Version(files, tag, date)
    for made in exports.formats():
        yield from made.assets(version).items()


class _Package(Mapping[str, bytes]):
    """The data package: tables, schemas, what the version generated; its descriptor is dated.

    Each file is read when it is asked for.
    """

    def __init__(self, files: Files, tag: str, date: str) -> None:
        self.files, self.tag, self.date = files, tag, date
        top = [path for path in TOP if files.read(path) is not None]
        under = (path for folder in FOLDERS for path in files.names(folder))
        self.paths = {f"registre-{tag}/{path}": path for path in (*top, *under, PACKAGE)}

    def __getitem__(self, name: str) -> bytes:
        path = self.paths[name]
        content = self.files.read(path) or b""
        return self._dated(content) if path == PACKAGE else content

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def _dated(self, content: bytes) -> bytes:
        descriptor = json.loads(content or b"{}")
        descriptor |= {"version": self.tag.removeprefix("v"), "created": f"{self.date}T00:00:00Z"}
        return f"{json.dumps(descriptor, ensure_ascii=False, indent=2)}\n".encode()
