"""Beside git's objects, the last whole examination of a version: a change to it is judged at once.

The file counts only for the same commit, the same day and the same code. It stands in git's own
folder, where no contribution can put a file; to delete it costs nothing but time. So do the copies
of the large tables of that version, by the name of their blob: git would have to unpack them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import observatoire
from observatoire.files import Changes, Folder, write
from observatoire.model import Finding
from observatoire.validate.report import Known

NAME = "observatoire-validate.json"
COPIES = "observatoire-copies"
LARGE = 1 << 20
"""Bytes: below, git unpacks a table as fast."""
PACKAGES = ("", "validate", "validate/checks", "reference")
"""The folders of the package whose code has a say in the findings."""


def stamp(commit: str, day: str) -> str:
    """What must be the same for a remembered examination to hold."""
    return "\n".join((commit, day, *_code()))


def _code() -> Iterator[str]:
    """Name, size and time of each source file."""
    root = Path(observatoire.__file__).parent
    for package in PACKAGES:
        with os.scandir(root / package) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    yield f"{package}/{entry.name} {state.st_size} {state.st_mtime_ns}"


def load(folder: Path, mark: str) -> Known | None:
    """The examination with that stamp; None when there is none that can be read."""
    content = Folder(folder).read(NAME)
    try:
        data = json.loads(content or b"{}")
        if data.get("stamp") != mark:
            return None
        return Known(
            tuple((str(name), int(rows)) for name, rows in data["tables"]),
            tuple((str(code), _finding(cells)) for code, cells in data["findings"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _finding(cells: dict[str, Any]) -> Finding:
    fix = tuple((str(field), str(cell)) for field, cell in cells["fix"])
    return Finding(**{**cells, "key": tuple(cells["key"]), "fix": fix})


def save(folder: Path, mark: str, known: Known) -> None:
    """Keep an examination in place of the last one; a folder that cannot be written is left."""
    data = {
        "stamp": mark,
        "tables": known.tables,
        "findings": [(code, finding._asdict()) for code, finding in known.findings],
    }
    _write(folder, {NAME: json.dumps(data, ensure_ascii=False).encode()})


def copy(folder: Path, blob: str) -> bytes | None:
    """The content of a blob, if it was kept."""
    return Folder(folder / COPIES).read(blob)


def keep(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Keep the large ones of some blobs, by their names, in place of the last ones."""
    large = {blob: content for blob, content in contents.items() if len(content) >= LARGE}
    kept = Folder(folder / COPIES)
    if large.keys() <= set(names := kept.names("")):
        return
    _write(kept.root, dict.fromkeys(names) | large)


def _write(folder: Path, changes: Changes) -> None:
    try:
        write(folder, changes)
    except OSError:
        return
