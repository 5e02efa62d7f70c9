"""The last screen of the demonstration: what was found, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.demo.backtest import Score


@dataclass(frozen=True)
class Traces:
    """What the demonstration left to look at: requests (title, path), the tag, the page."""

    requests: Sequence[tuple[str, str]]
    tag: str
    page: str
    portals: int
    seconds: float


def tell(scores: Mapping[str, Score], traces: Traces) -> Iterator[str]:
    """The lines of the screen, from the score of each source by its title."""
    yield "Entre octobre et décembre 2022, des personnes ont mis le registre à jour à la main."
    yield f"Voici ce que le robot retrouve seul, en lisant {traces.portals} portails simulés :"
    yield ""
    yield f"{'':<18}{'organismes entrés':>26}{'comptes changés':>26}{'identités justes':>20}"
    for title, score in scores.items():
        yield _line(title, score)
    yield _line("Ensemble", sum(scores.values(), Score()))
    yield ""
    yield "« 191 sur 192 (72) » : 191 trouvés sur 192, dont 72 en posant une question. Un tiers des"
    yield "comptes de data.gouv.fr ne déclare pas de SIRET, les autres portails n'en donnent aucun,"
    yield "et les noms sont ceux que l'on rencontre (« Mairie de… », « CC… »)."
    yield ""
    yield "Demandes de fusion, relues et acceptées dans la copie :"
    for title, place in traces.requests:
        yield f"  {title}"
        yield f"    {place}"
    yield f"Version publiée : {traces.tag}"
    yield f"Page            : {traces.page}"
    yield f"Durée           : {traces.seconds:.0f} s"


def _line(title: str, score: Score) -> str:
    entries = _share(score.applied, score.asked, score.entries)
    counts = _share(score.counted, score.counts_asked, score.counts)
    right = f"{score.decided - score.wrong} sur {score.decided}"
    return f"{title:<18}{entries:>26}{counts:>26}{right:>20}"


def _share(found: int, asked: int, total: int) -> str:
    if total == 0:
        return "-"
    share = f"{(found + asked) / total * 100:.1f}".replace(".", ",")
    return f"{found + asked} sur {total} ({asked}) {share:>5} %"
