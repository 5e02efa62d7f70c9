"""The states that can be compared: an edition, a version, a commit, the working folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from observatoire.files import Folder
from observatoire.git.objects import CommitFiles, Objects
from observatoire.git.reader import Reader
from observatoire.history.model import Side
from observatoire.model import Finding, Malformed
from observatoire.register import Register, kind_of, path_of

HERE = "."
"""What a person writes for the working folder."""
EDITION_TABLES = ("organisations", "plateformes", "publications")
PRIVATE = ("moissons/", "rapprochements/", "verrous", "refus")
"""How the register is kept, not what it says: compared only when they are asked for."""
SHOWN = 12


class State(NamedTuple):
    """The register at a moment: how it is called, its tables; ``folder`` is that of an edition.

    ``commit`` are its files when Git has them; None for files on disk.
    """

    label: str
    register: Register
    folder: str = ""
    commit: CommitFiles | None = None

    def tables(self) -> list[str]:
        """The tables that readers use, by short name."""
        if self.folder:
            return [t for t in EDITION_TABLES if self.register.has(f"{self.folder}{t}")]
        return [n for n in self.register.names() if not n.startswith(PRIVATE)]

    def print_of(self, table: str) -> tuple[str, str]:
        """The fingerprints of a table and of its schema; "" for a file that is not there."""
        name = f"{self.folder}{table}"
        return self._print(path_of(name)), self._print(f"schemas/{kind_of(name)}.json")

    def _print(self, path: str) -> str:
        if self.commit is not None:
            return self.commit.blob(path)
        data = self.register.files.read(path)
        return "" if data is None else fingerprint(data)

    def ahead(self, table: str) -> None:
        """Have a table made ready: what reads it next waits less."""
        if self.commit is not None:
            self.commit.ahead(path_of(f"{self.folder}{table}"))

    def side(self, table: str) -> Side:
        """A table as ``lines.compare`` takes it; with no bytes when it is not there."""
        name = f"{self.folder}{table}"
        data = self.register.files.read(path_of(name))
        if data is None:
            return Side(None, (), (), path_of(name))
        schema = self.register.schema(name)
        return Side(data, schema.columns, schema.primary_key, path_of(name))


def fingerprint(data: bytes) -> str:
    """The name that Git gives to a content."""
    import hashlib  # only for files on disk: start-up counts

    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def find(word: str, root: Path, objects: Objects) -> State:
    """The state that a word names; raises Malformed when it names none.

    A year is an edition frozen in the working folder, ``.`` the folder itself, ``1.2.0`` the tag
    ``v1.2.0``; anything else is a tag, a branch or a commit.
    """
    here = Register(Folder(root))
    if word == HERE:
        return State("le dossier de travail", here)
    if word.isdigit() and here.has(f"editions/{word}/organisations"):
        return State(f"l'édition {word}", here, f"editions/{word}/")
    tag = f"v{word.removeprefix('v')}"
    for ref, label in ((f"refs/tags/{tag}", f"la version {tag}"), (word, f"« {word} »")):
        commit = objects.commit(ref)
        if commit:
            files = CommitFiles(objects, commit)
            return State(label, Register(files), commit=files)
    raise _unknown(word, here, objects.repo)


def _unknown(word: str, here: Register, repo: Reader) -> Malformed:
    from observatoire.words import quote

    years = sorted({n.split("/")[1] for n in here.names() if n.startswith("editions/")})
    tags = [r.removeprefix("refs/tags/") for r in repo.refs() if r.startswith("refs/tags/v")]
    known = [
        f"{name} : {', '.join(found[-SHOWN:])}"
        for name, found in (("éditions", years), ("versions", tags))
        if found
    ]
    message = f"{quote(word)} n'est ni une édition, ni une version, ni une branche, ni un commit"
    return Malformed(Finding("etat-inconnu", " ; ".join([message, *known]) + "."))


def common(old: State, new: State, asked: Sequence[str] = ()) -> list[str]:
    """The tables to compare: those asked for, or those of readers; of editions, their own.

    Raises Malformed when a table asked for is in neither state.
    """
    if asked:
        return [_chosen(name, old, new) for name in asked]
    if old.folder or new.folder:
        return sorted({*old.tables()} & {*new.tables()})
    return sorted({*old.tables(), *new.tables()})


def _chosen(name: str, old: State, new: State) -> str:
    """A table by its name or by the path of its file."""
    table = name.removeprefix("data/").removesuffix(".csv")
    if any(state.print_of(table)[0] for state in (old, new)):
        return table
    from observatoire.words import closest, quote

    known = sorted({*old.tables(), *new.tables()})
    near = closest(table, known)
    hint = f"vouliez-vous écrire {quote(near)} ?" if near else f"tables : {', '.join(known)}."
    raise Malformed(Finding("table-inconnue", f"table inconnue : {quote(name)} ; {hint}"))
