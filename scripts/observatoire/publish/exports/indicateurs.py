"""Every figure with its evidence, and the published figures beside ours."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.publish.draft import Draft
from observatoire.table import serialize


def export(draft: Draft) -> Mapping[str, bytes]:
    """``indicateurs.csv`` and ``comparaison.csv``."""
    return {
        "indicateurs.csv": serialize(draft.figures),
        "comparaison.csv": serialize(draft.comparison),
    }
