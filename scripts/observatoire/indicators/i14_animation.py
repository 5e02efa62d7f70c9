"""I14: what platforms offer to those who look for data: requests, reuses, contact, support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from observatoire.indicators import vocabulary
from observatoire.indicators.model import (
    PERCENT,
    UNKNOWN,
    Dimension,
    Header,
    Measure,
    Snapshot,
    rate,
)
from observatoire.indicators.records import Platform

SERVICES: Mapping[str, tuple[str, Callable[[Platform], bool]]] = {
    "demandes": ("Page ou forum pour demander des données", lambda p: bool(p.demandes)),
    "reutilisations": ("Page qui présente les réutilisations", lambda p: bool(p.reutilisations)),
    "au_moins_un": (
        "Au moins l'une des deux",
        lambda p: bool(p.demandes or p.reutilisations),
    ),
}
UNTOLD = {
    "contact": "Point de contact",
    "accompagnement": "Accompagnement proposé aux collectivités",
}
BREAKDOWNS = (
    ("type", "par type de plateforme", vocabulary.PLATFORM_TYPES),
    ("techno", "par technologie", "technos"),
    ("gouvernance", "par gouvernance", vocabulary.GOVERNANCES),
    ("region", "par région", "regions"),
)

HEADER = Header(
    id="I14",
    titre="Animation",
    definition="Part des plateformes territoriales qui offrent une page de demandes, une page de"
    " réutilisations, un contact, un accompagnement.",
    formule="Numérateur : plateformes qui offrent le service. Dénominateur : plateformes"
    " territoriales. Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Plateformes territoriales du registre, fermées comprises.",
    sources="Table plateformes : url_demandes, url_reutilisations.",
    limites="Une case vide veut dire « pas de page, ou page pas encore notée » : la part est un"
    " minimum. Le registre ne publie ni contact (donnée personnelle) ni accompagnement : ces deux"
    " services restent vides, et non à zéro.",
    dimensions=(
        Dimension(
            "service",
            "Par service",
            {**{name: words for name, (words, _) in SERVICES.items()}, **UNTOLD},
            tete=True,
        ),
        *(
            Dimension(f"demandes_{name}", f"Page de demandes, {title}", mots)
            for name, title, mots in BREAKDOWNS
        ),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Each service, then the requests by type, technology, governance and région."""
    local = [p for p in snapshot.plateformes.values() if p.perimetre == "territorial"]
    for name, (words, offers) in SERVICES.items():
        scope = f"plateformes territoriales ; {words.lower()}"
        yield rate(("service", name), sum(map(offers, local)), len(local), scope)
    for name, words in UNTOLD.items():
        scope = f"plateformes territoriales ; {words.lower()}"
        yield rate(("service", name), 0, 0, scope, "Le registre ne le sait pas")
    for dimension, title, _ in BREAKDOWNS:
        every = Counter(getattr(p, dimension) or UNKNOWN for p in local)
        found = Counter(getattr(p, dimension) or UNKNOWN for p in local if p.demandes)
        for value in sorted(every):
            scope = f"plateformes territoriales, {title} ; page ou forum pour demander des données"
            yield rate((f"demandes_{dimension}", value), found[value], every[value], scope)
