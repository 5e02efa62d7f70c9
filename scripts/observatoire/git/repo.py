"""Making commits without touching the working tree, and moving branches here and elsewhere.

Everything that decides a commit's identity is a parameter (tree, parents, message, person, date):
the same content gives the same commit.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from observatoire.files import Changes
from observatoire.git.program import GitError, MergeConflict, StaleRef, refusal
from observatoire.git.reader import Person, Reader, by_zero

LOST_RACE = ("stale info", "incorrect old value", "cannot lock ref", "failed to update ref")
"""What git says when somebody else moved the reference first."""


class Repo(Reader):
    """A repository in which objects are made and references moved."""

    # Writing objects: nothing points to them until a reference is moved

    def write_tree(self, base: str, changes: Changes) -> str:
        """The tree of ``base`` (a commit, a tree, or "" for nothing) with some files changed."""
        modes = self.entries(base) if base else {}
        kept = {path: content for path, content in changes.items() if content is not None}
        blobs = dict(zip(kept, self._write_blobs(list(kept.values())), strict=True))
        zero = "0" * 40
        lines = [
            f"{modes.get(path, ('100644', ''))[0]} {blobs[path]}\t{path}\0"
            if path in blobs
            else f"0 {zero}\t{path}\0"
            for path in changes
        ]
        import tempfile  # for a write: start-up counts

        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            if base:
                self.run("read-tree", base, variables=index)
            self.run(
                "update-index", "-z", "--index-info", stdin="".join(lines).encode(), variables=index
            )
            return self.line("write-tree", variables=index)

    def _write_blobs(self, contents: Sequence[bytes]) -> list[str]:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / str(i) for i in range(len(contents))]
            for path, content in zip(paths, contents, strict=True):
                path.write_bytes(content)
            named = "".join(f"{p}\n" for p in paths).encode()
            return self.line(
                "hash-object", "-w", "--no-filters", "--stdin-paths", stdin=named
            ).split()

    def commit(
        self, tree: str, parents: Sequence[str], message: str, who: Person, date: str
    ) -> str:
        """A commit object; ``date`` is ISO 8601, a day alone means midnight UTC."""
        links = [word for parent in parents for word in ("-p", parent)]
        variables = _identity("AUTHOR", who, date) | _identity("COMMITTER", who, date)
        body = message.rstrip("\n").encode() + b"\n"
        return self.line("commit-tree", tree, *links, "-F", "-", stdin=body, variables=variables)

    def merged_tree(self, ours: str, theirs: str) -> str:
        """The tree of a merge of two commits; raises MergeConflict."""
        args = ("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs)
        done = self._run(args, b"", {})
        if done.returncode > 1:
            raise refusal(args, done)
        tree, *paths = [f for f in by_zero(done.stdout) if f]
        if done.returncode == 1:
            raise MergeConflict(f"conflit dans {', '.join(paths)}", tuple(paths))
        return tree

    # Moving references

    def update_ref(self, ref: str, new: str, old: str) -> None:
        """Move a reference from ``old`` ("" when it must not exist) to ``new`` ("": delete it)."""
        zero = "0" * 40
        action = f"update {ref}\0{new}\0{old or zero}\0" if new else f"delete {ref}\0{old}\0"
        try:
            self.run("update-ref", "--stdin", "-z", stdin=action.encode())
        except GitError as error:
            if "cannot lock ref" in str(error):
                raise StaleRef(str(error)) from error
            raise

    def tag(self, name: str, target: str, message: str, who: Person, date: str) -> None:
        """An annotated tag; raises GitError when the name is taken.

        It is signed if git has an SSH key set for that; else it is the same everywhere.
        """
        keyed = self.setting("gpg.format") == "ssh" and self.setting("user.signingkey")
        kind = ("-s",) if keyed else ("-a", "--no-sign")
        variables = _identity("COMMITTER", who, date)
        body = message.rstrip("\n").encode() + b"\n"
        self.run("tag", *kind, "-F", "-", name, target, stdin=body, variables=variables)

    # Another repository

    def remote_ref(self, remote: str, ref: str) -> str | None:
        """Where a reference of another repository is (full name); None when it does not exist."""
        lines = self.line("ls-remote", "--refs", remote, ref).splitlines()
        found = [line.split("\t") for line in lines]
        return next((sha for sha, name in found if name == ref), None)

    def fetch(self, remote: str, ref: str) -> None:
        """Bring the objects behind a remote reference here, without moving any reference.

        StaleRef when it is not there any more.
        """
        try:
            self.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, ref)
        except GitError as error:
            if "couldn't find remote ref" in str(error):
                raise StaleRef(str(error)) from error
            raise

    def push(self, remote: str, sha: str, ref: str, expected: str, *options: str) -> None:
        """Move a remote reference (full name) to ``sha`` ("": delete it).

        ``expected`` is where it was read ("": it must not exist); raises StaleRef when it moved.
        ``options`` are one line each, for the other side to act on.
        """
        lease = f"--force-with-lease={ref}:{expected}"
        said = [f"--push-option={option}" for option in options]
        silent = ("push", "--quiet", "--porcelain", "--no-verify")
        try:
            self.run(*silent, *said, lease, remote, f"{sha}:{ref}")
        except GitError as error:
            if any(words in str(error) for words in LOST_RACE):
                raise StaleRef(str(error)) from error
            raise

    @contextlib.contextmanager
    def quarantine(self) -> Iterator[Repo]:
        """This repository, where new objects vanish at the end: for dry runs."""
        import tempfile

        objects = self.line("rev-parse", "--path-format=absolute", "--git-path", "objects")
        with tempfile.TemporaryDirectory() as folder:
            yield Repo(
                self.path,
                self.variables
                | {"GIT_OBJECT_DIRECTORY": folder, "GIT_ALTERNATE_OBJECT_DIRECTORIES": objects},
            )


def init_bare(path: Path, branch: str = "main") -> Repo:
    """The bare repository at ``path``, made if it does not exist."""
    if not (path / "HEAD").is_file():
        path.mkdir(parents=True, exist_ok=True)
        options = ("--quiet", "--bare", "--template=", f"--initial-branch={branch}")
        Repo(path).run("init", *options, ".")
    return Repo(path)


def clone(url: str, path: Path) -> Repo:
    """A new clone with a working tree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Repo(path.parent).run("clone", "--quiet", "--", url, str(path.absolute()))
    return Repo(path)


def _identity(role: str, who: Person, date: str) -> dict[str, str]:
    moment = date if "T" in date else f"{date}T00:00:00+00:00"
    return {
        f"GIT_{role}_NAME": who.name,
        f"GIT_{role}_EMAIL": who.email,
        f"GIT_{role}_DATE": moment,
    }
