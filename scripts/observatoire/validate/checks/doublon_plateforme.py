"""The same portal twice: one address under two identifiers."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "doublon-plateforme"
TITLE = "Plateforme présente deux fois"
TITLE_EN = "Platform that stands twice"
SEVERITY: Severity = "conseil"
EXAMPLES = (
    Example(
        "plateformes",
        "cette adresse est déjà celle de « rennes-metropole » (ligne 3) : gardez une seule des deux"
        " lignes, et corrigez les publications qui suivent l'autre.",
        key=("rennes-open-data",),
        bad={"url": "http://www.data.rennesmetropole.fr/", "nom": "Rennes open data"},
        good=None,
    ),
)
_STARTS = tuple(f"{s}://{w}" for s in ("https", "http") for w in ("www.", ""))


def check(context: Context) -> Iterator[Finding]:
    """Platforms whose home page is that of another one, but for http, www and a final slash."""
    sheet = context.wanted("plateformes")
    if sheet is None:
        return
    places = list(map(_bare, sheet.column("url")))
    if len(set(places)) == len(places):
        return
    ids = sheet.column("id")
    seen: dict[str, int] = {}
    for row, place in enumerate(places):
        if place and seen.setdefault(place, row) != row:
            first = seen[place]
            said = Remark(
                f"cette adresse est déjà celle de {quote(ids[first])} (ligne {first + 2}) : gardez"
                " une seule des deux lignes, et corrigez les publications qui suivent l'autre.",
                f"this address is already that of {quote(ids[first])} (line {first + 2}): keep only"
                " one of the two lines, and correct the publications that follow the other.",
                None,
                SEVERITY,
            )
            yield sheet.finding(CODE, row, "url", said)


def _bare(url: str) -> str:
    """An address in lower case, without http, www and final slashes."""
    place = url.lower()
    start = next(filter(place.startswith, _STARTS), "")
    return place[len(start) :].rstrip("/#")
