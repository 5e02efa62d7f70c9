"""The flat view: one line per organisation, its publications summed up, its territory worked out.

Columns are those that Datami has shown since 2022; derived columns follow domain.md, section 8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from observatoire.cells import join_values
from observatoire.indicators.opening import GONE, proves
from observatoire.model import Row
from observatoire.publish.datami import derive
from observatoire.publish.labels import labels
from observatoire.register import Register
from observatoire.table import Table, from_records

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

SCHEMA = "vue-datami"
DATA_GOUV = "data-gouv-fr"
ODS = "opendatasoft"


def view(register: Register, reference: Reference) -> Table:
    """The flat view of a register; bodies that ceased are left out."""
    platforms = {key[0]: row for key, row in register.keyed("plateformes").items()}
    technos = labels(register.schema("plateformes"), "techno")
    published: dict[str, list[Row]] = defaultdict(list)
    for publication in register.table("publications").records():
        if proves(publication):
            published[publication["siren"]].append(publication)
    columns = register.schema(SCHEMA).columns
    return from_records(
        columns,
        (
            _line(o, published.get(o["siren"], ()), platforms, technos, reference)
            for o in register.table("organisations").records()
            if o["statut"] not in GONE
        ),
    )


def _line(
    organisation: Row,
    published: Sequence[Row],
    platforms: Mapping[str, Row],
    technos: Mapping[str, str],
    reference: Reference,
) -> Row:
    return {
        "id_odf": f"odf_{organisation['siren']}",
        "siren": organisation["siren"],
        "nom": organisation["nom"],
        "type": organisation["type"],
        "adress": organisation["adresse"],
        "tags": organisation["thematiques"],
        "lat": derive.number(organisation["latitude"]),
        "lon": derive.number(organisation["longitude"]),
        **_places(published, platforms),
        "platform_clean": join_values(_techno(p, platforms, technos) for p in published),
        "orga": join_values(_name(p, platforms) for p in published),
        **_territory(organisation, reference),
        "boolean": "true" if published else "false",
    }


def _places(published: Sequence[Row], platforms: Mapping[str, Row]) -> Row:
    """What is published on data.gouv.fr, and elsewhere."""
    ranked = sorted(published, key=lambda p: (-derive.datasets(p), p["plateforme"], p["url"]))
    national = [p for p in ranked if p["plateforme"] == DATA_GOUV]
    local = [p for p in ranked if p["plateforme"] != DATA_GOUV]
    return {
        "url_ptf": next(_urls(local, platforms), ""),
        "nb_ptf": derive.total(local),
        "url_datagouv": next(_urls(national, platforms), ""),
        "nb_datagouv": derive.total(national),
        "id_datagouv": next((p["identifiant"] for p in national), ""),
        "id_ods": next((p["identifiant"] for p in local if _is(p, platforms, ODS)), ""),
        "merge": "+".join(n for n, rows in (("ptf", local), ("datagouv", national)) if rows),
        "tranche_ptf": derive.volume(sum(map(derive.datasets, published))),
    }


def _urls(published: Sequence[Row], platforms: Mapping[str, Row]) -> Iterator[str]:
    """The page of each publication, or its platform's home page."""
    for p in published:
        url = p["url"] or platforms.get(p["plateforme"], {}).get("url", "")
        if url:
            yield url


def _is(publication: Row, platforms: Mapping[str, Row], techno: str) -> bool:
    return platforms.get(publication["plateforme"], {}).get("techno") == techno


def _techno(publication: Row, platforms: Mapping[str, Row], technos: Mapping[str, str]) -> str:
    """A technology's name in words; data.gouv.fr is one of its own, as it always was here."""
    if publication["plateforme"] == DATA_GOUV:
        return "DataGouv"
    techno = platforms.get(publication["plateforme"], {}).get("techno", "")
    return technos.get(techno, techno)


def _name(publication: Row, platforms: Mapping[str, Row]) -> str:
    """A platform's name; the mark that separates names cannot stand in one."""
    name = platforms.get(publication["plateforme"], {}).get("nom", publication["plateforme"])
    return name.replace("|", "/")


def _territory(organisation: Row, reference: Reference) -> Row:
    place = reference.departements.get(organisation["departement"])
    region = reference.regions.get(place.region) if place else None
    body = reference.bodies.get(organisation["siren"])
    people = derive.population(body.population if body else None, organisation)
    return {
        "depcode": organisation["departement"],
        "dep_label": place.nom if place else "",
        "reg_code_short": region.sigle if region else "",
        "reg_code_geo": region.code if region else "",
        "pop_insee": people,
        "tranche_pop": derive.size(people),
    }
