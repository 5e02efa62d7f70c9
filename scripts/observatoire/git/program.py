"""Git run as a program: its options, its environment, its errors, no secret in what it says."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from observatoire.model import Breakdown

SECRETS = re.compile(
    r"(?<=://)[^@/\s]*(?=@)|gl[a-z]+-[\w.-]{8,}|gh[a-z]_\w{8,}|github_pat_\w{8,}"
    r"|(?<=[Aa]uthorization: )(?:[A-Za-z]+ )?\S+"
)
# No hooks of the user, no background clean-up: what runs is what is written here.
OPTIONS = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.quotePath=false"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
)
KEPT_VARIABLES = ("GIT_CONFIG_", "GIT_SSH", "GIT_SSL", "GIT_PROXY")
SECONDS = 600
MISSING = "git n'est pas installé sur cette machine."


class GitError(Breakdown):
    """Git refused; the message is git's own, without secrets."""


class StaleRef(GitError):
    """A branch is no longer where it was read: somebody else moved it."""


class MergeConflict(GitError):
    """Two branches change the same place; ``paths`` are the files."""

    def __init__(self, message: str, paths: tuple[str, ...]) -> None:
        super().__init__(message)
        self.paths = paths


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets, passwords in addresses, tokens of the known forges."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return SECRETS.sub("***", text)


class Program:
    """Git, in one repository, with or without a working tree."""

    def __init__(self, path: Path, variables: Mapping[str, str] | None = None) -> None:
        """``variables`` are added to git's environment (quarantine, credentials)."""
        self.path = path.absolute()
        self.variables = dict(variables or {})

    def run(
        self, *args: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None
    ) -> bytes:
        """What a git command prints; raises GitError when it fails."""
        done = self._run(args, stdin, variables or {})
        if done.returncode:
            raise refusal(args, done, credentials(self.variables))
        return done.stdout

    def line(
        self, *args: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None
    ) -> str:
        """What a git command prints, as one trimmed text."""
        return self.run(*args, stdin=stdin, variables=variables).decode("utf-8", "replace").strip()

    def succeeds(self, *args: str) -> bool:
        """Whether a git command that answers yes (0) or no (1) says yes."""
        done = self._run(args, b"", {})
        if done.returncode > 1:
            raise refusal(args, done)
        return done.returncode == 0

    def command(self, args: Sequence[str]) -> list[str]:
        """The words of a git command, with the options of every one."""
        return ["git", *OPTIONS, "-C", str(self.path), *args]

    def environment(self, variables: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of every git command, with some variables more."""
        return _environment() | self.variables | dict(variables or {})

    def _run(
        self, args: Sequence[str], stdin: bytes, variables: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                self.command(args),
                input=stdin,
                capture_output=True,
                env=self.environment(variables),
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise GitError(f"git {args[0]} ne finit pas (plus de {SECONDS} secondes).") from error
        except FileNotFoundError as error:
            raise GitError(MISSING) from error


def _environment() -> dict[str, str]:
    """The environment without what could change git's answers, its language, or ask a question."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "LC_", "LANG")) or name.startswith(KEPT_VARIABLES)
    }
    return kept | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def credentials(variables: Mapping[str, str]) -> list[str]:
    """The secrets in the headers that git is given: as they travel, and decoded."""
    import base64  # for a refusal alone: start-up counts

    found = []
    for value in variables.values():
        head, _, sent = value.rpartition(" ")
        if head == "Authorization: Basic":
            password = base64.b64decode(sent).decode("utf-8", "replace").partition(":")[2]
            found += [sent, password]
    return found


def refusal(
    args: Sequence[str], done: subprocess.CompletedProcess[bytes], secrets: Iterable[str] = ()
) -> GitError:
    """What git said when it refused, as an error; ``secrets`` are not shown."""
    said = b"\n".join(part for part in (done.stderr, done.stdout) if part)
    text = redact(said.decode("utf-8", "replace").strip(), secrets)
    return GitError(f"git {args[0]} : {text[:2000]}")
