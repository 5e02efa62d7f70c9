"""Letters without what French adds to them: accents and ligatures."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def plain(text: str) -> str:
    """Lower case, without accents or ligatures: « Cœur d'Été » is ``coeur d'ete``."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    flat = unicodedata.normalize("NFKD", folded).translate(_LIGATURES)
    return flat if flat.isascii() else "".join(c for c in flat if not unicodedata.combining(c))


def slug(text: str) -> str:
    """Its words of letters and digits joined by hyphens: ``coeur-d-ete``; "" without any."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(text)))


def fold(text: str) -> str:
    """Its letters and digits alone: what two spellings have in common."""
    return "".join(c for c in plain(text) if c.isalnum())
