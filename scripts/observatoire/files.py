"""Where files are read from: a folder, or the tree of a Git commit (``git.Tree``), alike.

Stages take a ``Files`` and give back ``Changes`` (path to new content): only the command decides
whether these go to the working tree, to a branch, or nowhere (dry run).
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from observatoire.model import Finding, Malformed

Changes = Mapping[str, bytes | None]
"""Paths relative to the root, with their new content; None deletes the file."""


MAX_BYTES = 1 << 29
"""Half a gigabyte: ten times the greatest table foreseen. A larger file would fill the memory."""
MAX_STREAM = 1 << 31
"""Two gigabytes, five million lines, for a file that is read a part at a time."""


class Files(Protocol):
    """A read-only tree of files, by path relative to its root, with ``/`` as separator."""

    def read(self, path: str) -> bytes | None:
        """The content of a file; None when there is no such file."""
        ...

    def names(self, folder: str) -> list[str]:
        """The paths of all the files under a folder, sorted; empty when it does not exist."""
        ...


@runtime_checkable
class Opening(Protocol):
    """Files that need not be read whole."""

    def open(self, path: str) -> BinaryIO | None:
        """A file to be read a part at a time; None when there is none."""
        ...


class Folder:
    """The files of a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes | None:
        """The content of a file; None when there is none. Raises Malformed when it is huge."""
        target = self.root / path
        try:
            if target.stat().st_size > MAX_BYTES:
                raise _too_big(path, MAX_BYTES)
            return target.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def open(self, path: str) -> BinaryIO | None:
        """A file to be read a part at a time; None when there is none. Raises Malformed."""
        target = self.root / path
        try:
            if target.stat().st_size > MAX_STREAM:
                raise _too_big(path, MAX_STREAM)
            return target.open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def names(self, folder: str) -> list[str]:
        """The paths of all the files under a folder, sorted; empty when it does not exist."""
        return sorted(_below(str(self.root / folder), start(folder)))


def start(folder: str) -> str:
    """What the paths of all the files under a folder start with; "" is the root."""
    name = folder.strip("/")
    return f"{name}/" if name else ""


def _below(folder: str, prefix: str) -> Iterator[str]:
    """The files under a folder, each after a prefix; ``Path.rglob`` takes ten times as long."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name


def opened(files: Files, path: str) -> BinaryIO | None:
    """A file to be read a part at a time, to be closed; None when there is no such file."""
    if isinstance(files, Opening):
        return files.open(path)
    content = files.read(path)
    return None if content is None else io.BytesIO(content)


def _too_big(path: str, limit: int) -> Malformed:
    return Malformed(
        Finding(
            "fichier-trop-gros",
            f"le fichier dépasse {limit >> 20} Mo : ce n'est pas une table du registre.",
            file=path,
            english=f"the file exceeds {limit >> 20} MB: it is no table of the register.",
        )
    )


class Memory(dict[str, bytes]):
    """Files held in memory: for tests, and for what a stage is about to write."""

    def read(self, path: str) -> bytes | None:
        """The content of a file; None when there is no such file."""
        return self.get(path)

    def names(self, folder: str) -> list[str]:
        """The paths of all the files under a folder, sorted; empty when it does not exist."""
        return sorted(p for p in self if p.startswith(start(folder)))


class Overlay:
    """Files with changes laid over them, before anything is written."""

    def __init__(self, below: Files, changes: Changes) -> None:
        self.below = below
        self.changes = changes

    def read(self, path: str) -> bytes | None:
        """The changed content of a file, or the content below."""
        return self.changes[path] if path in self.changes else self.below.read(path)

    def names(self, folder: str) -> list[str]:
        """The paths under a folder once the changes are made, sorted."""
        prefix = start(folder)
        names = {n for n in self.below.names(folder) if n not in self.changes}
        names |= {n for n, c in self.changes.items() if c is not None and n.startswith(prefix)}
        return sorted(names)


def differing(files: Files, changes: Changes) -> dict[str, bytes | None]:
    """The changes that would change a byte."""
    return {path: content for path, content in changes.items() if files.read(path) != content}


def write(root: Path, changes: Changes) -> list[str]:
    """Write changes under ``root``, each file whole or not at all; the paths that changed."""
    needed = differing(Folder(root), changes)
    for path, content in sorted(needed.items()):
        target = root / path
        if content is None:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)
    return sorted(needed)


def _replace(target: Path, content: bytes) -> None:
    """A reader sees the old file or the new one, never a half: write beside, then rename."""
    import tempfile  # only for a write: start-up counts

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)  # still there only when something went wrong


def lay(target: Path, content: bytes) -> bool:
    """Write a file that can be made again, if it changes; whether it did.

    Nothing waits for the disk: a site has tens of thousands of files.
    """
    try:
        if target.read_bytes() == content:
            return False
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return True


def why(problem: OSError) -> str:
    """What the system refuses, in French where it is usual."""
    if problem.errno in FULL:
        return "le disque est plein"
    return next((said for kind, said in USUAL if isinstance(problem, kind)), problem.strerror or "")


FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
USUAL: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, "ce fichier n'existe pas"),
    (FileExistsError, "c'est un fichier : donnez un dossier"),
    (NotADirectoryError, "une partie de ce chemin est un fichier, pas un dossier"),
    (IsADirectoryError, "c'est un dossier : donnez les fichiers qui sont dedans"),
    (PermissionError, "vous n'en avez pas le droit"),
)


def walk(files: Files, folder: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    """The files under a folder whose name ends in ``suffix``, with their content."""
    for name in files.names(folder):
        if name.endswith(suffix):
            content = files.read(name)
            if content is not None:
                yield name, content
