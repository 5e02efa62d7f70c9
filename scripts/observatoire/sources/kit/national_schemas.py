"""Whether a dataset declares one of the national schemas (https://schema.data.gouv.fr)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from observatoire.sources.kit.text import MEMORY

DECLARED = re.compile(r"schema\.data\.gouv\.fr|\betalab/schema-|\bscdl\b", re.IGNORECASE)
"""The catalogue's address, the name of a schema in it, or the label of its local ones (SCDL)."""


def declared(texts: Iterable[str]) -> bool | None:
    """True when a keyword or a reference names one; None otherwise: a portal may just not say."""
    return True if any(_declares(text[:1_000]) for text in texts) else None


@lru_cache(MEMORY)
def _declares(text: str) -> bool:
    return bool(DECLARED.search(text))
