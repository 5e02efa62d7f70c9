"""Bodies of answers on disk or in memory, named by their content (SHA-256)."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import AsyncGenerator, Collection
from contextlib import suppress
from pathlib import Path
from typing import IO

from observatoire.web.exchange import CHUNK

SMALL = 2**20
"""Bytes. A bigger body is written to a file while it comes."""

PARTIAL = ".partiel-"
AWHILE = 3_600
"""Seconds. A file without a name this old was left by a process that died."""


class Writer:
    """A body that comes piece by piece."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.size = 0
        self._hash = hashlib.sha256()
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._path = folder

    @property
    def digest(self) -> str:
        """The name of what has come."""
        return self._hash.hexdigest()

    def write(self, piece: bytes) -> None:
        """Take a piece; raises OSError."""
        self.size += len(piece)
        self._hash.update(piece)
        if self._file is None and self.size > SMALL:
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=PARTIAL)
            self._file = os.fdopen(handle, "wb")
            self._path = Path(name)
            self._file.write(self._memory)
            self._memory.clear()
        if self._file is None:
            self._memory += piece
        else:
            self._file.write(piece)

    def settle(self) -> bytes | None:
        """The body itself when it is small; None once it stands whole under its name."""
        if self._file is None:
            return bytes(self._memory)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.replace(self.folder / self.digest)
        self._file = None
        return None

    def drop(self) -> None:
        """Leave nothing behind; nothing happens to a body that was settled."""
        if self._file is not None:
            self._file.close()
            with suppress(OSError):
                self._path.unlink()
            self._file = None


async def from_memory(body: bytes) -> AsyncGenerator[bytes, None]:
    """A body in pieces."""
    for start in range(0, len(body), CHUNK):
        yield body[start : start + CHUNK]


async def from_file(path: Path) -> AsyncGenerator[bytes, None]:
    """The content of a file in pieces."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def digest_of(path: Path) -> str:
    """The name that the content of a file deserves; "" when there is no such file."""
    with suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def sweep(folder: Path, named: Collection[str]) -> None:
    """Remove the files that no answer names, but those that another process may be writing."""
    for path in folder.iterdir():
        if path.name not in named:
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > AWHILE:
                    path.unlink()
