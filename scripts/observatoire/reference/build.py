"""From a division of France to the tables of the reference; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from observatoire.model import Row
from observatoire.reference.source import Division, Groupement, Identities, Identity, Territory

Tables = Mapping[str, list[Row]]
"""Table name (communes, epci, departements, regions, anciennes) to its rows."""

_REFUSED = dict.fromkeys(map(ord, '"<>'))
_NOBODY = Identity("", "", "", "")


def tables(division: Division, identities: Identities) -> Tables:
    """The rows of the five tables; every population is the sum of the communes' populations."""
    return {
        "communes": list(_communes(division, identities)),
        "epci": list(_groupements(division)),
        "departements": list(_departements(division, identities)),
        "regions": list(_regions(division, identities)),
        "anciennes": [f._asdict() | {"nom": _name(f.nom)} for f in division.formers],
    }


def _communes(division: Division, identities: Identities) -> Iterator[Row]:
    epci = _membership(g for g in division.groupements if g.type != "EPT")
    ept = _membership(g for g in division.groupements if g.type == "EPT")
    for c in division.communes:
        yield {
            "code": c.code,
            "siren": c.siren or identities.get(("commune", c.code), _NOBODY).siren,
            "nom": _name(c.nom),
            "departement": c.departement,
            "epci": epci.get(c.code, ""),
            "ept": ept.get(c.code, ""),
            "population": _cell(c.population),
            "region": c.region,
        }


def _membership(groupements: Iterable[Groupement]) -> dict[str, str]:
    return {code: g.siren for g in groupements for code in g.membres}


def _groupements(division: Division) -> Iterator[Row]:
    home = {c.code: c for c in division.communes}
    region_of = {d.code: d.region for d in division.departements}
    for g in division.groupements:
        members = [home[code] for code in g.membres if code in home]
        people: Counter[str] = Counter()
        for c in members:
            people[c.departement] += c.population or 0
        departement = max(sorted(people), key=people.__getitem__, default="")
        yield {
            "siren": g.siren,
            "nom": _name(g.nom),
            "type": g.type,
            "departement": departement,
            "nb_communes": str(len(members)),
            "population": str(sum(people.values())),
            "region": region_of.get(departement, ""),
        }


def _departements(division: Division, identities: Identities) -> Iterator[Row]:
    people = _people(division, "departement")
    for d in division.departements:
        identity = identities.get(("departement", d.code), _NOBODY)
        yield _territory(d, identity, people) | {"region": d.region}


def _regions(division: Division, identities: Identities) -> Iterator[Row]:
    people = _people(division, "region")
    for r in division.regions:
        identity = identities.get(("region", r.code), _NOBODY)
        yield _territory(r, identity, people) | {"sigle": identity.sigle}


def _territory(place: Territory, identity: Identity, people: Mapping[str, int]) -> dict[str, str]:
    return {
        "code": place.code,
        "nom": _name(place.nom),
        "siren": identity.siren,
        "population": _cell(people.get(place.code)),
        "remarque": identity.remarque,
        "zone": place.zone,
    }


def _people(division: Division, level: str) -> dict[str, int]:
    """Inhabitants by département or région; a place whose communes have no figure is absent."""
    found: defaultdict[str, int] = defaultdict(int)
    for c in division.communes:
        if c.population is not None:
            found[c.departement if level == "departement" else c.region] += c.population
    return found


def _name(name: str) -> str:
    """The name as a canonical cell: no quotation mark, no angle bracket, single spaces."""
    return " ".join(name.replace("''", "").translate(_REFUSED).split())


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)
