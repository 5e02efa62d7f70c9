"""One line of a CSV file, read by itself."""

from __future__ import annotations

from collections.abc import Sequence


def cells(line: bytes) -> Sequence[str]:
    """The cells of one line."""
    text = line.decode("utf-8", "replace")
    if '"' not in text:
        return text.split(",")
    import csv

    return next(csv.reader([text]))
