"""The local forge: a bare Git repository, and merge requests as files that a person can read.

What a crash left half done is finished by the next reading.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from observatoire import git
from observatoire.git import Person, Repo
from observatoire.propose.cabinet import Cabinet, Raw
from observatoire.propose.forges import ForgeError, MergeRequest, Note, Raced, State, Wish
from observatoire.propose.proposal import OWN_LABELS

PRIORITY = 100
FOLDER = ".observatoire/forge"
HEADS = "refs/heads/"
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
        self.cabinet = Cabinet(self.folder)

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
        here = repo.resolve(HEADS + self.target) or repo.resolve("HEAD")
        if here is None:
            raise ForgeError("ce dépôt n'a encore aucun commit : faites-en un, puis recommencez.")
        there = self._main()
        if there is None or there == here:
            return here
        repo.fetch(self.remote, HEADS + self.target)
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
            repo.push(self.remote, base, HEADS + self.target, there or "")

    def _main(self) -> str | None:
        made = (Path(self.remote) / "HEAD").is_file()
        return self.repo.resolve(HEADS + self.target) if made else None

    # Reading

    def requests(self, branch: str) -> Sequence[MergeRequest]:
        """All the requests from a branch, oldest first."""
        return [r for r in self.all() if r.branch == branch]

    def all(self) -> list[MergeRequest]:
        """Every request, oldest first."""
        if not self.folder.exists():
            return []
        with self._locked() as refs:
            return [self._shown(raw, refs) for raw in self._settled(refs)]

    def get(self, number: int) -> MergeRequest:
        """One request; ForgeError when there is none of this number."""
        found = [r for r in self.all() if r.number == number]
        if not found:
            raise ForgeError(f"il n'y a pas de demande numéro {number}.")
        return found[0]

    def notes(self, number: int) -> Sequence[Note]:
        """The notes that the bot wrote under a request."""
        return [Note(n["id"], n["body"]) for n in self.cabinet.read(number)["notes"]]

    def diff(self, request: MergeRequest) -> str:
        """What merging a request would change, as text."""
        main = self._main()
        start = self.repo.merge_base(main, request.head) if main and request.head else None
        return self.repo.diff(start, request.head) if start else ""

    # Writing: one file per change

    def create(self, branch: str, wish: Wish) -> MergeRequest:
        """A new request; Raced when the branch is gone or has an open one."""
        with self._locked() as refs:
            found = self._settled(refs)
            if any(r["branch"] == branch and r["state"] == "ouverte" for r in found):
                raise Raced(f"une demande est déjà ouverte pour la branche « {branch} ».")
            if f"{HEADS}{branch}" not in refs:
                raise Raced(f"la branche « {branch} » n'existe plus.")
            number = max((int(r["number"]) for r in found), default=0) + 1
            raw = {"number": number, "branch": branch, "target": self.target, "state": "ouverte"}
            raw |= {"labels": [], "notes": [], "head": "", "closed": ""} | _said(wish, ())
            self.cabinet.write(raw)
            return self._shown(raw, refs)

    def update(self, number: int, wish: Wish) -> None:
        """Rewrite an open request."""
        with self._locked():
            raw = self._open(number)
            self.cabinet.write(raw | _said(wish, raw["labels"]))

    def close(self, number: int, body: str, date: str) -> None:
        """Close an open request, and rewrite its body."""
        with self._locked() as refs:
            ended = self._ended(self._open(number), "fermee", date, refs)
            self.cabinet.write(ended | {"body": body.rstrip("\n") + "\n"})

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off."""
        with self._locked():
            raw = self.cabinet.read(number)
            labels = [name for name in raw["labels"] if name != label]
            self.cabinet.write(raw | {"labels": labels})

    def label(self, number: int, label: str) -> None:
        """Put a label on."""
        with self._locked():
            raw = self.cabinet.read(number)
            self.cabinet.write(raw | {"labels": sorted({*raw["labels"], label})})

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        with self._locked():
            raw = self.cabinet.read(number)
            notes = {n["id"]: n["body"] for n in raw["notes"]}
            notes[replacing.id if replacing else len(notes) + 1] = body
            said = [{"id": i, "body": text} for i, text in sorted(notes.items())]
            self.cabinet.write(raw | {"notes": said})

    def merge(self, number: int, who: Person, date: str) -> str:
        """Merge an open request into main and delete its branch; the new commit of main."""
        with self._locked() as refs:
            raw = self._open(number)
            tip, main = refs.get(HEADS + raw["branch"]), refs.get(HEADS + self.target)
            if tip is None or main is None:
                raise ForgeError(f"la branche de la demande {number} n'existe plus.")
            ended = self._ended(raw, "fusionnee", date, refs)
            message = f"Fusion de la demande {number} : {raw['title']}\n"
            tree = self.repo.merged_tree(main, tip)
            merged = self.repo.commit(tree, (main, tip), message, who, date)
            self.repo.update_ref(HEADS + self.target, merged, main)
            self.cabinet.write(ended)
            self._settled(self.repo.refs())
            return merged

    # What a crash left half done

    @contextlib.contextmanager
    def _locked(self) -> Iterator[dict[str, str]]:
        """The references, at a moment when nobody else works on the requests."""
        with self.cabinet.locked():
            yield self.repo.refs()

    def _settled(self, refs: Mapping[str, str]) -> list[Raw]:
        """Every request, once what was left half done is finished."""
        return [self._settle(self.cabinet.read(n), refs) for n in self.cabinet.numbers()]

    def _settle(self, raw: Raw, refs: Mapping[str, str]) -> Raw:
        branch = HEADS + raw["branch"]
        tip, main = refs.get(branch), refs.get(HEADS + self.target)
        if raw["state"] == "ouverte" and main and tip and self.repo.is_ancestor(tip, main):
            raw = self._ended(raw, "fusionnee", self.repo.log("-1", main)[0].date, refs)
        if raw["state"] == "fusionnee" and tip and tip == raw["head"]:
            self.repo.update_ref(branch, "", tip)
        self.cabinet.write(raw)
        return raw

    def _ended(self, raw: Raw, state: State, date: str, refs: Mapping[str, str]) -> Raw:
        """The request in its last state; its commits stay in the repository for ever."""
        tip = refs.get(HEADS + raw["branch"]) or raw["head"]
        kept = _kept(raw["number"])
        if tip and tip != refs.get(kept):
            self.repo.update_ref(kept, tip, refs.get(kept, ""))
        return raw | {"state": state, "head": tip, "closed": date[:10]}

    def _open(self, number: int) -> Raw:
        raw = self.cabinet.read(number)
        if raw["state"] != "ouverte":
            raise Raced(f"la demande {number} n'est plus ouverte.")
        return raw

    def _shown(self, raw: Raw, refs: Mapping[str, str]) -> MergeRequest:
        live = refs.get(HEADS + raw["branch"], "")
        return MergeRequest(
            number=raw["number"],
            title=raw["title"],
            body=raw["body"],
            branch=raw["branch"],
            target=raw["target"],
            state=raw["state"],
            labels=tuple(raw["labels"]),
            draft=raw["draft"],
            place=str(self.cabinet.path(raw["number"])),
            head=live if raw["state"] == "ouverte" else raw["head"],
            kept=_kept(raw["number"]),
            closed=raw["closed"],
        )


def _kept(number: int) -> str:
    return f"refs/merge-requests/{number}/head"


def _said(wish: Wish, labels: Sequence[str]) -> Raw:
    kept = {name for name in labels if name not in OWN_LABELS}
    return {
        "title": wish.title,
        "body": wish.body.rstrip("\n") + "\n",
        "draft": wish.draft,
        "labels": sorted(kept | set(wish.labels)),
    }
