"""The files to download with a version, made from its tag alone: archive, formats, note, sums."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath

from observatoire.files import Files
from observatoire.publish import archive, changelog, checksums, exports
from observatoire.publish.draft import FOLDER
from observatoire.publish.sheets import Version

FOLDERS = ("data", "schemas", FOLDER)
TOP = ("README.md", "LICENSE", "LICENSE.md")
PACKAGE = "datapackage.json"
ARCHIVE = "registre.zip"
COPIED = {
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
    folder = f"registre-{tag}"
    inside = {f"{folder}/{path}": content for path, content in _register(files, tag, date).items()}
    out = {ARCHIVE: archive.zipped(inside, date)}
    out |= {n: c for n in COPIED if (c := files.read(f"{FOLDER}/{n}")) is not None}
    version = Version(files, tag, date)
    for made in exports.formats():
        out |= made.assets(version)
    return out | {checksums.NAME: checksums.sums(out)}


def _register(files: Files, tag: str, date: str) -> Mapping[str, bytes]:
    """The data package: tables, schemas, what the version generated; its descriptor is dated."""
    paths = [*TOP, *(path for folder in FOLDERS for path in files.names(folder))]
    found = {path: files.read(path) for path in paths}
    contents = {path: content for path, content in found.items() if content is not None}
    descriptor = json.loads(files.read(PACKAGE) or b"{}")
    descriptor |= {"version": tag.removeprefix("v"), "created": f"{date}T00:00:00Z"}
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    return contents | {PACKAGE: f"{text}\n".encode()}
