"""The local forge: a bare Git repository, and merge requests as files that a person can read.

``merge-requests/<n>.json`` is the request (one atomic write per change); ``<n>.md`` shows it, and a
person may tick boxes there. What a crash left half done is finished by the next reading.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from observatoire import files, git
from observatoire.git import Person, Repo
from observatoire.propose.forges import ForgeError, MergeRequest, Note, Raced, State, Wish
from observatoire.propose.page import body_of, page
from observatoire.propose.proposal import OWN_LABELS

PRIORITY = 100
FOLDER = ".observatoire/forge"
BOT = Person("Robot de l'Observatoire", "robot@observatoire.invalid")
CONFIG = (("core.hooksPath", "/dev/null"), ("receive.autogc", "false"), ("gc.auto", "0"))


def connect(root: Path, environment: Mapping[str, str]) -> LocalForge:
    """The forge of the register at ``root``."""
    return LocalForge(root / environment.get("OBSERVATOIRE_FORGE", FOLDER))


class LocalForge:
    """A forge in a folder."""

    title = "forge locale"
    mark = "n° "
    target = "main"
    limit = 65_536
    variables: Mapping[str, str] = MappingProxyType({})

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.remote = str(self.folder / "depot.git")

    @property
    def repo(self) -> Repo:
        """The bare repository, made at first use."""
        path = Path(self.remote)
        if not (path / "HEAD").is_file():
            made = git.init_bare(path, self.target)
            for name, value in CONFIG:
                made.run("config", name, value)
        return Repo(path)

    def whoami(self) -> Person:
        """The bot."""
        return BOT

    def base(self, repo: Repo) -> str:
        """The newer of the clone's main and the forge's; ForgeError when they diverged."""
        here = repo.resolve(f"refs/heads/{self.target}") or repo.resolve("HEAD")
        if here is None:
            raise ForgeError("ce dépôt n'a encore aucun commit : faites-en un, puis recommencez.")
        there = self._main()
        if there is None or there == here:
            return here
        repo.fetch(self.remote, f"refs/heads/{self.target}")
        if repo.is_ancestor(here, there):
            return there
        if repo.is_ancestor(there, here):
            return here
        raise ForgeError(
            f"« {self.target} » a divergé entre ce dépôt et la forge locale :"
            f" lancez « git pull {self.remote} {self.target} », puis recommencez."
        )

    def prepare(self, repo: Repo) -> None:
        """Bring the forge's main up to the clone's, when the clone has only added to it."""
        base, there = self.base(repo), self._main()
        if base != there and self.repo:
            repo.push(self.remote, base, f"refs/heads/{self.target}", there or "")

    def _main(self) -> str | None:
        made = (Path(self.remote) / "HEAD").is_file()
        return self.repo.resolve(f"refs/heads/{self.target}") if made else None

    # Reading

    def requests(self, branch: str) -> Sequence[MergeRequest]:
        """All the requests from a branch, oldest first."""
        return [r for r in self.all() if r.branch == branch]

    def all(self) -> list[MergeRequest]:
        """Every request, oldest first."""
        with self._locked():
            return [self._shown(raw) for raw in self._settled()]

    def get(self, number: int) -> MergeRequest:
        """One request; ForgeError when there is none of this number."""
        found = [r for r in self.all() if r.number == number]
        if not found:
            raise ForgeError(f"il n'y a pas de demande numéro {number}.")
        return found[0]

    def notes(self, number: int) -> Sequence[Note]:
        """The notes that the bot wrote under a request."""
        return [Note(n["id"], n["body"]) for n in self._read(number)["notes"]]

    def diff(self, request: MergeRequest) -> str:
        """What merging a request would change, as text."""
        main = self._main()
        start = self.repo.merge_base(main, request.head) if main and request.head else None
        return self.repo.diff(start, request.head) if start else ""

    # Writing: one file per change

    def create(self, branch: str, wish: Wish) -> MergeRequest:
        """A new request; Raced when the branch is gone or has an open one."""
        with self._locked():
            found = self._settled()
            if any(r["branch"] == branch and r["state"] == "ouverte" for r in found):
                raise Raced(f"une demande est déjà ouverte pour la branche « {branch} ».")
            if self._tip(branch) is None:
                raise Raced(f"la branche « {branch} » n'existe plus.")
            number = max((int(r["number"]) for r in found), default=0) + 1
            raw = {"number": number, "branch": branch, "target": self.target, "state": "ouverte"}
            raw |= {"labels": [], "notes": [], "head": "", "closed": ""} | _said(wish, ())
            self._write(raw)
            return self._shown(raw)

    def update(self, number: int, wish: Wish) -> None:
        """Rewrite an open request."""
        with self._locked():
            raw = self._open(number)
            self._write(raw | _said(wish, raw["labels"]))

    def close(self, number: int, body: str, date: str) -> None:
        """Close an open request, and rewrite its body."""
        with self._locked():
            raw = self._open(number)
            self._write(self._ended(raw, "fermee", date) | {"body": body.rstrip("\n") + "\n"})

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off."""
        with self._locked():
            raw = self._read(number)
            self._write(raw | {"labels": [name for name in raw["labels"] if name != label]})

    def label(self, number: int, label: str) -> None:
        """Put a label on."""
        with self._locked():
            raw = self._read(number)
            self._write(raw | {"labels": sorted({*raw["labels"], label})})

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        with self._locked():
            raw = self._read(number)
            notes = [dict(n) for n in raw["notes"]]
            if replacing is None:
                notes.append({"id": len(notes) + 1, "body": body})
            for note in notes:
                if replacing is not None and note["id"] == replacing.id:
                    note["body"] = body
            self._write(raw | {"notes": notes})

    def merge(self, number: int, who: Person, date: str) -> str:
        """Merge an open request into main and delete its branch; the new commit of main."""
        with self._locked():
            raw = self._open(number)
            tip, main = self._tip(raw["branch"]), self._main()
            if tip is None or main is None:
                raise ForgeError(f"la branche de la demande {number} n'existe plus.")
            ended = self._ended(raw, "fusionnee", date)
            message = f"Fusion de la demande {number} : {raw['title']}\n"
            tree = self.repo.merged_tree(main, tip)
            merged = self.repo.commit(tree, (main, tip), message, who, date)
            self.repo.update_ref(f"refs/heads/{self.target}", merged, main)
            self._write(ended)
            self._settled()
            return merged

    # Files

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One bot or person at a time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".verrou").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _settled(self) -> list[dict[str, Any]]:
        """Every request, once what was left half done is finished."""
        folder = self.folder / "merge-requests"
        numbers = sorted(int(p.stem) for p in folder.glob("*.json") if p.stem.isdecimal())
        return [self._settle(self._read(number)) for number in numbers]

    def _settle(self, raw: dict[str, Any]) -> dict[str, Any]:
        main = self._main()
        tip = self._tip(raw["branch"])
        if raw["state"] == "ouverte" and main and tip and self.repo.is_ancestor(tip, main):
            raw = self._ended(raw, "fusionnee", self.repo.log("-1", main)[0].date)
        if raw["state"] == "fusionnee" and tip and tip == raw["head"]:
            self.repo.update_ref(f"refs/heads/{raw['branch']}", "", tip)
        self._write(raw)
        return raw

    def _ended(self, raw: dict[str, Any], state: State, date: str) -> dict[str, Any]:
        """The request in its last state; its commits stay in the repository for ever."""
        tip = self._tip(raw["branch"]) or raw["head"]
        kept = _kept(raw["number"])
        before = self.repo.resolve(kept) or ""
        if tip and tip != before:
            self.repo.update_ref(kept, tip, before)
        return raw | {"state": state, "head": tip, "closed": date[:10]}

    def _tip(self, branch: str) -> str | None:
        return self.repo.resolve(f"refs/heads/{branch}")

    def _path(self, number: int, suffix: str) -> Path:
        return self.folder / "merge-requests" / f"{number}.{suffix}"

    def _read(self, number: int) -> dict[str, Any]:
        try:
            raw: dict[str, Any] = json.loads(self._path(number, "json").read_text("utf-8"))
        except FileNotFoundError:
            raise ForgeError(f"il n'y a pas de demande numéro {number}.") from None
        with contextlib.suppress(FileNotFoundError):
            text = self._path(number, "md").read_text("utf-8")
            raw["body"] = body_of(text, raw["body"])
        return raw

    def _open(self, number: int) -> dict[str, Any]:
        raw = self._read(number)
        if raw["state"] != "ouverte":
            raise Raced(f"la demande {number} n'est plus ouverte.")
        return raw

    def _write(self, raw: dict[str, Any]) -> None:
        """The request, then the page that shows it; a file that would not change is left alone."""
        text = json.dumps(dict(sorted(raw.items())), ensure_ascii=False, indent=1)
        for suffix, content in (("json", f"{text}\n"), ("md", page(raw))):
            files.write(self.folder, {f"merge-requests/{raw['number']}.{suffix}": content.encode()})

    def _shown(self, raw: dict[str, Any]) -> MergeRequest:
        head = self._tip(raw["branch"]) or "" if raw["state"] == "ouverte" else raw["head"]
        names = {f.name for f in dataclasses.fields(MergeRequest)}
        cells = {k: v for k, v in raw.items() if k in names}
        place = str(self._path(raw["number"], "md"))
        labels = tuple(raw["labels"])
        known = {"head": head, "place": place, "labels": labels, "kept": _kept(raw["number"])}
        return MergeRequest(**cells | known)


def _kept(number: int) -> str:
    return f"refs/merge-requests/{number}/head"


def _said(wish: Wish, labels: Sequence[str]) -> dict[str, Any]:
    kept = {name for name in labels if name not in OWN_LABELS}
    return {
        "title": wish.title,
        "body": wish.body.rstrip("\n") + "\n",
        "draft": wish.draft,
        "labels": sorted(kept | set(wish.labels)),
    }
