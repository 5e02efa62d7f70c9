"""Whether a dataset declares one of the national schemas (https://schema.data.gouv.fr)."""

from __future__ import annotations

import re
from collections.abc import Iterable

DECLARED = re.compile(r"schema\.data\.gouv\.fr|\betalab/schema-|\bscdl\b", re.IGNORECASE)
"""The catalogue's address, the name of a schema in it, or the label of its local ones (SCDL)."""


def declared(texts: Iterable[str]) -> bool | None:
    """True when a keyword or a reference names one; None otherwise: a portal may just not say."""
    return True if any(DECLARED.search(text[:1_000]) for text in texts) else None
