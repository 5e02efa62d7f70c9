"""The files to download with a version: the whole register in one archive, its note, its sums."""

from __future__ import annotations

import json
from collections.abc import Mapping

from observatoire.files import Files
from observatoire.publish import archive, changelog, checksums
from observatoire.publish.draft import FOLDER

FOLDERS = ("data", "schemas", FOLDER)
TOP = ("README.md", "LICENSE", "LICENSE.md")
PACKAGE = "datapackage.json"


def build(files: Files, tag: str, date: str) -> dict[str, bytes]:
    """The assets of the version held by a commit, by file name."""
    name = f"registre-{tag}"
    inside = {f"{name}/{path}": content for path, content in _register(files, tag, date).items()}
    out = {
        f"{name}.zip": archive.zipped(inside, date),
        changelog.NAME: files.read(f"{FOLDER}/{changelog.NAME}") or b"",
    }
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
