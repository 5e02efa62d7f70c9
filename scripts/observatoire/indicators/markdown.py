"""Markdown tables: cells made harmless, whatever a register holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ACTIVE = re.compile(r"([\\`*_\[\]<>|#~!])")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells must be Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def text(words: str) -> str:
    """Plain words as Markdown: on one line, nothing in them is a mark."""
    return _ACTIVE.sub(r"\\\1", " ".join(words.split()))
