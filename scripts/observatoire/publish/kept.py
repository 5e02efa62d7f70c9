"""The files to download of a version, written in a folder and read again one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from observatoire.files import write


class Kept(Mapping[str, bytes]):
    """Files of a folder by name, in the order in which they were made; none is kept in memory."""

    def __init__(self, folder: Path, made: Iterable[tuple[str, bytes]]) -> None:
        """``made`` is written down as it comes; a file that is the same is left alone."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._names = [self._written(name, content) for name, content in made]

    def _written(self, name: str, content: bytes) -> str:
        write(self.folder, {name: content})
        return name

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        return (self.folder / name).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
