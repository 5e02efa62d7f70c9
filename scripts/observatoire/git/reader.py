"""Reading a Git repository: commits, their files, what differs; nothing is ever written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatoire.git.program import GitError, Program

FOUND = 3
"""The number of words before a blob in what ``cat-file --batch`` prints; fewer: no such object."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who makes a commit."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit; ``date`` is its author's, ISO 8601."""

    sha: str
    author: Person
    committer: Person
    date: str
    subject: str


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
        fields = "%H%x00%an%x00%ae%x00%cn%x00%ce%x00%aI%x00%s"
        paths = ("--", path) if path else ("--",)
        out = by_zero(self.run("log", "-z", f"--format=tformat:{fields}", *revisions, *paths))
        rows = (out[i : i + 7] for i in range(0, len(out), 7))
        return [Commit(r[0], Person(r[1], r[2]), Person(r[3], r[4]), r[5], r[6]) for r in rows]

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
        prefix = folder.rstrip("/") + "/"
        return sorted(p for p in self._entries if p.startswith(prefix))


def by_zero(out: bytes) -> list[str]:
    """The fields of an answer in which each one ends with a zero byte."""
    text = out.decode("utf-8", "surrogateescape")
    return text.removesuffix("\0").split("\0") if text else []
