"""The tables that people edit, as they are, so that ``publication/`` is complete by itself."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.publish.draft import Draft

NAMES = ("organisations", "plateformes", "publications", "thematiques")


def export(draft: Draft) -> Mapping[str, bytes]:
    """One CSV per table, in canonical form."""
    register = draft.register
    return {f"{n}.csv": register.bytes_of(n, register.table(n)) for n in NAMES}
