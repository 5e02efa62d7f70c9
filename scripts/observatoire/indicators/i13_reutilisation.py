"""I13: the reuses that are known, by platform and by kind of organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from observatoire import french
from observatoire.indicators import vocabulary
from observatoire.indicators.model import (
    ACTORS,
    WHOLE,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
    rate,
)
from observatoire.indicators.records import Publication

UNIT = "réutilisations"
NOTHING = "Aucun nombre de réutilisations n'est connu"


def _accounts(_: int, of: int) -> str:
    return f"sur {french.counted(of, 'compte')}"


HEADER = Header(
    id="I13",
    titre="Réutilisation",
    definition="Réutilisations connues des données des acteurs ouverts, et acteurs dont au moins"
    " une réutilisation est connue. Le nombre du registre vient de la moisson, ou d'une personne.",
    formule="Réutilisations : somme des nombres connus ; dénominateur : comptes dont le nombre est"
    " connu. Acteurs : 100 × acteurs qui ont au moins une réutilisation / acteurs dont au moins un"
    " nombre est connu. Pages : 100 × plateformes territoriales qui présentent les réutilisations /"
    " plateformes territoriales.",
    unite=f"{UNIT}, % pour les acteurs et les pages",
    portee="Toute la France ; comptes publiés des acteurs ouverts.",
    sources="Table publications (nb_reutilisations), table plateformes (url_reutilisations).",
    limites="Une réutilisation que personne n'a déclarée n'existe pas ici. Une réutilisation"
    " déclarée sur deux plateformes compte deux fois. Vide quand aucun nombre n'est connu :"
    " ceux des anciens fichiers, par plateforme et sans date, n'ont pas été repris.",
    dimensions=(
        Dimension(WHOLE, "Réutilisations connues", vocabulary.WHOLE, tete=True, preuve=_accounts),
        Dimension("acteurs", "Acteurs réutilisés", vocabulary.WHOLE, tete=True),
        Dimension("pages", "Plateformes qui les présentent", vocabulary.WHOLE, tete=True),
        Dimension("plateforme", "Réutilisations, par plateforme", "plateformes", preuve=_accounts),
        Dimension("type", "Réutilisations, par type d'organisation", "types", preuve=_accounts),
        Dimension(
            "organisation",
            "Réutilisations, par organisation réutilisée",
            "organisations",
            preuve=_accounts,
        ),
    ),
)

SCOPE = "réutilisations connues des comptes publiés des acteurs ouverts"


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The total, the actors, the pages, then each platform, each type, each body reused."""
    told = [p for p in snapshot.published if p.nb_reutilisations is not None]
    yield _total((WHOLE, WHOLE), told, f"{SCOPE}, toute la France")
    known = {p.siren for p in told}
    reused = {p.siren for p in told if p.nb_reutilisations}
    yield rate(
        ("acteurs", WHOLE),
        len(reused),
        len(known),
        "acteurs ouverts dont un nombre de réutilisations est connu, toute la France",
        "" if known else NOTHING,
    )
    local = [p for p in snapshot.plateformes.values() if p.perimetre == "territorial"]
    pages = sum(bool(p.reutilisations) for p in local)
    yield rate(("pages", WHOLE), pages, len(local), "plateformes territoriales")
    platforms = _grouped(told, lambda p: p.plateforme)
    for name in sorted(platforms):
        yield _total(("plateforme", name), platforms[name], f"{SCOPE} sur cette plateforme")
    kinds = _grouped(told, lambda p: snapshot.actors[p.siren].type)
    for kind in ACTORS:
        if kind in kinds:
            yield _total(("type", kind), kinds[kind], f"{SCOPE}, type {kind}")
    bodies = _grouped((p for p in told if p.siren in reused), lambda p: p.siren)
    for siren in sorted(bodies):
        yield _total(("organisation", siren), bodies[siren], f"{SCOPE}, cette organisation")


def _grouped(
    told: Iterable[Publication], of: Callable[[Publication], str]
) -> Mapping[str, list[Publication]]:
    out: dict[str, list[Publication]] = {}
    for publication in told:
        out.setdefault(of(publication), []).append(publication)
    return out


def _total(place: tuple[str, str], told: list[Publication], scope: str) -> Measure:
    total = sum(p.nb_reutilisations or 0 for p in told)
    figure = count(place, total, len(told), scope, UNIT)
    return figure if told else figure.untold(NOTHING)
