"""Every simulated portal is recognised, with the base of its API; nothing else is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from observatoire.demo import faces
from observatoire.demo.accounts import account
from observatoire.demo.arcgis import ArcgisHub
from observatoire.demo.ckan import Ckan
from observatoire.demo.data4citizen import Data4Citizen
from observatoire.demo.datafair import DataFair
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.dcat import DcatPortal
from observatoire.demo.dkan import Dkan
from observatoire.demo.faces import Answer, Ask, Face
from observatoire.demo.opendatasoft import Opendatasoft
from observatoire.demo.simulator import Portal, Simulator
from observatoire.detection import Verdict, detect
from observatoire.web import Patience, Web

SOME = [account("Ville de Rennes", nb_jeux=3)]
HTML = "text/html; charset=utf-8"


@dataclass
class Site:
    """Answers some paths, a page to the others."""

    pages: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    other: str = "<html><head><title>Accueil &amp; données</title></head>"

    def answer(self, ask: Ask) -> Answer:
        if ask.path in self.pages:
            kind = self.kinds.get(ask.path, "application/json")
            return Answer(200, self.pages[ask.path].encode(), kind)
        return Answer(200, self.other.encode(), HTML)


def verdict(portal: Portal, path: str = "/", *others: Portal) -> Verdict:
    async def work() -> Verdict:
        allowed = [p.url for p in (portal, *others)]
        async with Web(allowed=allowed, patience=Patience(tries=1, silence=2.0)) as web:
            return await detect(portal.url + path, web)

    with Simulator(portal, *others):
        return asyncio.run(work())


@pytest.mark.parametrize(
    ("face", "path", "techno", "base"),
    [
        (Data4Citizen(SOME), "/", "data4citizen", ""),
        (Data4Citizen(SOME, prefix="/data4citizen"), "/", "data4citizen", "/data4citizen"),
        (Data4Citizen(SOME, prefix="/open"), "/open/portail", "data4citizen", "/open"),
        (Opendatasoft(SOME), "/explore/?sort=modified", "opendatasoft", ""),
        (DataGouv(SOME), "/", "udata", ""),
        (ArcgisHub(SOME), "/search", "arcgis-hub", ""),
        (DataFair(SOME), "/", "data-fair", ""),
        (Dkan(SOME), "/", "dkan", ""),
        (Dkan(SOME, api=False), "/", "data-json", "/data.json"),
        (Ckan(SOME), "/dataset", "ckan", ""),
        (Ckan(SOME, prefix="/data"), "/", "ckan", "/data"),
        (Ckan(SOME, prefix="/catalogue"), "/catalogue/dataset", "ckan", "/catalogue"),
        (DcatPortal(SOME), "/", "dcat", "/catalog.ttl"),
    ],
)
def test_a_simulated_portal_is_recognised(face: Face, path: str, techno: str, base: str) -> None:
    portal = Portal(face)
    found = verdict(portal, path)
    assert (found.techno, found.base) == (techno, portal.url + base)
    assert found.proof
    assert not found.cause


CAPABILITIES = '<csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
SITE = '{"system/site/name": "G", "system/platform/version": "4.2.8"}'


@pytest.mark.parametrize(
    ("pages", "path", "base"),
    [
        ({"/geonetwork/srv/api/site": SITE}, "/", "/geonetwork"),
        ({"/srv/api/site": SITE}, "/", ""),
        ({"/geo/srv/api/site": SITE}, "/geo/srv/fre/catalog.search", "/geo"),
        ({"/geonetwork/srv/fre/csw": CAPABILITIES}, "/", "/geonetwork"),
    ],
)
def test_a_geonetwork_is_recognised_where_it_stands(
    pages: Mapping[str, str], path: str, base: str
) -> None:
    portal = Portal(Site(pages, dict.fromkeys(pages, "application/xml")))
    found = verdict(portal, path)
    assert (found.techno, found.base) == ("geonetwork", portal.url + base)


def test_a_site_that_answers_a_page_to_everything_is_not_recognised() -> None:
    portal = Portal(Site())
    found = verdict(portal)
    assert (found.techno, found.base, found.proof, found.cause) == ("", "", "", "")
    assert found.title == "Accueil & données"


def test_the_page_may_link_to_a_catalogue() -> None:
    page = '<link rel="alternate" type="application/rdf+xml" href="/catalogue.rdf">'
    portal = Portal(Site(other=page))
    found = verdict(portal, "/accueil")
    assert (found.techno, found.base) == ("dcat", f"{portal.url}/catalogue.rdf")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://[", "", "file:///etc/passwd"])
def test_a_hostile_link_is_none(href: str) -> None:
    page = f'<link type="text/turtle" href="{href}"><title>a<script>"b"</title>'
    found = verdict(Portal(Site(other=page)))
    assert (found.techno, found.base) == ("", "")
    assert not set('<>"') & set(found.title)


def test_redirections_are_followed_and_told() -> None:
    new = Portal(Opendatasoft(SOME))
    old = Portal(Site())
    with Simulator(new):
        old.faults = [faces.redirect(f"{new.url}/explore/")]

        async def work() -> Verdict:
            async with Web(allowed=[new.url, old.url]) as web:
                return await detect(old.url, web)

        with Simulator(old):
            found = asyncio.run(work())
    assert (found.techno, found.base) == ("opendatasoft", new.url)
    assert found.final == f"{new.url}/explore/"


def test_a_site_that_does_not_answer_is_told_after_one_question() -> None:
    portal = Portal(Site(), faults=[faces.cut()])
    found = verdict(portal)
    assert "interrompue en route" in found.cause
    assert len(portal.asked) == 1


def test_a_site_that_stops_answering_is_left_alone() -> None:
    portal = Portal(Site(), faults=[faces.cut("/api/"), faces.cut("/d4c/")])
    found = verdict(portal)
    assert "interrompue en route" in found.cause
    assert len(portal.asked) == 4


def test_a_title_is_read_whole_around_a_comment() -> None:
    site = Site(other="<title>Données <!-- x -->de Rennes</title><p>autre</p><title>Non</title>")
    assert verdict(Portal(site)).title == "Données de Rennes"


def test_failures_that_come_and_go_do_not_stop_the_questions() -> None:
    document = '{"dataset": [{"identifier": "a"}]}'
    faults = [faces.cut("/d4c/"), faces.cut("/api/1/")]
    found = verdict(Portal(Site({"/data.json": document}), faults=faults))
    assert (found.techno, found.cause) == ("data-json", "")


@pytest.mark.parametrize(
    ("url", "techno", "proof"),
    [
        ("https://www.data.gouv.fr/fr/organizations/rennes/", "udata", "compte « rennes »"),
        ("https://www.data.gouv.fr/organizations/rennes", "udata", "compte « rennes »"),
        ("https://data.gouv.fr/", "udata", "c'est data.gouv.fr"),
        ("https://open.isogeo.com/s/abc/def", "isogeo", "service Isogeo"),
    ],
)
def test_some_hosts_say_it_by_their_name(url: str, techno: str, proof: str) -> None:
    async def work() -> Verdict:
        async with Web() as web:
            return await detect(url, web)

    found = asyncio.run(work())
    assert found.techno == techno
    assert proof in found.proof


@pytest.mark.parametrize("url", ["", "http://[", "data.fr", "ftp://a.fr"])
def test_what_is_not_an_address_is_told(url: str) -> None:
    async def work() -> Verdict:
        async with Web() as web:
            return await detect(url, web)

    assert "n'est pas une adresse web" in asyncio.run(work()).cause
