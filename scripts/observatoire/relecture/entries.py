"""What a contribution changes, file by file, as Git tells it: names, kinds, sizes, no content."""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.git.reader import by_zero
from observatoire.relecture.quarantine import Leashed

GONE = "000000"
MODULE = "160000"
ABSENT = -1


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a contribution adds, changes or deletes (``mode`` 000000).

    ``path`` may hold anything: it is a name in a Git tree, never a place on a disk. ``old`` is the
    blob before ("" for none), ``size`` is -1 where there is nothing to read.
    """

    path: str
    mode: str
    blob: str
    old: str
    size: int = ABSENT

    @property
    def gone(self) -> bool:
        """Whether the file is deleted."""
        return self.mode == GONE


def changed(repo: Leashed, old: str, new: str) -> list[Entry]:
    """The files that differ between two commits; Malformed when they are too many."""
    options = ("-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-commit-id")
    fields = by_zero(repo.output("diff-tree", *options, old, new))
    pairs = zip(fields[::2], fields[1::2], strict=True)
    found = [_entry(meta, path) for meta, path in pairs]
    sizes = _sizes(repo, [e.blob for e in found if not e.gone and e.mode != MODULE])
    return [
        Entry(e.path, e.mode, e.blob, e.old, sizes.get(e.blob, ABSENT))
        for e in sorted(found, key=lambda e: e.path)
    ]


def _entry(meta: str, path: str) -> Entry:
    _, mode, old, blob, _ = meta.removeprefix(":").split(" ")
    return Entry(path, mode, blob, "" if set(old) == {"0"} else old)


def _sizes(repo: Leashed, blobs: list[str]) -> dict[str, int]:
    """The size of each blob, told by Git without reading it."""
    asked = "".join(f"{b}\n" for b in dict.fromkeys(blobs)).encode()
    lines = repo.line("cat-file", "--batch-check", stdin=asked).splitlines() if asked else []
    told = (line.split(" ") for line in lines)
    return {words[0]: int(words[2]) for words in told if words[1] == "blob"}
