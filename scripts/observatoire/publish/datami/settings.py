"""All that the widget of a version is given, each file pinned to the tag by its address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from observatoire.publish.datami import (
    cards,
    charts,
    choropleth,
    contribution,
    fields,
    flat,
    map,
    urls,
)

if TYPE_CHECKING:
    from observatoire.publish.draft import Draft

SEPARATOR = ","
FOLDER = "datami"
VIEW = "publication/vue-datami.csv"
FILTERS = (
    *("boolean", "type", "merge", "tags", "platform_clean", "reg_code_geo", "depcode"),
    *("tranche_pop", "tranche_ptf"),
)


def files(draft: Draft) -> Mapping[str, Mapping[str, Any]]:
    """The settings of the flat view and of the tables, by path relative to ``publication/``."""
    described = draft.register.schema(flat.SCHEMA)
    outlined = all(draft.files.read(t.outlines) for t in choropleth.TERRITORIES)
    address = partial(urls.shared, draft.project, draft.tag) if outlined else None
    return {
        f"{FOLDER}/schema.json": fields.schema(described),
        f"{FOLDER}/champs.json": fields.properties(described, draft.register, draft.reference),
        f"{FOLDER}/graphiques.json": charts.settings(described),
        f"{FOLDER}/carte.json": map.settings(described, address),
        f"{FOLDER}/options.json": options(draft.project, draft.tag),
        **contribution.files(draft),
    }


def options(project: str, tag: str) -> dict[str, Any]:
    """The ``options`` attribute of the widget that shows a version (datami.md, section 5.2)."""

    def file(name: str) -> dict[str, str]:
        return {"file": urls.raw(project, tag, f"publication/{FOLDER}/{name}.json")}

    return {
        "separator": SEPARATOR,
        "lockcolumns": True,
        "schema": file("schema"),
        "fields-custom-properties": file("champs"),
        "pagination": {"itemsPerPageTable": 20, "itemsPerPage": 9, "itemsPerRow": 3},
        "customfilters": {
            "activate": True,
            "filterfields": [{"name": n, "filtering": "OR"} for n in FILTERS],
        },
        "cardsview": {"activate": True, "default": False},
        "cardsdetail": True,
        "cardssettings": cards.settings(),
        "datavizview": {"activate": True, "default": False} | file("graphiques"),
        "mapview": {
            "activate": True,
            "default": False,
            "maps": [{"title": {"fr": "Carte des organismes"}} | file("carte")],
        },
    }
