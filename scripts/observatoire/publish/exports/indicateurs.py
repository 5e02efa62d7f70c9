"""Every figure with its evidence, readable ones, published ones beside ours, silent bodies."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.publish.draft import Draft
from observatoire.table import serialize


def export(draft: Draft) -> Mapping[str, bytes]:
    """``indicateurs.csv``, ``indicateurs/*.csv``, ``comparaison.csv``, the list of the silent."""
    return {f"{name}.csv": serialize(table) for name, table in draft.made.tables().items()}
