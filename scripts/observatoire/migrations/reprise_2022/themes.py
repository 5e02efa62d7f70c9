"""The themes of October 2022 as rows of ``thematiques``."""

from __future__ import annotations

from collections.abc import Sequence

from observatoire.migrations.reprise_2022 import forms
from observatoire.model import Row


def themes(rows: Sequence[Row]) -> list[Row]:
    """The rows of ``thematiques``."""
    return [
        {
            "nom": forms.text(r["Name"]),
            "etiquettes": "|".join(forms.values(r["Tags"])),
            "statut": "actif",
        }
        for r in rows
    ]
