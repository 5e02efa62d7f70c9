"""Answers kept on disk, each body once: the cache of harvests, or the recording of one.

A folder with an SQLite file, and the big bodies beside it, under the name of their content. An
interrupted process leaves whole answers or none; a body is checked against its name when it is
read, so that a damaged one is only a missing one.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from observatoire.files import why
from observatoire.model import Breakdown
from observatoire.web.bodies import Writer, digest_of, from_file, from_memory, sweep

NAME = "reponses.sqlite"
BODIES = "corps"
MOST = 2 * 2**30
PATIENCE = 30.0
"""Seconds to wait for another process that writes."""

MANY, MUCH = 100, 8 * 2**20
"""Answers, bytes: what may wait to be written."""

TABLES = """
create table if not exists corps (empreinte text primary key, taille integer, contenu blob);
create table if not exists reponses (
    cle text primary key, adresse text, statut integer, entetes text, ecrite real,
    cause text, passagere integer, empreinte text, lue real);
"""
FIND = """
select adresse, statut, entetes, ecrite, cause, passagere, empreinte from reponses where cle = ?
"""
PUT = "insert or replace into reponses values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
TOO_OLD = """
delete from reponses where cle in (
    select cle from (
        select cle, sum(taille) over (order by lue desc, cle) as somme
        from reponses join corps using (empreinte))
    where somme > ?)
"""
NAMELESS = "empreinte not in (select empreinte from reponses)"


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer on the shelf; ``written`` is when it came, in seconds since 1970.

    ``cause`` is the French reason why it broke off ("" when it did not), ``passing`` whether
    another try made sense. ``digest`` names its body.
    """

    key: str
    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    written: float
    cause: str = ""
    passing: bool = False
    digest: str = ""


class _Waiting:
    """Answers that are not written yet."""

    def __init__(self) -> None:
        self.rows: list[tuple[object, ...]] = []
        self.bodies: list[tuple[str, int, bytes | None]] = []
        self.used: dict[str, float] = {}
        self.size = 0

    @property
    def full(self) -> bool:
        """Whether it is time to write them."""
        return len(self.rows) >= MANY or self.size >= MUCH

    def add(self, row: tuple[object, ...], size: int, content: bytes | None) -> None:
        """One more; its body is named by the last cell but one."""
        self.rows.append(row)
        self.bodies.append((str(row[-2]), size, content))
        self.size += size


class Shelf:
    """A folder of answers, of ``most`` bytes at most: the least recently used go first.

    What is put is written by the hundred: a process that dies loses the last ones. Raises
    Breakdown when the disk refuses.
    """

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder
        self._bodies = folder / BODIES
        self.most = most
        self._size = 0
        self._waiting = _Waiting()
        self._base: sqlite3.Connection

    def __enter__(self) -> Shelf:
        with self._spoken():
            self._bodies.mkdir(parents=True, exist_ok=True)
            try:
                self._open()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                # Damaged: what was there can be asked again.
                (self.folder / NAME).unlink()
                self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._spoken():
            try:
                self._flush()
                self._trim()
            finally:
                self._base.close()

    def find(self, key: str) -> Entry | None:
        """The answer under a key, as it was when the last hundred was written."""
        with self._spoken():
            row = self._base.execute(FIND, (key,)).fetchone()
        if row is None:
            return None
        address, status, headers, written, cause, passing, digest = row
        pairs = tuple((name, value) for name, value in json.loads(headers))
        return Entry(key, address, status, pairs, written, cause, bool(passing), digest)

    def put(self, entry: Entry, body: Writer) -> None:
        """Keep an answer with its body, in the place of the last one under its key."""
        one, headers = entry, json.dumps(entry.headers)
        row = (one.key, one.address, one.status, headers, one.written, one.cause, one.passing)
        try:
            with self._spoken():
                content = body.settle()
                self._waiting.add((*row, body.digest, one.written), body.size, content)
                if self._waiting.full:
                    self._flush()
                    if self._size > self.most:
                        self._trim()
        finally:
            body.drop()

    def touch(self, key: str, now: float) -> None:
        """The answer under a key was of use: it goes later."""
        self._waiting.used[key] = now

    def forget(self, keys: Iterable[str]) -> None:
        """Drop answers: the next questions are asked anew."""
        with self._spoken():
            self._flush()
            self._base.executemany("delete from reponses where cle = ?", ((k,) for k in keys))

    def clear(self) -> None:
        """Drop all the answers."""
        with self._spoken():
            self._flush()
            self._base.execute("delete from reponses")
            self._trim()

    def writer(self) -> Writer:
        """A body to write piece by piece; drop it or ``put`` it."""
        return Writer(self._bodies)

    async def read(self, digest: str) -> AsyncGenerator[bytes, None] | None:
        """A body in pieces; None when it is lost or damaged."""
        with self._spoken():
            row = self._base.execute("select contenu from corps where empreinte = ?", (digest,))
            found = row.fetchone()
        if found is None:
            return None
        if found[0] is not None:
            return from_memory(found[0]) if _is(digest, found[0]) else None
        path = self._bodies / digest
        same = await asyncio.to_thread(digest_of, path) == digest
        return from_file(path) if same else None

    def _open(self) -> None:
        self._base = sqlite3.connect(self.folder / NAME, PATIENCE, isolation_level=None)
        self._base.execute("pragma journal_mode = wal")
        self._base.execute("pragma synchronous = normal")
        self._base.executescript(TABLES)
        [self._size] = self._base.execute("select total(taille) from corps").fetchone()

    def _flush(self) -> None:
        """Write what waits, all of it or nothing."""
        waiting, self._waiting = self._waiting, _Waiting()
        if not (waiting.rows or waiting.used):
            return
        self._base.execute("begin immediate")
        with self._base:
            self._base.executemany("insert or ignore into corps values (?, ?, ?)", waiting.bodies)
            self._base.executemany(PUT, waiting.rows)
            used = ((now, key) for key, now in waiting.used.items())
            self._base.executemany("update reponses set lue = ? where cle = ?", used)
        self._size += waiting.size

    def _trim(self) -> None:
        """Drop what exceeds the size, then the bodies that no answer names any more."""
        if self._size > self.most:
            self._base.execute(TOO_OLD, (self.most,))
        before = self._files()
        self._base.execute(f"delete from corps where {NAMELESS}")  # noqa: S608 - a constant
        now = self._files()
        for digest in before - now:
            (self._bodies / digest).unlink(missing_ok=True)
        sweep(self._bodies, now)
        [self._size] = self._base.execute("select total(taille) from corps").fetchone()

    def _files(self) -> set[str]:
        """The bodies that are files."""
        found = self._base.execute("select empreinte from corps where contenu is null")
        return {digest for (digest,) in found}

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            cause = why(error) if isinstance(error, OSError) else error
            raise Breakdown(
                f"le dossier « {self.folder} », où garder les réponses, est inutilisable : {cause}."
            ) from None


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where answers are kept: from one harvest to the next (``cache``), or to be played again.

    With ``replay``, nothing is asked to the network.
    """

    cache: Shelf | None = None
    record: Shelf | None = None
    replay: Shelf | None = None


def _is(digest: str, content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == digest
