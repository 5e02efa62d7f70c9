"""The questions that tell technologies apart; the order matters: some answer as others do.

Data4Citizen answers like CKAN, DKAN imitates it; almost everyone has a ``/data.json``.
Source: the detection rules of the Common Data Index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from observatoire.detection import proofs
from observatoire.web import Look

WHOLE = 2**20
START = 2**14


@dataclass(frozen=True, slots=True)
class Probe:
    """One question: ``prefix`` is where the software stands, ``path`` what is asked to it.

    With ``anywhere``, it may stand in a folder of the site. A ``document`` is itself the address of
    the API. ``most`` is how much of the answer the proof needs.
    """

    techno: str
    path: str
    proof: Callable[[Look], str]
    prefix: str = ""
    anywhere: bool = False
    document: bool = False
    most: int = WHOLE


D4C = "/d4c/api/datasets/2.0/search/?rows=0"
CSW = "/srv/fre/csw?service=CSW&request=GetCapabilities"

PROBES = (
    Probe("data4citizen", D4C, proofs.data4citizen, anywhere=True),
    Probe("data4citizen", D4C, proofs.data4citizen, "/data4citizen"),
    Probe("opendatasoft", "/api/explore/v2.1/catalog/datasets?limit=0", proofs.opendatasoft),
    Probe("udata", "/api/1/datasets/?page_size=1", proofs.udata),
    Probe("arcgis-hub", "/api/search/v1/collections/dataset/items?limit=1", proofs.hub_items),
    Probe("arcgis-hub", "/api/search/v1", proofs.hub),
    Probe("data-fair", "/data-fair/api/v1/catalog/datasets?size=1&select=id", proofs.data_fair),
    Probe("dkan", "/api/1/metastore/schemas/dataset/items", proofs.dkan, most=START),
    Probe(
        "dkan",
        "/api/3/action/current_package_list_with_resources?limit=1",
        proofs.dkan_emulated,
    ),
    Probe("ckan", "/api/3/action/status_show", proofs.ckan, anywhere=True),
    Probe("ckan", "/api/3/action/status_show", proofs.ckan, "/data"),
    Probe("geonetwork", "/srv/api/site", proofs.geonetwork, anywhere=True),
    Probe("geonetwork", "/srv/api/site", proofs.geonetwork, "/geonetwork"),
    Probe("geonetwork", CSW, proofs.csw, anywhere=True),
    Probe("geonetwork", CSW, proofs.csw, "/geonetwork"),
    Probe("socrata", "/api/views.json?limit=1", proofs.socrata),
    Probe("arcgis-hub", "/api/feed/dcat-us/1.1.json", proofs.data_json, most=START),
    Probe("data-json", "/data.json", proofs.data_json, document=True, most=START),
    Probe("dcat", "/catalog.ttl", proofs.dcat, document=True, most=START),
)
