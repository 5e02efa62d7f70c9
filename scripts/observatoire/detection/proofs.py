"""Each proof reads an answer and says in French what it shows; "" when it shows nothing."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

from observatoire import french
from observatoire.sources.kit.shape import mapping, number, text
from observatoire.web import Json, Look

LIST_OF_DATASETS = re.compile(rb'\A\s*\{.{0,4000}?"dataset"\s*:\s*\[', re.DOTALL)
LIST_OF_OBJECTS = re.compile(rb'\A\s*\[\s*\{.{0,4000}?"(?:identifier|accessLevel)"\s*:', re.DOTALL)
CATALOGUE = re.compile(rb"dcat:Catalog\b|http://www\.w3\.org/ns/dcat#Catalog\b")
CAPABILITIES = re.compile(rb"<(?:csw\w*:)?Capabilities\b[^>]*www\.opengis\.net/cat/csw")


def data4citizen(look: Look) -> str:
    """``result.count``."""
    result = mapping(_json(look), "result")
    return _datasets(number(result, "count"))


def opendatasoft(look: Look) -> str:
    """``total_count`` and ``results``."""
    answer = _json(look)
    return _datasets(number(answer, "total_count")) if _has_list(answer, "results") else ""


def udata(look: Look) -> str:
    """``data`` and ``total``."""
    answer = _json(look)
    return _datasets(number(answer, "total")) if _has_list(answer, "data") else ""


def hub_items(look: Look) -> str:
    """A GeoJSON collection with ``numberMatched``."""
    answer = _json(look)
    is_list = text(answer, "type") == "FeatureCollection" and _has_list(answer, "features")
    return _datasets(number(answer, "numberMatched")) if is_list else ""


def hub(look: Look) -> str:
    """``links`` and ``conformsTo``: the landing page of a search."""
    answer = _json(look)
    found = _has_list(answer, "links") and _has_list(answer, "conformsTo")
    return "la recherche d'un Hub" if found else ""


def data_fair(look: Look) -> str:
    """``count`` and ``results``."""
    answer = _json(look)
    return _datasets(number(answer, "count")) if _has_list(answer, "results") else ""


def dkan(look: Look) -> str:
    """A list of the metadata store, of which only the start was read."""
    found = _is_data(look) and LIST_OF_OBJECTS.match(look.body)
    return "une liste de jeux de données" if found else ""


def dkan_emulated(look: Look) -> str:
    """CKAN's envelope around a list inside a list."""
    answer = _json(look)
    result = answer.get("result") if isinstance(answer, dict) else None
    nested = isinstance(result, list) and bool(result) and isinstance(result[0], list)
    return "l'API de CKAN, telle que DKAN l'imite" if nested else ""


def ckan(look: Look) -> str:
    """``success`` and ``result.ckan_version``."""
    answer = _json(look)
    version = text(mapping(answer, "result"), "ckan_version")[:20]
    return f"CKAN {version}" if version and answer.get("success") is True else ""


def geonetwork(look: Look) -> str:
    """``system/site/name``."""
    answer = _json(look)
    version = text(answer, "system/platform/version")[:20]
    known = isinstance(answer, dict) and "system/site/name" in answer
    return f"GeoNetwork {version}".strip() if known else ""


def csw(look: Look) -> str:
    """The XML ``Capabilities`` of a catalogue service; read as text, never as a document."""
    found = look.status == HTTPStatus.OK and CAPABILITIES.search(look.body)
    return "les capacités d'un service CSW" if found else ""


def socrata(look: Look) -> str:
    """A list, under Socrata's own header."""
    found = isinstance(_json(look), list) and "X-Socrata-RequestId" in look.headers
    return "la liste des vues de Socrata" if found else ""


def data_json(look: Look) -> str:
    """``dataset`` at the start of what may be a very big document."""
    found = _is_data(look) and LIST_OF_DATASETS.match(look.body)
    return "un catalogue data.json" if found else ""


def dcat(look: Look) -> str:
    """A DCAT catalogue in Turtle."""
    found = _is_data(look) and CATALOGUE.search(look.body)
    return "un catalogue DCAT" if found else ""


def _is_data(look: Look) -> bool:
    return look.status == HTTPStatus.OK and "html" not in look.type


def _json(look: Look) -> Json:
    """The JSON of an answer; None for an error, a page, or a document cut short."""
    if not _is_data(look):
        return None
    try:
        return json.loads(look.body)
    except (ValueError, RecursionError):
        return None


def _has_list(answer: Json, key: str) -> bool:
    return isinstance(answer, dict) and isinstance(answer.get(key), list)


def _datasets(count: int | None) -> str:
    if count is None:
        return ""
    words = "jeu de données annoncé" if count < french.PLURAL else "jeux de données annoncés"
    return f"{french.number(count)} {words}"
