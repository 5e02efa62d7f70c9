"""Portals that others list and the register lacks: proposals, which become lines by a person.

Two lists: the French part of the Common Data Index (portals of the world), and the catalogues that
data.gouv.fr harvests (``harvest.csv``), which tie an organisation to its own portal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from yarl import URL

from observatoire.detection.known import domain, place, places
from observatoire.detection.places import DATAGOUV
from observatoire.model import Row
from observatoire.sources.kit.text import tidy

INDEX_COLUMNS = ("name", "link", "software", "owner_name", "subregion")
HARVESTER_COLUMNS = ("name", "url", "organization", "backend", "validation")

SOFTWARE = {
    "arcgishub": "arcgis-hub",
    "arcgisserver": "arcgis-server",
    "custom": "specifique",
    "datafair": "data-fair",
}
"""What the index calls otherwise than the register."""

BACKENDS = {"csw-dcat": "csw", "csw-iso-19139": "csw", "csw-iso": "csw"}

PATHS = (
    ("opendatasoft", re.compile(r"/api/explore/|/api/datasets/1\.0/")),
    ("arcgis-hub", re.compile(r"/api/feed/dcat|\.(?:opendata|hub)\.arcgis\.com/")),
    ("geonetwork", re.compile(r"/srv/(?:[a-z]{3}/)?(?:csw|rdf|eng|fre)|/geonetwork/")),
    ("data-fair", re.compile(r"/data-fair/")),
    ("isogeo", re.compile(r"//(?:open|services\.api)\.isogeo\.com/")),
)
"""The technology that an address betrays."""

REGIONS = {
    "FR-ARA": "84",
    "FR-BFC": "27",
    "FR-BRE": "53",
    "FR-CVL": "24",
    "FR-20R": "94",
    "FR-GES": "44",
    "FR-HDF": "32",
    "FR-IDF": "11",
    "FR-75C": "11",
    "FR-NOR": "28",
    "FR-NAQ": "75",
    "FR-OCC": "76",
    "FR-PDL": "52",
    "FR-PAC": "93",
    "FR-971": "01",
    "FR-972": "02",
    "FR-973": "03",
    "FR-974": "04",
    "FR-976": "06",
    "FR-NC": "988",
    "FR-PF": "987",
}
"""ISO 3166-2 to the codes of the Insee."""

ORIGINS = {"index": "Common Data Index", "harvester": "moissonneur de data.gouv.fr"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A portal that somebody lists; ``departement`` when only that is known of its place."""

    nom: str
    url: str
    techno: str
    organisme: str
    origine: str
    region: str = ""
    departement: str = ""


def of_index(rows: Iterable[Mapping[str, str]]) -> list[Candidate]:
    """The portals of the world index (columns ``INDEX_COLUMNS``)."""
    return [
        Candidate(
            nom=tidy(row["name"]),
            url=row["link"].strip(),
            techno=SOFTWARE.get(row["software"], row["software"]),
            organisme=tidy(row["owner_name"]),
            origine=ORIGINS["index"],
            region=REGIONS.get(row["subregion"], ""),
            departement="" if row["subregion"] in REGIONS else row["subregion"].partition("-")[2],
        )
        for row in rows
    ]


def of_harvesters(rows: Iterable[Mapping[str, str]]) -> list[Candidate]:
    """The catalogues that data.gouv.fr harvests (columns ``HARVESTER_COLUMNS``)."""
    return [
        Candidate(
            nom=tidy(row["name"]),
            url=row["url"].strip(),
            techno=_betrayed(row["url"]) or BACKENDS.get(row["backend"], row["backend"]),
            organisme=tidy(row["organization"]),
            origine=ORIGINS["harvester"],
        )
        for row in rows
        if row["validation"] != "refused"
    ]


def lacking(
    candidates: Iterable[Candidate], platforms: Collection[Row]
) -> list[tuple[Candidate, tuple[str, ...]]]:
    """The candidates whose site no platform has, once each, by site.

    With each, the platforms of the same domain: it may be one of them under another name.
    """
    known = places(platforms)
    neighbours: dict[str, set[str]] = {}
    for platform in platforms:
        for address in (platform["url"], platform["url_api"]):
            neighbours.setdefault(domain(address), set()).add(platform["id"])
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        site = place(candidate.url)
        if not site or site in known or _is_datagouv(candidate.url):
            continue
        before = found.get(site)
        # The shortest address of a site is likelier to be its home.
        if before is None or len(candidate.url) < len(before.url):
            found[site] = candidate
    return [
        (candidate, tuple(sorted(neighbours.get(domain(candidate.url), ()))))
        for _, candidate in sorted(found.items())
    ]


def _betrayed(url: str) -> str:
    return next((techno for techno, path in PATHS if path.search(url)), "")


def _is_datagouv(url: str) -> bool:
    return bool(DATAGOUV.fullmatch(URL(url).host or ""))
