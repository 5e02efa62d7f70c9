"""I16: quality: open licence, open format, description, update within a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from observatoire import french
from observatoire.indicators import harvested
from observatoire.indicators.harvested import Reads
from observatoire.indicators.model import PERCENT, Dimension, Header, Measure, Snapshot, rate
from observatoire.indicators.records import Account


def _weighed(account: Account) -> Decimal | None:
    """The datasets of an account, each worth its mean mark.

    Not rounded: most accounts have one or two datasets, and each would weigh 0 or 1.
    """
    if account.qualite is None or account.nb_jeux is None:
        return None
    return Decimal(str(account.qualite)) * account.nb_jeux


def _mean(_: int, of: int) -> str:
    return f"moyenne de {french.counted(of, 'jeu', 'jeux')}"


CRITERIA: Mapping[str, tuple[str, Reads]] = {
    "licence_ouverte": ("Licence ouverte", lambda a: a.nb_licence_ouverte),
    "format_ouvert": ("Format ouvert", lambda a: a.nb_format_ouvert),
    "recent": ("Mis à jour dans l'année", lambda a: a.nb_recents),
    "note": ("Note de la plateforme", _weighed),
}
DESCRIPTION = {"description": "Description renseignée"}
WORDS = {**{name: words for name, (words, _) in CRITERIA.items()}, **DESCRIPTION}


HEADER = Header(
    id="I16",
    titre="Qualité",
    definition="Part des jeux de données qui ont une licence ouverte, au moins un format ouvert,"
    " une description, une mise à jour dans l'année ; note de qualité que la plateforme leur donne."
    f" {harvested.RULE}",
    formule="Numérateur : jeux qui remplissent le critère ; pour la note, jeux multipliés par la"
    " note moyenne du compte (de 0 à 1), leur somme étant montrée arrondie. Dénominateur : jeux des"
    " comptes dont la moisson dit le critère. Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Toute la France ; comptes moissonnés des acteurs ouverts. Les éditions passées n'ont"
    " pas de moisson.",
    sources="Dernière moisson (data/moissons) : nb_licence_ouverte, nb_format_ouvert, nb_recents,"
    " qualite, nb_jeux.",
    limites="Ce sont les métadonnées que la plateforme déclare, pas les fichiers eux-mêmes. Aucune"
    " moisson ne compte les descriptions : le critère reste vide, et non à zéro ; la note de"
    " data.gouv.fr, qui seul en donne une, en tient compte. Chaque critère a son dénominateur :"
    " toutes les technologies ne disent pas tout.",
    dimensions=(
        Dimension("critere", "Par critère", WORDS, tete=True),
        *(
            dimension
            for name, (words, _) in CRITERIA.items()
            for dimension in harvested.dimensions(
                f"{name}_", f"{words}, ", _mean if name == "note" else french.ratio
            )
        ),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Each criterion, then each one by type, région and technology."""
    every = harvested.accounts(snapshot)
    scope = "jeux des acteurs ouverts moissonnés"
    for name, (words, reads) in CRITERIA.items():
        told = f"{scope}, toute la France ; {words.lower()}"
        chosen = harvested.largest(harvested.telling(every, reads))
        yield harvested.share(("critere", name), chosen, reads, told)
    for name, text in DESCRIPTION.items():
        told = f"{scope}, toute la France ; {text.lower()}"
        yield rate(("critere", name), 0, 0, told, harvested.NOTHING)
    for name, (words, reads) in CRITERIA.items():
        yield from harvested.spread(
            snapshot, every, reads, f"{name}_", f"{scope} ; {words.lower()}"
        )
