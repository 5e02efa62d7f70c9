"""Somebody else's lists of portals: files, or what data.gouv.fr says of its harvesters."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from observatoire import intake
from observatoire.files import why
from observatoire.model import Finding, Malformed
from observatoire.web import Web

HARVESTERS = "/api/1/site/harvests.csv"
"""The harvesters of a udata site (sources.md, 1.6)."""

BIGGEST = 32 * 2**20
LONGEST_CELL = 2**20


def read(path: Path, columns: Sequence[str], separator: str) -> Iterator[Mapping[str, str]]:
    """The rows of a file; raises Malformed when it is not that table."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Malformed(Finding("illisible", f"{why(error)}.", file=str(path))) from None
    return rows(content, path.name, columns, separator)


def download(base: str, allowed: Iterable[str] = ()) -> bytes:
    """The harvesters of the udata site at ``base``; raises SourceError.

    ``allowed`` are the addresses that may be private.
    """

    async def work() -> bytes:
        async with Web(allowed=allowed) as web:
            return (await web.get(base.rstrip("/") + HARVESTERS, limit=BIGGEST)).body

    return asyncio.run(work())


def rows(
    content: bytes, name: str, columns: Sequence[str], separator: str
) -> Iterator[Mapping[str, str]]:
    """The rows of somebody else's table; raises Malformed when it is not that table."""
    text = intake.decode(content, name)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    missing = [c for c in columns if c not in (reader.fieldnames or ())]
    if missing:
        message = f"il manque la colonne « {missing[0]} » : ce n'est pas la liste attendue."
        raise Malformed(Finding("colonnes", message, file=name, line=1))
    try:
        for row in reader:
            yield {column: row[column] or "" for column in columns}
    except csv.Error:
        message = "une ligne est mal formée."
        raise Malformed(
            Finding("ligne-illisible", message, file=name, line=reader.line_num)
        ) from None
