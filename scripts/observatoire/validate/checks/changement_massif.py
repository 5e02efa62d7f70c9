"""A change that touches a large share of a table: most often a tool's mistake."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.change import changes
from observatoire.validate.checks.cle_disparue import HOW, SHARE, massive
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark

CODE = "changement-massif"
TITLE = "Changement massif"
TITLE_EN = "Mass change"
SEVERITY: Severity = "conseil"
EXAMPLES = (
    Example(
        "thematiques",
        "ce changement retire 30 lignes sur 32 : si le tableau a été filtré avant d'être"
        " enregistré, reprenez-le en entier. Une ligne ne se supprime pas, elle change de statut.",
        content="nom,etiquettes,statut\nCulture,musée|théâtre,actif\nSocial,,actif\n",
        before_content="nom,etiquettes,statut\nCulture,musée|théâtre,actif\nSocial,,actif\n"
        + "".join(f"Thème {i},,actif\n" for i in range(10, 40)),
    ),
)
TABLES = ("organisations", "plateformes", "publications", "thematiques")
EDITED = 50
"""Lines: below, a person sees the whole of the difference."""


def check(context: Context) -> Iterator[Finding]:
    """Tables of which a change removes or edits many lines."""
    for change in changes(context, TABLES):
        total = len(change.before)
        removed = len(change.removed)
        edited = len(change.old) - removed
        if massive(removed, total) and change.after.name not in HOW:
            from observatoire.french import counted  # only for such a change: start-up counts

            said = Remark(
                f"ce changement retire {counted(removed, 'ligne')} sur {total} : si le tableau"
                " a été filtré avant d'être enregistré, reprenez-le en entier. Une ligne ne se"
                " supprime pas, elle change de statut.",
                f"this change removes {removed} of {total} lines: if the table was filtered before"
                " it was saved, take the whole of it again. A line is not deleted, its status"
                " changes.",
                None,
                SEVERITY,
            )
            yield change.after.whole(CODE, said)
        if edited >= EDITED and edited > SHARE * total:
            from observatoire.french import counted

            said = Remark(
                f"ce changement modifie {counted(edited, 'ligne')} sur {total} : vérifiez qu'un"
                " outil n'a pas réécrit le fichier.",
                f"this change edits {edited} of {total} lines: make sure that no tool has rewritten"
                " the file.",
                None,
                SEVERITY,
            )
            yield change.after.whole(CODE, said)
