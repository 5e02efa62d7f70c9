"""I11: the datasets that declare a national schema (the common core of local data, SCDL)."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.indicators import harvested, vocabulary
from observatoire.indicators.model import (
    PERCENT,
    WHOLE,
    Dimension,
    Header,
    Measure,
    Snapshot,
    rate,
)
from observatoire.indicators.records import Account

HEADER = Header(
    id="I11",
    titre="Standards",
    definition="Part des jeux de données qui déclarent un schéma national (socle commun des données"
    " locales, SCDL, et autres schémas de schema.data.gouv.fr), et part des acteurs qui en ont au"
    f" moins un. {harvested.RULE}",
    formule="Numérateur : jeux qui déclarent un schéma. Dénominateur : jeux des comptes dont la"
    " moisson le dit. Acteurs : ceux qui en ont au moins un, parmi ceux dont la moisson le dit."
    " Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Toute la France ; comptes moissonnés des acteurs ouverts. Les éditions passées n'ont"
    " pas de moisson.",
    sources="Dernière moisson (data/moissons), colonnes nb_schema et nb_jeux.",
    limites="Déclarer un schéma n'est pas le respecter. Vide quand aucune moisson ne le dit : peu"
    " de technologies portent cette information.",
    dimensions=(
        Dimension(WHOLE, "Jeux de données", vocabulary.WHOLE, tete=True),
        Dimension("acteurs", "Acteurs qui en ont au moins un", vocabulary.WHOLE, tete=True),
        *harvested.dimensions("", "Jeux de données, "),
    ),
)

SCOPE = "jeux des acteurs ouverts moissonnés"


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The share of datasets, the share of actors, then by type, région and technology."""
    every = harvested.accounts(snapshot)
    told = harvested.telling(every, _schemas)
    france = f"{SCOPE}, toute la France"
    yield harvested.share((WHOLE, WHOLE), harvested.largest(told), _schemas, france)
    actors = {h.acteur.siren for h in told}
    some = {h.acteur.siren for h in told if h.compte.nb_schema}
    yield rate(
        ("acteurs", WHOLE),
        len(some),
        len(actors),
        "acteurs ouverts dont la moisson dit les schémas, toute la France",
        "" if actors else harvested.NOTHING,
    )
    yield from harvested.spread(snapshot, every, _schemas, "", SCOPE)


def _schemas(account: Account) -> int | None:
    return account.nb_schema
