"""Writing the site: only what changed, one file at a time, and what is no more of it goes.

A note beside the pages (``NOTE``) remembers what each was made from. A page is not even rendered
again where its plan has the digest of the note and the file is as it was left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import orjson

from observatoire.files import lay
from observatoire.site.build import Planned
from observatoire.site.pages.fichiers import DOWNLOADS

NOTE = ".observatoire-site.json"

Left = tuple[str, int, int]
"""What a file was made from, its size, the moment it was written (nanoseconds)."""


@dataclass
class Written:
    """What was done: how many files are there, which were written, which went."""

    files: int = 0
    rendered: int = 0
    written: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def write(out: Path, planned: Iterable[Planned]) -> Written:
    """Bring a folder to what is planned."""
    out.mkdir(parents=True, exist_ok=True)
    before, after, done = _note(out), dict[str, Left](), Written()
    for item in planned:
        done.files += 1
        after[item.path] = _one(out, item, before.get(item.path), done)
    ours = {*before, *_downloads(out)}
    for path in sorted(ours - after.keys()):
        _remove(out, path)
        done.gone.append(path)
    lay(out / NOTE, orjson.dumps(after))
    return done


def _one(out: Path, item: Planned, left: Left | None, done: Written) -> Left:
    target = out / item.path
    if left and item.digest and _stands(target, left, item.digest):
        return left
    content = item.make()
    done.rendered += 1
    if lay(target, content):
        done.written.append(item.path)
    found = target.stat()
    return item.digest, found.st_size, found.st_mtime_ns


def _stands(target: Path, left: Left, digest: str) -> bool:
    """Whether a file was made from the same, and nobody touched it since."""
    try:
        found = target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return (digest, found.st_size, found.st_mtime_ns) == tuple(left)


def _note(out: Path) -> Mapping[str, Left]:
    """What the last run left; nothing when there is no note, or one that cannot be read."""
    try:
        found = orjson.loads((out / NOTE).read_bytes())
        return {
            path: (str(d), int(s), int(m)) for path, (d, s, m) in found.items() if _inside(path)
        }
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _inside(path: str) -> bool:
    """A note is a file like another: it must not make us delete anything elsewhere."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts


def _downloads(out: Path) -> set[str]:
    """The downloads of older versions go, even those that no note tells of."""
    found = (p for p in (out / DOWNLOADS).rglob("*") if p.is_file())
    return {p.relative_to(out).as_posix() for p in found}


def _remove(out: Path, path: str) -> None:
    """Delete a file, and the folders that it leaves empty."""
    target = out / path
    target.unlink(missing_ok=True)
    for folder in target.relative_to(out).parents[:-1]:
        try:
            (out / folder).rmdir()
        except OSError:
            return
