"""The version that a work started from: what did not change since is read in the working tree.

Git tells at once which files changed, from the state that it keeps of each: nothing else is read
from its objects, and a table that did not change is examined once for both versions.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from observatoire.files import Files, Folder

if TYPE_CHECKING:
    from observatoire.git.reader import Reader

FOLDERS = ("data", "schemas", "publication", "datapackage.json")
"""What the checks read."""


@runtime_checkable
class Since(Protocol):
    """Files of which it is known which ones changed since: path to old blob, "" for none."""

    changed: dict[str, str]


class Start:
    """The files of a commit, beside the working tree that came of it.

    ``copy`` gives the content of a blob where it is at hand; ``contents`` are those that were read.
    """

    def __init__(
        self,
        repo: Reader,
        commit: str,
        now: Folder,
        copy: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        from observatoire.git.reader import by_zero  # only for a change: start-up counts

        self._repo = repo
        self._now = now
        self._copy = copy
        self.contents: dict[str, bytes] = {}
        raw = ("diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--relative")
        fields = by_zero(repo.run(*raw, commit, "--", *FOLDERS))
        pairs = zip(fields[::2], fields[1::2], strict=True)
        self.changed = {
            path: "" if meta.endswith(" A") else meta.split(" ")[2] for meta, path in pairs
        }
        new = repo.run("ls-files", "--others", "-z", "--", *FOLDERS)
        self.changed |= dict.fromkeys(by_zero(new), "")

    def read(self, path: str) -> bytes | None:
        """The content of a file; None when there was no such file."""
        if path not in self.changed:
            return self._now.read(path)
        blob = self.changed[path]
        if not blob:
            return None
        if blob not in self.contents:
            copy = self._copy(blob)
            self.contents[blob] = next(self._repo.blobs([blob])) if copy is None else copy
        return self.contents[blob]

    def open(self, path: str) -> BinaryIO | None:
        """A file to be read a part at a time; None when there was no such file."""
        if path not in self.changed:
            return self._now.open(path)
        content = self.read(path)
        return None if content is None else io.BytesIO(content)

    def names(self, folder: str) -> list[str]:
        """The paths of all the files under a folder, sorted; empty when it did not exist."""
        prefix = folder.rstrip("/") + "/"
        same = {n for n in self._now.names(folder) if n not in self.changed}
        return sorted(same | {n for n, b in self.changed.items() if b and n.startswith(prefix)})


def touched(old: Files, new: Files, *folders: str) -> list[str]:
    """The files under some folders that were added, edited or removed, sorted."""
    if isinstance(old, Since):
        prefixes = tuple(f.rstrip("/") + "/" for f in folders)
        return sorted(path for path in old.changed if path.startswith(prefixes))
    names = {n for folder in folders for files in (old, new) for n in files.names(folder)}
    return [n for n in sorted(names) if old.read(n) != new.read(n)]


def same(old: Files, new: Files, path: str) -> bool:
    """Whether a file has the same content in two versions."""
    return path not in old.changed if isinstance(old, Since) else old.read(path) == new.read(path)
