"""A file that cannot be read as its table: ``intake`` words why."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example

CODE = "lecture"
TITLE = "Fichier illisible"
TITLE_EN = "Unreadable file"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "thematiques",
        "les colonnes sont séparées par le point-virgule au lieu de la virgule : lancez"
        " « observatoire format » qui convertit le fichier, ou enregistrez-le avec la virgule"
        " comme séparateur.",
        content="nom;etiquettes;statut\nCulture;musée;actif\n",
    ),
    Example(
        "thematiques",
        "le fichier s'arrête sans retour à la ligne : s'il a été coupé pendant l'envoi,"
        " reprenez-le en entier ; si cette ligne est entière, lancez « observatoire format », qui"
        " ajoute ce qui manque.",
        content="nom,etiquettes,statut\nCulture,musée,act",
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """What made a table unreadable."""
    for name in context.names:
        context.sheet(name)
        yield from context.unreadable.get(name, ())
