"""One line of a CSV file, read by itself."""

from __future__ import annotations

from collections.abc import Sequence


def cells(line: bytes, first: int = -1) -> Sequence[str]:
    """The cells of one line; with ``first``, that many of them, then the rest in any form."""
    text = line.decode("utf-8", "replace")
    if '"' not in text:
        return text.split(",", first)
    import csv

    return next(csv.reader([text]))
