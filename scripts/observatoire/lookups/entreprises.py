"""Who a SIREN is: recherche-entreprises.api.gouv.fr, one body at a time, kept in the repository.

https://recherche-entreprises.api.gouv.fr/docs/ ; the service allows 7 questions a second, shared
by everybody behind the same cloud: each day asks for the bodies that are not known yet, and for one
thirtieth of the others. Managers and elected people are left at the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from observatoire.french import counted, day
from observatoire.lookups import Header, Outcome, Visit, written
from observatoire.model import Row, SourceError
from observatoire.sources.kit import door
from observatoire.sources.kit.shape import mapping, mappings, number, text
from observatoire.web import Json

LOOKUP = Header(
    id="entreprises",
    title="Recherche d'entreprises",
    base="https://recherche-entreprises.api.gouv.fr",
    licence="Licence Ouverte 2.0",
    cadence="quotidienne",
)

TABLE = "reference/entreprises"
DAYS = 30
PAUSE = 0.2
"""Seconds between two questions: five a second."""

STATES = {"A": "active", "C": "cessee"}
MASKED = {"[NON-DIFFUSIBLE]", "[ND]"}
PERSON = "1000"
"""Category of an individual's business: its name and address are a person's."""

LEVELS = {
    "commune": "commune",
    "ville de paris": "commune",
    "epci": "epci",
    "metropole de lyon": "epci",
    "departement": "departement",
    "departement d'outre-mer": "departement",
    "departement de mayotte": "departement",
    "region": "region",
    "region d'outre-mer": "region",
    "collectivite territoriale unique": "region",
    "collectivite de corse": "region",
    "collectivite europeenne d'alsace": "departement",
}
"""The levels that the service writes in words today, and wrote in one word before."""

PLAIN = str.maketrans("éèêôçÉÈ", "eeeocEE")


async def refresh(visit: Visit) -> Outcome:
    """Ask for the bodies that are due today; raises SourceError when none could be asked."""
    known = {r["siren"]: r for r in visit.register.table(TABLE).records()}
    organisations = visit.register.table("organisations").records()
    asked = due(organisations, known, visit.today, everything=visit.everything)
    described = visit.register.schema(TABLE)
    fresh: dict[str, Row] = {}
    error = ""
    for siren in asked:
        try:
            [fresh[siren]] = door.admit([await _ask(visit, siren)], described)
        except SourceError as failure:
            error = str(failure)
            break
        visit.tick()
        await visit.web.clock.sleep(PAUSE)
    if error and not fresh:
        raise SourceError(error)
    rows = {**known, **{s: _dated(r, known.get(s), visit.today) for s, r in fresh.items()}}
    said = (f"{counted(len(fresh), 'organisme demandé')} sur {len(asked)} à voir aujourd'hui.",)
    return Outcome(written(visit.register, TABLE, rows.values()), (*said, *_news(fresh)), error)


def due(
    organisations: Iterable[Row], known: Iterable[str], today: date, *, everything: bool = False
) -> list[str]:
    """The SIRENs to ask for on a day: those that nobody asked for yet, and today's thirtieth."""
    sirens = {r["siren"] for r in organisations if everything or r["statut"] != "cesse"}
    turn = today.toordinal() % DAYS
    seen = set(known)
    return sorted(s for s in sirens if everything or s not in seen or int(s) % DAYS == turn)


def row_of(answer: Json, siren: str, url: str) -> Row:
    """What is kept of an answer about a SIREN; raises SourceError."""
    if not isinstance(answer, dict) or number(answer, "total_results") is None:
        raise SourceError(f"{url} : la réponse n'a pas la forme d'une recherche d'entreprises.")
    found = next((r for r in mappings(answer, "results") if text(r, "siren") == siren), None)
    if found is None:
        return {"siren": siren, "etat": "introuvable"}
    kept = {"siren": siren, "etat": STATES.get(text(found, "etat_administratif"), "introuvable")}
    if text(found, "nature_juridique") == PERSON:
        return {**kept, "nature_juridique": PERSON}
    return {**_identity(found), **_seat(mapping(found, "siege")), **kept}


def _identity(found: Json) -> dict[str, str]:
    place = mapping(found, "complements", "collectivite_territoriale")
    level = text(place, "niveau").casefold().translate(PLAIN)
    return {
        "nom": _shown(text(found, "nom_raison_sociale") or text(found, "nom_complet")),
        "sigle": _shown(text(found, "sigle")),
        "nature_juridique": text(found, "nature_juridique"),
        "date_creation": text(found, "date_creation"),
        "date_fermeture": text(found, "date_fermeture"),
        "tranche_effectif": text(found, "tranche_effectif_salarie"),
        "annee_effectif": text(found, "annee_tranche_effectif_salarie"),
        "niveau": LEVELS.get(level, ""),
        "code_collectivite": text(place, "code_insee") or text(place, "code"),
    }


def _seat(seat: Json) -> dict[str, str]:
    names = ("adresse", "code_postal", "commune", "latitude", "longitude")
    return {name: _shown(text(seat, name)) for name in names}


def _shown(value: str) -> str:
    return "" if value in MASKED else value


async def _ask(visit: Visit, siren: str) -> Row:
    url = f"{visit.base}/search"
    query: dict[str, str | int] = {
        "q": siren,
        "minimal": "true",
        "include": "siege,complements",
        "per_page": 1,
    }
    return row_of(await visit.web.get_json(url, query), siren, url)


def _dated(row: Row, before: Row | None, today: date) -> Row:
    """The line with the day when it was first seen so: a date that moves alone is no news."""
    if before and all(row.get(k, "") == v for k, v in before.items() if k != "constate_le"):
        return before
    return {**row, "constate_le": today.isoformat()}


def _news(fresh: dict[str, Row]) -> Iterator[str]:
    """What a maintainer should look at."""
    for siren, row in sorted(fresh.items()):
        if row["etat"] == "cessee":
            when = row.get("date_fermeture", "")
            yield f"{siren} ({row.get('nom', '')}) a cessé{f' le {day(when)}' if when else ''}."
        elif row["etat"] == "introuvable":
            yield f"{siren} n'est pas dans l'annuaire : vérifiez ce numéro."
