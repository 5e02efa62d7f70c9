"""Isogeo: the CSW of a public share, found from any address of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from portal_bench import RENNES, harvest

from observatoire.demo import faces
from observatoire.demo.csw import CswPortal
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.isogeo import SHARE, Isogeo
from observatoire.model import SourceError
from observatoire.sources import discover, isogeo
from observatoire.web import Web

CATALOGUE = f"/s/{'8d' * 16}/c/{'35' * 16}/Exemple-de-jeton-de-partage-00"


def test_the_connector_is_found_by_its_technology() -> None:
    assert discover()["isogeo"].SOURCE.technos == ("isogeo",)


@pytest.mark.parametrize(
    "path", [SHARE, f"/ows{SHARE}", f"{SHARE}/r/une-fiche", f"{SHARE}?lang=fr"]
)
def test_a_share_is_read_from_any_of_its_addresses(path: str) -> None:
    [row] = harvest(isogeo, Isogeo([RENNES]), path=path)
    assert (row["identifiant"], row["nb_jeux"]) == ("Ville de Rennes", "4")
    assert row["derniere_mise_a_jour"] == "2022-12-31"


@pytest.mark.parametrize(
    "text",
    [
        f'<iframe src="https://open.isogeo.com{SHARE}">',
        f"<a href='//services.api.isogeo.com/ows{SHARE}?service=CSW'>",
    ],
)
def test_a_share_is_found_in_the_page_that_shows_it(text: str) -> None:
    assert isogeo.SHOWN.search(text)[1] == SHARE  # type: ignore[index]


async def _found(base: str) -> str:
    async with Web() as web:
        return await isogeo._service(base, web)


@pytest.mark.parametrize("path", [SHARE, CATALOGUE])
def test_the_service_of_a_share_stands_on_another_host(path: str) -> None:
    for host in ("open.isogeo.com", "services.api.isogeo.com/ows"):
        found = asyncio.run(_found(f"https://{host}{path}"))
        assert found == f"https://services.api.isogeo.com/ows{path}"


@dataclass
class Site:
    """A site that shows a share in a page, and stands for Isogeo's services."""

    page: str

    def answer(self, ask: Ask) -> Answer:
        if ask.path == "/catalogue":
            return Answer(200, self.page.encode(), "text/html")
        return CswPortal([RENNES], path=f"/ows{SHARE}").answer(ask)


def test_a_page_that_shows_a_share_leads_to_its_service(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f'<iframe src="https://open.isogeo.com{SHARE}"></iframe>'

    def here(ask: Ask, answer: Answer) -> Answer:
        monkeypatch.setattr(isogeo, "SERVICE", ask.base)
        return answer

    [row] = harvest(isogeo, Site(page), Fault(here), path="/catalogue")
    assert row["nb_jeux"] == "4"


@pytest.mark.parametrize(
    "page",
    [
        "<p>Nos données",
        "<a href='https://open.isogeo.com/s/abc/def'>",
        "<a href='http://10.0.0.8/s/'>",
    ],
)
def test_a_page_without_share_says_what_to_write(page: str) -> None:
    with pytest.raises(SourceError, match="aucun partage Isogeo dans cette page ; écrivez"):
        harvest(isogeo, Site(page), path="/catalogue")


FATAL = [
    (faces.status(403), "portail privé"),
    (faces.status(404), "portail déménagé"),
    (faces.html(), "page web au lieu de données"),
    (faces.truncated(), "XML lisible"),
    (faces.down(), "interrompue en route"),
    (faces.redirect("http://169.254.169.254/"), "n'est pas publique"),
]


@pytest.mark.parametrize(("fault", "cause"), FATAL)
def test_a_share_that_stays_broken_gives_no_row(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(isogeo, Isogeo([RENNES]), fault, path=SHARE)
