"""People's issues on the local forge: one JSON each, in its folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from observatoire import files
from observatoire.propose.forges import ForgeError, Note
from observatoire.propose.forges.tickets import Ticket

FOLDER = "tickets"


class LocalTickets:
    """The issues under a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deposit(self, title: str, body: str, author: str) -> Ticket:
        """A new issue."""
        number = max(self._numbers(), default=0) + 1
        raw = {"title": title, "body": body, "author": author, "labels": [], "notes": []}
        self._write(number, raw | {"state": "ouvert"})
        return self._shown(number)

    def edit(self, number: int, body: str) -> None:
        """The author writes an issue again."""
        self._write(number, self._read(number) | {"body": body})

    def close(self, number: int) -> None:
        """Somebody closes an issue."""
        self._write(number, self._read(number) | {"state": "fermé"})

    def opened(self) -> Sequence[Ticket]:
        """The open issues, oldest first."""
        return [self._shown(n) for n in self._numbers() if self._read(n)["state"] == "ouvert"]

    def label(self, number: int, names: Sequence[str]) -> None:
        """Put labels on."""
        raw = self._read(number)
        self._write(number, raw | {"labels": sorted({*raw["labels"], *names})})

    def notes(self, number: int) -> Sequence[Note]:
        """The notes that the bot wrote under an issue."""
        return [Note(n["id"], n["body"]) for n in self._read(number)["notes"]]

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        raw = self._read(number)
        notes = {n["id"]: n["body"] for n in raw["notes"]}
        notes[replacing.id if replacing else len(notes) + 1] = body
        said = [{"id": i, "body": text} for i, text in sorted(notes.items())]
        self._write(number, raw | {"notes": said})

    def _numbers(self) -> list[int]:
        found = (self.folder / FOLDER).glob("*.json")
        return sorted(int(p.stem) for p in found if p.stem.isdecimal())

    def _path(self, number: int) -> Path:
        return self.folder / FOLDER / f"{number}.json"

    def _read(self, number: int) -> dict[str, Any]:
        try:
            raw: dict[str, Any] = json.loads(self._path(number).read_text("utf-8"))
        except FileNotFoundError:
            raise ForgeError(f"il n'y a pas de ticket numéro {number}.") from None
        except ValueError:
            raise ForgeError(f"le ticket {number} est illisible : ce n'est plus du JSON.") from None
        return raw

    def _write(self, number: int, raw: dict[str, Any]) -> None:
        text = json.dumps(dict(sorted(raw.items())), ensure_ascii=False, indent=1)
        self.folder.mkdir(parents=True, exist_ok=True)
        files.write(self.folder, {f"{FOLDER}/{number}.json": f"{text}\n".encode()})

    def _shown(self, number: int) -> Ticket:
        raw = self._read(number)
        return Ticket(
            number=number,
            title=raw["title"],
            body=raw["body"],
            author=raw["author"],
            labels=tuple(raw["labels"]),
            place=str(self._path(number)),
        )
