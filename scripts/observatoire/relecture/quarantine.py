"""Where a stranger's commits are brought: a repository that is thrown away, and Git on a leash."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from observatoire.git import GitError, Repo, StaleRef, init_bare
from observatoire.model import Finding, Malformed

MEMORY = 1 << 29
DISK = 1 << 28
SECONDS = 30
WALL = 600
"""Bytes of memory, bytes of the largest file written, seconds of processor, and in all: for each
git command.

The whole register with its history is 20 MB.
"""
PRINTED = 80 << 20
"""Bytes that a command may print: more than the greatest file that is read."""
LISTED = 1 << 20
"""Bytes of a list of changed files: about ten thousand names."""
LIMITS = f"ulimit -v {MEMORY >> 10} && ulimit -t {SECONDS}"
LEASH = f'{LIMITS} && ulimit -f $1 && shift && exec "$@"'
# Contents of more than a megabyte go to disk as they come: a small pack can hold a huge file.
SETTINGS = (
    *("-c", "core.bigFileThreshold=1m"),
    *("-c", "fetch.unpackLimit=1"),
    *("-c", "pack.threads=1"),
    *("-c", "submodule.recurse=false"),
    *("-c", "http.lowSpeedLimit=1000"),
    *("-c", "http.lowSpeedTime=30"),
)
HEAD = "refs/relecture/demande"
MAIN = "refs/relecture/main"
OVERCOME = ("index-pack", "Out of memory", "out of memory", "File too large", "malloc", "mmap")
"""What git says when a pack is more than the leash lets through, or is spoilt."""


class Leashed(Repo):
    """A repository in which each git command has a bounded share of the machine."""

    def command(self, args: Sequence[str]) -> list[str]:
        """The words of a git command, behind those that bound it."""
        blocks = (DISK if args[0] == "fetch" else PRINTED) >> 9
        return ["sh", "-c", LEASH, "sh", str(blocks), *super().command((*SETTINGS, *args))]

    def _run(
        self, args: Sequence[str], stdin: bytes, variables: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        """What a command prints goes through a file: the same limit holds for it."""
        with tempfile.TemporaryFile() as out:
            done = subprocess.run(
                self.command(args),
                input=stdin,
                stdout=out,
                stderr=subprocess.PIPE,
                env=self.environment(variables),
                timeout=WALL,
                check=False,
            )
            out.seek(0)
            return subprocess.CompletedProcess(args, done.returncode, out.read(), done.stderr)

    def fetch(self, remote: str, ref: str) -> None:
        """Bring the objects behind a remote reference; Malformed when it is too much to bring."""
        try:
            super().fetch(remote, ref)
        except GitError as error:
            if _overcome(str(error)):
                raise unbearable() from None
            raise

    def bring(self, remote: str, ref: str) -> str | None:
        """The commit at a reference elsewhere, brought here; None when it is gone.

        Malformed when it is too much to bring.
        """
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
        try:
            self.run("fetch", *options, remote, f"+{ref}:{HEAD}")
        except StaleRef:
            return None
        except GitError as error:
            if "couldn't find remote ref" in str(error):
                return None
            if _overcome(str(error)):
                raise unbearable() from None
            raise
        return self.resolve(HEAD)

    def output(self, *args: str) -> bytes:
        """What a git command prints; Malformed when it prints too much, or cannot finish."""
        with subprocess.Popen(
            self.command(args),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
        ) as process:
            out = cast(BinaryIO, process.stdout).read(LISTED + 1)
            if len(out) > LISTED:
                process.kill()
        if len(out) > LISTED or process.returncode:
            raise unbearable()
        return out


@contextlib.contextmanager
def quarantine(clone: Repo, main: str, variables: Mapping[str, str]) -> Iterator[Leashed]:
    """A repository that sees the objects of a clone, and to which the clone is closed."""
    objects = clone.line("rev-parse", "--path-format=absolute", "--git-path", "objects")
    with tempfile.TemporaryDirectory(prefix="relecture-") as folder:
        path = init_bare(Path(folder) / "depot.git").path
        (path / "objects" / "info").mkdir(exist_ok=True)
        (path / "objects" / "info" / "alternates").write_text(f"{objects}\n", "utf-8")
        leashed = Leashed(path, variables)
        leashed.update_ref(MAIN, main, "")
        yield leashed


def _overcome(said: str) -> bool:
    """Whether git was stopped by its leash: a program that is killed says nothing."""
    return said.strip().endswith(":") or any(words in said for words in OVERCOME)


def unbearable() -> Malformed:
    """The refusal of commits that cost too much to read, or are spoilt."""
    return Malformed(
        Finding(
            "demande-demesuree",
            "cette demande est trop grosse ou trop abîmée pour être lue : rien n'en a été vérifié."
            " Refaites-la avec les seules lignes à corriger.",
        )
    )
