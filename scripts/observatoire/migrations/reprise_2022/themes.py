"""The themes of October 2022, and whether their lists of bodies agree with the bodies' themes."""

from __future__ import annotations

from collections.abc import Sequence

from observatoire.migrations.reprise_2022 import forms, rules
from observatoire.migrations.reprise_2022.journal import Journal
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


def check_lists(
    rows: Sequence[Row], organisations: Sequence[Row], champ: str, journal: Journal
) -> None:
    """The lists of SIRENs are derived from the bodies' themes; a difference gets a line each."""
    stated: dict[str, set[str]] = {}
    for row in organisations:
        for theme in forms.values(row[champ]):
            stated.setdefault(theme, set()).add(forms.siren(row["siren"]))
    for row in rows:
        name = forms.text(row["Name"])
        listed = set(map(forms.siren, forms.values(row["Organisations_Id"])))
        pen = journal.pen("thematiques", name, name)
        for siren in sorted(listed - stated.get(name, set())):
            pen.drops("Organisations_Id", siren, rules.THEME_LIST)
