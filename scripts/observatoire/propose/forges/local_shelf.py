"""Versions of the local forge: one folder each, with a note that comes last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from observatoire import files
from observatoire.files import Folder
from observatoire.propose.forges.shelf import Announcement, Posted

FOLDER = "versions"
NOTE = "version.json"


class LocalShelf:
    """The versions under a folder."""

    title = "forge locale"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def held(self, tag: str, names: Sequence[str]) -> Mapping[str, str]:
        """The files of a version's folder."""
        found = {name: Folder(self.folder / tag).read(name) for name in names}
        return {n: hashlib.sha256(c).hexdigest() for n, c in found.items() if c is not None}

    def begin(self, wish: Announcement) -> None:
        """The folder of the version."""
        (self.folder / wish.tag).mkdir(parents=True, exist_ok=True)

    def put(self, tag: str, name: str, content: bytes) -> None:
        """Write a file, whole or not at all."""
        files.write(self.folder / tag, {name: content})

    def finish(self, wish: Announcement, names: Sequence[str]) -> Posted:
        """Write the note, unless it is there."""
        place = self.folder / wish.tag
        if not (place / NOTE).exists():
            note = {
                "etiquette": wish.tag,
                "titre": wish.title,
                "texte": wish.body,
                "fichiers": list(names),
            }
            text = json.dumps(note, ensure_ascii=False, indent=1)
            files.write(place, {NOTE: f"{text}\n".encode()})
        return Posted(str(place), str(self.folder))
