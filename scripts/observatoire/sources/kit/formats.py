"""File formats: which are open."""

from __future__ import annotations

from collections.abc import Iterable

CLOSED = frozenset({"pdf", "doc", "docx", "word", "xls", "excel", "xlsx"})
"""What data.gouv.fr counts as closed in its quality score; xlsx is among them."""


def any_open(formats: Iterable[str]) -> bool:
    """Whether one of the formats is known and open."""
    return any(f and f not in CLOSED for f in (f.strip().lower().lstrip(".") for f in formats))
