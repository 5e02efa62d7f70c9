"""An edited name with something beside it: a telephone number, a note mark, a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.change import changes
from observatoire.validate.checks.adresse_postale import CONTACTS
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "nom-charge"
TITLE = "Nom accompagné d'autre chose (téléphone, appel de note, puce)"
TITLE_EN = "Name with something beside it (telephone, note mark, bullet)"
SEVERITY: Severity = "conseil"
EXAMPLES = (
    Example(
        "organisations",
        "« Rennes Métropole* » se termine par un appel de note : gardez le nom seul.",
        key=("243500139",),
        bad={"nom": "Rennes Métropole*"},
        good={"nom": "Rennes Métropole"},
        before={"nom": "Rennes Métropole"},
    ),
    Example(
        "plateformes",
        "« Rennes Métropole, tél. 02 99 86 62 62 » contient un numéro de téléphone : gardez le nom"
        " seul.",
        key=("rennes-metropole",),
        bad={"nom": "Rennes Métropole, tél. 02 99 86 62 62"},
        good={"nom": "Rennes Métropole"},
        before={"nom": "Rennes Métropole"},
    ),
)
TABLES = ("organisations", "plateformes")
_BESIDE = (
    *((pattern, f"contient {what}", f"holds {thing}") for pattern, what, thing in CONTACTS),
    (r"[*†]$|\s\([0-9]\)$|[¹²³]$", "se termine par un appel de note", "ends with a note mark"),
    (r"[,;:]$", "se termine par une ponctuation", "ends with a punctuation mark"),
    (r"^(?:[•·▪‣●–*-] ?\D|[0-9]+(?:\)|\. ))", "commence par une puce", "begins with a bullet"),
)


def check(context: Context) -> Iterator[Finding]:
    """The names of the lines that a change adds or edits."""
    for change in changes(context, TABLES):
        for key, name in change.written("nom"):
            said = _remark(name)
            if said:
                yield change.after.finding(CODE, change.after.by_key[key], "nom", said)


def _remark(name: str) -> Remark | None:
    for pattern, what, thing in _BESIDE:
        if re.search(pattern, name):
            return Remark(
                f"{quote(name)} {what} : gardez le nom seul.",
                f"{quote(name)} {thing}: keep the name alone.",
                None,
                SEVERITY,
            )
    return None
