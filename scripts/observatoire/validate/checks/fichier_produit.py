"""An edit by hand of a file that a command writes, or of a frozen edition."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example

CODE = "fichier-produit"
TITLE = "Fichier produit par une commande, ou édition figée"
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
FROZEN = (
    "les éditions passées sont figées, on les cite telles quelles : annulez ce changement et"
    " corrigez plutôt la table du même nom dans data/."
)
WRITTEN = (
    "ce fichier est produit par « {} », qui effacera votre correction : annulez ce changement et"
    " corrigez plutôt {}."
)
PLACES: tuple[tuple[str, str, Severity], ...] = (
    ("data/editions", FROZEN, "erreur"),
    (
        "publication",
        WRITTEN.format("observatoire release", "la table du même nom dans data/"),
        "erreur",
    ),
    (
        "data/moissons",
        WRITTEN.format("observatoire harvest", "data/publications.csv ou data/organisations.csv"),
        "conseil",
    ),
)
JOURNAL = "data/moissons/journal.csv"


def check(context: Context) -> Iterator[Finding]:
    """Files in such places that a change adds to, edits or removes."""
    if context.before is None:
        return
    old, new = context.before.files, context.register.files
    for folder, message, severity in PLACES:
        names = [*old.names(folder), *new.names(folder)]
        touched = [n for n in sorted(set(names)) if old.read(n) != new.read(n)]
        if JOURNAL in touched:
            continue  # the harvest itself writes its journal with its rows
        for name in touched:
            if old.read(name) is not None or severity == "conseil":
                yield Finding(CODE, message, severity, name)
