"""The lines of a table that begin with a key, found without reading the others.

A canonical table is sorted by key (ADR 1), so that a search by halves finds them in microseconds: a
history of 200 versions is a gigabyte. A version that is not sorted is searched from end to end.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator

from observatoire import table

Bytes = bytes | bytearray


def columns(data: Bytes) -> tuple[str, ...]:
    """The columns of a table, in its own order."""
    end = data.find(b"\n")
    head = bytes(data[: end if end >= 0 else len(data)])
    return _cells(head.removeprefix(BOM_UTF8))


def starting(data: Bytes, *first: str) -> list[tuple[str, ...]]:
    """The lines whose first cells are these, in file order."""
    start = table.line((*first, "")).encode()
    at = _sought(data, [cell.encode() for cell in first])
    if not data.startswith(start, at):
        return [_cells(line) for line in _scanned(data, start)]
    found = []
    while data.startswith(start, at):
        end = _end(data, at)
        found.append(_cells(bytes(data[at:end])))
        at = end + 1
    return found


def _sought(data: Bytes, first: list[bytes]) -> int:
    """Where the first line whose first cells are not before these begins, in a sorted table."""
    low, high, parts = _end(data, 0) + 1, len(data), len(first)
    while low < high:
        middle = max(data.rfind(b"\n", low, (low + high) // 2) + 1, low)
        end = _end(data, middle)
        if bytes(data[middle:end]).split(b",", parts)[:parts] < first:
            low = end + 1
        else:
            high = middle
    return low


def _scanned(data: Bytes, start: bytes) -> Iterator[bytes]:
    at = data.find(b"\n" + start)
    while at >= 0:
        end = _end(data, at + 1)
        yield bytes(data[at + 1 : end])
        at = data.find(b"\n" + start, end)


def _end(data: Bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return end if end >= 0 else len(data)


def _cells(line: bytes) -> tuple[str, ...]:
    text = line.decode("utf-8", "replace").removesuffix("\r")
    return tuple(next(csv.reader([text]), ())) if '"' in text else tuple(text.split(","))
