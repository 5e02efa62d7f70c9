"""The image for sharing, and the pages that every site must have."""

from __future__ import annotations

import re
import struct

import pytest
from small_site import PROJECT, content

from observatoire.site.build import build
from observatoire.site.pages.apropos import root


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(build(content(address="https://exemple.fr/obs")))


def test_the_image_for_sharing_has_the_size_that_networks_expect(made: dict[str, bytes]) -> None:
    image = made["og.png"]

    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", image[16:24]) == (1200, 630)
    assert len(image) < 60_000


def test_a_lost_page_leads_back_from_any_address(made: dict[str, bytes]) -> None:
    links = re.findall(r'(?:href|src)="([^"]*)"', made["404.html"].decode())
    inside = [link for link in links if not link.startswith(("https://", "#"))]

    assert "/obs/style.css" in inside
    assert all(link.startswith("/obs/") for link in inside)
    assert b"404.html" not in made["sitemap.xml"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ""),
        ("https://a.fr", "/"),
        ("https://a.fr/obs/", "/obs/"),
        ("https://a.fr/obs", "/obs/"),
    ],
)
def test_the_root_is_that_of_the_site(address: str, expected: str) -> None:
    assert root(address) == expected


def test_accessibility_claims_no_audit(made: dict[str, bytes]) -> None:
    page = made["accessibilite/index.html"].decode()

    assert "Aucun audit par un tiers" in page
    assert "axe-core" in page
    assert f"{PROJECT}/-/issues" in page
    assert "formulaire.defenseurdesdroits.fr" in page


def test_the_notice_names_the_sources_of_the_register(made: dict[str, bytes]) -> None:
    assert "n’a ni cookie, ni mesure d’audience" in made["mentions/index.html"].decode()


def test_every_page_leads_to_both(made: dict[str, bytes]) -> None:
    for path, data in made.items():
        if path.endswith(".html") and path not in {"404.html", "tableau/index.html"}:
            up = "../" * path.count("/")
            assert f'href="{up}accessibilite/index.html"' in data.decode()
            assert f'href="{up}mentions/index.html"' in data.decode()
