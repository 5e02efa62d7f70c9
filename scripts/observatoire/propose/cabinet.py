"""Merge requests as files: one JSON per request, one page that shows it, a lock for the folder.

The JSON is written first, whole or not at all: it is the request. The page follows; a person may
tick its boxes, which the next reading takes up.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from observatoire import files
from observatoire.propose.forges import ForgeError
from observatoire.propose.page import body_of, page

FOLDER = "merge-requests"
Raw = dict[str, Any]
"""A request as its file has it."""


class Cabinet:
    """The requests in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One bot or person at a time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".verrou").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def numbers(self) -> list[int]:
        """The numbers of the requests, oldest first."""
        found = (self.folder / FOLDER).glob("*.json")
        return sorted(int(p.stem) for p in found if p.stem.isdecimal())

    def path(self, number: int, suffix: str = "md") -> Path:
        """Where a request is, or the page that shows it."""
        return self.folder / FOLDER / f"{number}.{suffix}"

    def read(self, number: int) -> Raw:
        """A request, with what a person ticked on its page."""
        path = self.path(number, "json")
        try:
            raw: Raw = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise ForgeError(f"il n'y a pas de demande numéro {number}.") from None
        except ValueError:
            raise ForgeError(f"le fichier {path} est illisible : ce n'est plus du JSON.") from None
        with contextlib.suppress(FileNotFoundError):
            raw["body"] = body_of(self.path(number).read_text("utf-8"), raw["body"])
        return raw

    def write(self, raw: Raw) -> None:
        """Write a request and its page; a file that would not change is left alone."""
        text = json.dumps(dict(sorted(raw.items())), ensure_ascii=False, indent=1)
        for suffix, content in (("json", f"{text}\n"), ("md", page(raw))):
            files.write(self.folder, {f"{FOLDER}/{raw['number']}.{suffix}": content.encode()})
