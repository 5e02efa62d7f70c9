"""The three-way merge of one cell: committed harvest, register, new harvest.

base is the committed harvest, ours the register, theirs the new harvest.

Only theirs moved: the source's value is proposed. Only ours moved: a person's value stays, without
any lock. Both moved, differently: a question, never an overwrite. A silent source never erases.

A line's first harvest has no base. Then a line of origin `reprise` is nobody's edit (it comes from
an old edition) and takes the source's value; any other line raises a question (ADR 2).
"""

from __future__ import annotations

from typing import Literal

from observatoire.reconcile.links import same_link, within

FIELDS = {
    "url": "url",
    "nb_jeux": "nb_jeux",
    "nb_reutilisations": "nb_reutilisations",
    "derniere_mise_a_jour": "derniere_mise_a_jour",
    "statut": "statut",
}
"""What a harvest says about a line of publications: its column, and that of the harvest."""

Outcome = Literal["keep", "edit", "conflict"]


def merge(field: str, base: str | None, ours: str, theirs: str, line: tuple[str, str]) -> Outcome:
    """What becomes of a cell; ``base`` is None when no harvest of this account is committed.

    ``line`` is (identifiant, origine) of the line.
    """
    identifiant, origine = line

    def same(a: str, b: str) -> bool:
        return a == b or (field == "url" and same_link(a, b, identifiant))

    if not theirs or same(ours, theirs) or (field == "url" and within(ours, theirs)):
        return "keep"
    if not ours and not base:
        return "edit"
    if base is None:
        return "edit" if origine == "reprise" else "conflict"
    if same(base, theirs):
        return "keep"
    return "edit" if same(ours, base) else "conflict"
