"""The face of each technology, by the name that the register gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from observatoire.demo.accounts import Account
from observatoire.demo.arcgis import ArcgisHub
from observatoire.demo.ckan import Ckan
from observatoire.demo.csw import CswPortal
from observatoire.demo.data4citizen import Data4Citizen
from observatoire.demo.datafair import DataFair
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.datajson import DataJson
from observatoire.demo.dcat import DcatPortal
from observatoire.demo.dkan import Dkan
from observatoire.demo.faces import Face
from observatoire.demo.geonetwork import GeoNetwork
from observatoire.demo.opendatasoft import Opendatasoft

FACES: Mapping[str, Callable[[Sequence[Account]], Face]] = {
    "arcgis-hub": ArcgisHub,
    "ckan": Ckan,
    "csw": CswPortal,
    "data-fair": DataFair,
    "data-json": DataJson,
    "data4citizen": Data4Citizen,
    "dcat": DcatPortal,
    "dkan": Dkan,
    "geonetwork": GeoNetwork,
    "opendatasoft": Opendatasoft,
    "udata": DataGouv,
}
