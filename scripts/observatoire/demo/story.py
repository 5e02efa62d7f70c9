"""The last screen of the demonstration: what was found, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from observatoire.demo.backtest import Score


@dataclass(frozen=True)
class Traces:
    """What the demonstration left to look at: paths, and the tag."""

    request: str
    title: str
    tag: str
    page: str
    seconds: float


def tell(score: Score, traces: Traces) -> Iterator[str]:
    """The lines of the screen."""
    yield "Ce que des personnes avaient trouvé à la main sur data.gouv.fr entre octobre et"
    yield "décembre 2022, et ce que le robot a retrouvé seul :"
    yield ""
    found = score.applied + score.asked
    yield f"  organismes entrés     {found} sur {score.entries} ({_percent(score.recall)}) :"
    yield f"                        {score.applied} proposés, {score.asked} en question"
    counted = score.counted + score.counts_asked
    share = counted / score.counts if score.counts else 1.0
    yield f"  comptes changés       {counted} sur {score.counts} ({_percent(share)}) :"
    yield f"                        {score.counted} proposés, {score.counts_asked} en question"
    right = f"{score.decided - score.wrong} justes sur {score.decided}"
    yield f"  identités décidées    {right} ({_percent(score.precision)})"
    yield ""
    yield "Un tiers des comptes simulés ne déclare pas de SIRET, et leurs noms sont ceux que l'on"
    yield "rencontre (« Mairie de… », « CC… ») : le robot demande quand il n'est pas sûr."
    yield ""
    yield f"Demande de fusion : {traces.title}"
    yield f"  son texte       : {traces.request}"
    yield f"Version publiée   : {traces.tag}"
    yield f"Page              : {traces.page}"
    yield f"Durée             : {traces.seconds:.0f} s"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
