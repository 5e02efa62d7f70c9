"""Git's objects asked one at a time of a single process, and the files of a commit read that way.

Starting git costs more than reading a table: six processes took a third of the time of a
comparison.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import IO, NamedTuple, cast

from observatoire.files import start
from observatoire.git.program import MISSING, GitError
from observatoire.git.reader import Reader, widen

FOUND = 3
"""The words before a content; fewer: there is none, or several."""
FOLDER = "40000"
"""The mode of a folder in a tree."""


class Entry(NamedTuple):
    """What a tree says of a file or folder."""

    mode: str
    name: str


Answer = tuple[str, bytes] | None
"""The id and the content of an object; None when a name means none."""


class _Errand(threading.Thread):
    """An answer that is read aside; what went wrong is raised where the answer is wanted."""

    def __init__(self, work: Callable[[], Answer]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._answers: list[Answer] = []
        self._error: GitError | OSError | None = None

    def run(self) -> None:
        """Read."""
        try:
            self._answers.append(self._work())
        except (GitError, OSError) as error:
            self._error = error

    def result(self) -> Answer:
        """The answer, once it is there."""
        self.join()
        if self._error:
            raise self._error
        return self._answers[0]


class Objects:
    """The objects of a repository; to be closed, or used with ``with``.

    Git is started by the first question.
    """

    def __init__(self, repo: Reader) -> None:
        self.repo = repo
        self._process: subprocess.Popen[bytes] | None = None
        self._ahead: tuple[str, _Errand] | None = None

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, once it has answered what was begun."""
        self._settle()
        if self._process:
            # It ends by itself at the end of the questions.
            self._process.communicate()
            self._process = None

    def ahead(self, name: str) -> None:
        """Begin to read what ``read`` is going to be asked next, while something else is done."""
        self._settle()
        self._ahead = name, _Errand(lambda: self._answer(name))
        self._ahead[1].start()

    def _settle(self) -> None:
        """Leave aside what was begun and never read: one question at a time."""
        if self._ahead:
            self._ahead[1].join()
            self._ahead = None

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            try:
                self._process = subprocess.Popen(
                    self.repo.command(("cat-file", "--batch")),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=self.repo.environment(),
                )
            except FileNotFoundError as error:
                raise GitError(MISSING) from error
            widen(cast(io.BufferedReader, self._process.stdout))
        return cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)

    def read(self, name: str) -> Answer:
        """The id and the content of what a name means ("v1.0.0:data/x.csv"); None when nothing."""
        if "\n" in name:
            return None
        begun, self._ahead = self._ahead, None
        if begun and begun[0] == name:
            return begun[1].result()
        if begun:
            begun[1].join()
        return self._answer(name)

    def _answer(self, name: str) -> Answer:
        asked, told = self._pipes()
        with contextlib.suppress(BrokenPipeError):  # git ended: there is no answer to read
            asked.write(f"{name}\n".encode("utf-8", "surrogateescape"))
            asked.flush()
        header = told.readline()
        words = header.split()
        if header.endswith(b"\n") and (len(words) != FOUND or not words[2].isdigit()):
            return None
        size = int(words[2]) if header.endswith(b"\n") else 0
        content = told.read(size)
        if told.read(1) != b"\n":
            raise GitError(f"git cat-file : lecture de « {name} » interrompue.")
        return words[0].decode(), content

    def commit(self, name: str) -> str | None:
        """The commit that a branch, tag or abbreviation names; None when there is none."""
        found = self.read(f"{name}^{{commit}}")
        return found[0] if found else None

    def tree(self, name: str) -> Mapping[str, Entry]:
        """What a folder holds, by name: the mode and the id of each; {} when there is none."""
        found = self.read(name)
        return {} if found is None else dict(_entries(found[1], len(found[0]) // 2))


def _entries(content: bytes, width: int) -> Iterator[tuple[str, Entry]]:
    """The lines of a tree: a mode, a name, a zero, an id of ``width`` bytes (git-cat-file)."""
    at = 0
    while at < len(content):
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].decode("utf-8", "surrogateescape").partition(" ")
        at = end + 1 + width
        yield name, Entry(mode, content[end + 1 : at].hex())


class CommitFiles:
    """The files of a commit, as ``files.Files``: each is read when it is asked for."""

    def __init__(self, objects: Objects, commit: str) -> None:
        self.objects = objects
        self._trees = {"": objects.tree(f"{commit}^{{tree}}")}

    def read(self, path: str) -> bytes | None:
        """The content of a file; None when there is no such file."""
        blob = self.blob(path)
        found = self.objects.read(blob) if blob else None
        return found[1] if found else None

    def ahead(self, path: str) -> None:
        """Ask for a file that is going to be read next."""
        blob = self.blob(path)
        if blob:
            self.objects.ahead(blob)

    def blob(self, path: str) -> str:
        """The id of a file; "" when there is no such file."""
        folder, _, name = path.rpartition("/")
        entry = self._tree(folder).get(name)
        return entry.name if entry and entry.mode != FOLDER else ""

    def names(self, folder: str) -> list[str]:
        """The paths of all the files under a folder, sorted; empty when it does not exist."""
        return sorted(self._under(folder.rstrip("/")))

    def _under(self, folder: str) -> Iterator[str]:
        for name, entry in self._tree(folder).items():
            path = start(folder) + name
            if entry.mode == FOLDER:
                yield from self._under(path)
            else:
                yield path

    def _tree(self, folder: str) -> Mapping[str, Entry]:
        if folder not in self._trees:
            above, _, name = folder.rpartition("/")
            entry = self._tree(above).get(name)
            there = entry is not None and entry.mode == FOLDER
            self._trees[folder] = self.objects.tree(entry.name) if entry and there else {}
        return self._trees[folder]
