"""Whether the portals were read lately."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.doctor.model import Advice, Place, good
from observatoire.french import counted, day
from observatoire.propose.situation import LATE_DAYS
from observatoire.propose.wishes import JOURNAL

TITLE = "Moissons"
ONLINE = False


def look(place: Place) -> Iterator[Advice]:
    """The last success of each platform, as the committed journal tells."""
    rows = place.register.table(JOURNAL).records()
    dates = [r["derniere_reussite"] for r in rows if r["derniere_reussite"]]
    if not dates:
        do = "observatoire harvest, puis observatoire propose"
        yield Advice("attention", "Aucune moisson n'est encore dans le registre.", do)
        return
    late = sum(place.days_since(d) > LATE_DAYS for d in dates)
    last = f"Dernière moisson le {day(max(dates))}"
    if place.days_since(max(dates)) > LATE_DAYS:
        do = "voyez si les pipelines de nuit tournent, puis observatoire harvest"
        yield Advice("manque", f"{last} : il y a plus de {LATE_DAYS} jours.", do)
    elif late:
        said = f"{last} ; {counted(late, 'plateforme')} sans nouvelles depuis {LATE_DAYS} jours."
        yield Advice("attention", said, "observatoire dashboard --a-blanc")
    else:
        yield good(f"{last}, sur {counted(len(dates), 'plateforme')}.")
