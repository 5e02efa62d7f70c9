"""Reading a Git repository: commits, their files, what differs; nothing is ever written here."""

from __future__ import annotations

import contextlib
import fcntl
import io
import subprocess
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from observatoire.files import start
from observatoire.git.program import GitError, Program

PIPE_BYTES = 1 << 18
FOUND = 3
"""The number of words before a blob in what ``cat-file --batch`` prints; fewer: no such object."""


class Person(NamedTuple):
    """Who makes a commit."""

    name: str
    email: str


class Commit(NamedTuple):
    """One commit; ``date`` is its author's, ISO 8601; ``body`` is the message after its subject."""

    sha: str
    author: Person
    committer: Person
    date: str
    subject: str
    body: str = ""
    parents: tuple[str, ...] = ()


class Reader(Program):
    """What can be asked of a repository."""

    def resolve(self, ref: str) -> str | None:
        """The commit that a branch, tag or abbreviation names; None when there is none."""
        done = self._run(("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"), b"", {})
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def refs(self) -> dict[str, str]:
        """Every reference by its full name."""
        lines = self.line("for-each-ref", "--format=%(objectname) %(refname)").splitlines()
        pairs = (line.split(" ", 1) for line in lines)
        return {name: sha for sha, name in pairs}

    def entries(self, ref: str) -> dict[str, tuple[str, str]]:
        """All the files of a commit or tree: path to (mode, blob)."""
        out: dict[str, tuple[str, str]] = {}
        for line in by_zero(self.run("ls-tree", "-r", "-z", "--full-tree", ref)):
            meta, path = line.split("\t", 1)
            mode, _, blob = meta.split(" ")
            out[path] = (mode, blob)
        return out

    def blobs(self, names: Sequence[str]) -> Iterator[bytes]:
        """The content of many blobs, in order, in one process."""
        wanted = "".join(f"{n}\n" for n in names).encode()
        data = self.run("cat-file", "--batch", stdin=wanted)
        at = 0
        for name in names:
            end = data.index(b"\n", at)
            header = data[at:end].split(b" ")
            if len(header) != FOUND:
                raise GitError(f"objet absent du dépôt : {name}")
            start = end + 1
            at = start + int(header[2]) + 1
            yield data[start : at - 1]

    def changed(self, old: str, new: str) -> dict[str, str | None]:
        """The paths that differ between two commits or trees, with the new blob (None: deleted)."""
        out = self.run("diff-tree", "-r", "-z", "--no-renames", "--no-commit-id", old, new)
        fields = by_zero(out)
        pairs = zip(fields[::2], fields[1::2], strict=True)
        return {path: None if meta.endswith(" D") else meta.split(" ")[3] for meta, path in pairs}

    def diff(self, old: str, new: str, *paths: str) -> str:
        """The difference between two commits or trees, as text; ``paths`` are git's pathspecs."""
        shown = (
            "--no-ext-diff",
            "--no-color",
            "--no-renames",
            "--src-prefix=a/",
            "--dst-prefix=b/",
        )
        return self.run("diff", *shown, old, new, "--", *paths).decode("utf-8", "replace")

    def setting(self, name: str) -> str:
        """A setting of the user or of the repository; "" when it is not set."""
        done = self._run(("config", "--get", name), b"", {})
        return done.stdout.decode("utf-8", "replace").strip()

    def merge_base(self, one: str, other: str) -> str | None:
        """The nearest common ancestor; None when there is none."""
        done = self._run(("merge-base", one, other), b"", {})
        return done.stdout.decode().strip() or None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether ``new`` holds ``old`` in its history."""
        return self.succeeds("merge-base", "--is-ancestor", old, new)

    def log(self, *revisions: str, path: str = "") -> list[Commit]:
        """The commits of a range such as ``main..branch``, newest first; of one file if given."""
        fields = ("%H", "%an", "%ae", "%cn", "%ce", "%aI", "%s", "%b", "%P")
        paths = ("--", path) if path else ("--",)
        form = f"--format=tformat:{'%x00'.join(fields)}"
        out = by_zero(self.run("log", "-z", form, *revisions, *paths))
        rows = (out[i : i + len(fields)] for i in range(0, len(out), len(fields)))
        return [_commit(*row) for row in rows]

    def each(self, names: Sequence[str]) -> Iterator[bytearray | None]:
        """The content of many files named ``commit:path``, one at a time; None where it is absent.

        One process and one buffer, that the next content overwrites: 200 versions of a table make a
        gigabyte.
        """
        import tempfile  # for this alone: start-up counts

        with tempfile.TemporaryFile() as wanted:
            wanted.write("".join(f"{n}\n" for n in names).encode())
            wanted.seek(0)
            with subprocess.Popen(
                self.command(("cat-file", "--batch", "--buffer")),
                stdin=wanted,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self.environment(),
            ) as process:
                buffer = bytearray()
                out = cast(io.BufferedReader, process.stdout)
                widen(out)
                for name in names:
                    header = out.readline()
                    if not header:
                        raise GitError(f"git cat-file : lecture de « {name} » interrompue.")
                    found = not header.endswith(b" missing\n")
                    yield _refill(buffer, out, header) if found else None

    def people(self, *revisions: str) -> set[str]:
        """The e-mails of the authors and committers of a range of commits."""
        return {p.email for c in self.log(*revisions) for p in (c.author, c.committer)}


class Tree:
    """The files of a commit, as ``files.Files``."""

    def __init__(self, repo: Reader, ref: str) -> None:
        self.repo = repo
        self.ref = ref
        self._entries = repo.entries(ref)

    def read(self, path: str) -> bytes | None:
        """The content of a file; None when there is no such file."""
        entry = self._entries.get(path)
        return None if entry is None else next(self.repo.blobs([entry[1]]))

    def names(self, folder: str) -> list[str]:
        """The paths of all the files under a folder, sorted; empty when it does not exist."""
        return sorted(p for p in self._entries if p.startswith(start(folder)))


def _commit(*row: str) -> Commit:
    author, committer = Person(row[1], row[2]), Person(row[3], row[4])
    return Commit(row[0], author, committer, row[5], row[6], row[7].strip(), tuple(row[8].split()))


def widen(pipe: io.BufferedReader) -> None:
    """Let more through a pipe at once where the system can: half the time of large contents."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _refill(buffer: bytearray, out: io.BufferedReader, header: bytes) -> bytearray:
    """The buffer, with the content that this header announces."""
    size = int(header.rsplit(b" ", 1)[1])
    buffer.extend(bytes(max(0, size - len(buffer))))
    del buffer[size:]
    with memoryview(buffer) as room:
        filled = 0
        while filled < size:
            got = out.readinto(room[filled:])
            if not got:
                raise GitError("git cat-file : contenu interrompu.")
            filled += got
    out.read(1)
    return buffer


def by_zero(out: bytes) -> list[str]:
    """The fields of an answer in which each one ends with a zero byte."""
    text = out.decode("utf-8", "surrogateescape")
    return text.removesuffix("\0").split("\0") if text else []
