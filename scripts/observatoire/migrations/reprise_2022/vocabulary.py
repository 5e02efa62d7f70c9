"""The words of the old files and those of our closed lists (schemas/plateformes.json)."""

from __future__ import annotations

import re

from observatoire.letters import plain

TYPES = {
    "portail": "portail",
    "geoportail": "geoportail",
    "siteweb": "site-web",
    "concentrateur": "concentrateur",
}
GOUVERNANCES = {
    "dedie": "dedie",
    "mutualise": "mutualise",
    "partenarial": "partenarial",
    "partage": "partage",
}
TECHNOS = {
    "opendatasoft": "opendatasoft",
    "ckan": "ckan",
    "dkan": "dkan",
    "arcgis": "arcgis-hub",
    "geonetwork": "geonetwork",
    "geosource": "geosource",
    "geoserver": "geoserver",
    "isogeo": "isogeo",
    "data4citizen": "data4citizen",
    "datafair": "data-fair",
    "datagouv": "udata",
    "udata": "udata",
    "mgdisopendata": "mgdis",
    "hopndata": "hopn-data",
    "onegeosuite": "onegeo-suite",
    "typo3incite": "typo3",
    "typo3": "typo3",
    "prodige": "prodige",
    "opendatagazette": "od-gazette",
    "odgazette": "od-gazette",
    "metaclic": "metaclic",
    "easysdi": "easysdi",
    "joomla": "joomla",
    "spip": "spip",
    "cmseolas": "cms-eolas",
    "lodeolas": "cms-eolas",
    "mobapi": "mobapi",
    "geoportalserver": "geoportal-server",
    "specifique": "specifique",
}
REGIONS = {"NC": "988", "PF": "987"}
"""Overseas collectivities have no région code: the old files give letters, INSEE a département."""

GENERIC = {
    *("data", "datas", "donnees", "opendata", "open", "portail", "publiques", "explore"),
}


def key(word: str) -> str:
    """Letters and digits only, lower case, no accent: what two spellings share."""
    return re.sub(r"[^a-z0-9]", "", plain(word))


def region_code(cell: str) -> str:
    """The INSEE code in an old region code: ``PDL-52`` is 52."""
    code = cell.strip().rpartition("-")[2]
    return REGIONS.get(code, code)


def words(name: str) -> tuple[str, ...]:
    """The words of a platform's name without « data », « open data », « portail »..."""
    found = re.findall(r"[a-z0-9]+", plain(name))
    return tuple(w for w in found if w not in GENERIC) or tuple(found)
