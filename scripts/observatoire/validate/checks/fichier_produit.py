"""An edit by hand of a file that a command writes, or of a frozen edition."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.start import touched

CODE = "fichier-produit"
TITLE = "Fichier produit par une commande, ou édition figée"
TITLE_EN = "File written by a command, or frozen edition"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "editions/2022/thematiques",
        "les éditions passées sont figées, on les cite telles quelles : annulez ce changement et"
        " corrigez plutôt la table du même nom dans data/.",
        key=("Culture",),
        bad={"etiquettes": "musée|théâtre"},
        good={},
        before={},
    ),
)
FROZEN = Remark(
    "les éditions passées sont figées, on les cite telles quelles : annulez ce changement et"
    " corrigez plutôt la table du même nom dans data/.",
    "past editions are frozen, people cite them as they are: undo this change and correct the table"
    " of the same name in data/ instead.",
)
RELEASED = Remark(
    "ce fichier est produit par « observatoire release », qui effacera votre correction : annulez"
    " ce changement et corrigez plutôt la table du même nom dans data/.",
    "this file is written by « observatoire release », which will erase your correction: undo this"
    " change and correct the table of the same name in data/ instead.",
)
HARVESTED = Remark(
    "ce fichier est produit par « observatoire harvest », qui effacera votre correction : annulez"
    " ce changement et corrigez plutôt data/publications.csv ou data/organisations.csv.",
    "this file is written by « observatoire harvest », which will erase your correction: undo this"
    " change and correct data/publications.csv or data/organisations.csv instead.",
    None,
    "conseil",
)
OFFICIAL = Remark(
    "la référence officielle est produite par « observatoire reference », qui effacera votre"
    " correction : annulez ce changement ; si l'INSEE se trompe, dites-le dans un ticket.",
    "the official reference is written by « observatoire reference », which will erase your"
    " correction: undo this change; if INSEE is wrong, say so in an issue.",
    None,
    "conseil",
)
PLACES = (("data/editions", FROZEN), ("publication", RELEASED), ("data/moissons", HARVESTED))
REFERENCE = "data/reference"
JOURNAL = "data/moissons/journal.csv"


def check(context: Context) -> Iterator[Finding]:
    """Files in such places that a change adds to, edits or removes."""
    if context.before is None:
        return
    old, new = context.before.files, context.register.files
    for folder, said in PLACES:
        names = touched(old, new, folder)
        if JOURNAL in names:
            continue  # the harvest itself writes its journal with its rows
        for name in names:
            before = old.read(name)
            if said is HARVESTED and before and _added(before, new.read(name) or b""):
                continue  # what a request left for the next one: a correction edits lines
            if before is not None or said.severity == "conseil":
                yield Finding(CODE, said.message, said.severity, name, english=said.english)
    vintages = [n for n in touched(old, new, REFERENCE) if n.count("/") > REFERENCE.count("/") + 1]
    if len(vintages) == 1:  # the command writes several tables of a vintage
        yield Finding(
            CODE, OFFICIAL.message, OFFICIAL.severity, vintages[0], english=OFFICIAL.english
        )


def _added(before: bytes, after: bytes) -> bool:
    """Whether a file only got more lines."""
    return set(before.splitlines()) <= set(after.splitlines())
