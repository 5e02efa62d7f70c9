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

from observatoire.model import Breakdown
from observatoire.web.bodies import Writer, digest_of, from_file, from_memory, leftovers

NAME = "reponses.sqlite"
BODIES = "corps"
MOST = 4 * 2**30
PATIENCE = 30.0
"""Seconds to wait for another process that writes."""

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


class Shelf:
    """A folder of answers, of ``most`` bytes at most: the least recently used go first.

    Raises Breakdown when the disk refuses.
    """

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder
        self.most = most
        self._size = 0
        self._base: sqlite3.Connection

    def __enter__(self) -> Shelf:
        with self._spoken():
            (self.folder / BODIES).mkdir(parents=True, exist_ok=True)
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
            self._trim()
            self._base.close()

    def find(self, key: str) -> Entry | None:
        """The answer under a key."""
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
                self._keep(body)
                self._base.execute(PUT, (*row, body.digest, one.written))
                if self._size > self.most:
                    self._trim()
        finally:
            body.drop()

    def touch(self, key: str, now: float) -> None:
        """The answer under a key was of use: it goes later."""
        with self._spoken():
            self._base.execute("update reponses set lue = ? where cle = ?", (now, key))

    def forget(self, keys: Iterable[str]) -> None:
        """Drop answers: the next questions are asked anew."""
        with self._spoken():
            self._base.executemany("delete from reponses where cle = ?", ((k,) for k in keys))

    def clear(self) -> None:
        """Drop all the answers."""
        with self._spoken():
            self._base.execute("delete from reponses")
            self._trim()

    def writer(self) -> Writer:
        """A body to write piece by piece; drop it or ``put`` it."""
        return Writer(self.folder / BODIES)

    async def read(self, digest: str) -> AsyncGenerator[bytes, None] | None:
        """A body in pieces; None when it is lost or damaged."""
        with self._spoken():
            row = self._base.execute("select contenu from corps where empreinte = ?", (digest,))
            found = row.fetchone()
        if found is None:
            return None
        if found[0] is not None:
            return from_memory(found[0]) if _is(digest, found[0]) else None
        path = self.folder / BODIES / digest
        same = await asyncio.to_thread(digest_of, path) == digest
        return from_file(path) if same else None

    def _open(self) -> None:
        # Each statement is its own transaction: another process may write in between.
        self._base = sqlite3.connect(self.folder / NAME, PATIENCE, isolation_level=None)
        self._base.execute("pragma journal_mode = wal")
        self._base.execute("pragma synchronous = normal")
        self._base.executescript(TABLES)
        [self._size] = self._base.execute("select total(taille) from corps").fetchone()

    def _keep(self, body: Writer) -> None:
        found = self._base.execute("select 1 from corps where empreinte = ?", (body.digest,))
        if found.fetchone() is None:
            content = body.settle(self.folder / BODIES / body.digest)
            values = (body.digest, body.size, content)
            self._base.execute("insert or ignore into corps values (?, ?, ?)", values)
            self._size += body.size

    def _trim(self) -> None:
        """Drop what exceeds the size, then the bodies that no answer names any more."""
        if self._size > self.most:
            self._base.execute(TOO_OLD, (self.most,))
        files = f"select empreinte from corps where contenu is null and {NAMELESS}"  # noqa: S608
        for (digest,) in self._base.execute(files).fetchall():
            (self.folder / BODIES / digest).unlink(missing_ok=True)
        self._base.execute(f"delete from corps where {NAMELESS}")  # noqa: S608
        [self._size] = self._base.execute("select total(taille) from corps").fetchone()
        for path in leftovers(self.folder / BODIES):
            path.unlink(missing_ok=True)

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise Breakdown(
                f"le dossier « {self.folder} », où garder les réponses, est inutilisable : {error}."
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
