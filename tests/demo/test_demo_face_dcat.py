"""The simulated DCAT catalogue says the same in each syntax, page by page."""

from __future__ import annotations

import json

import pytest

from observatoire.demo.accounts import account
from observatoire.demo.contacts import MAILBOX
from observatoire.demo.dcat import CONTEXT, SYNTAXES, DcatPortal
from observatoire.demo.faces import Ask

FACE = DcatPortal([account("Ville d'Albi", "21810004800012", 5)], size=2)


@pytest.mark.parametrize("place", SYNTAXES)
def test_a_page_holds_its_datasets_the_total_and_the_next_one(place: str) -> None:
    first = FACE.answer(Ask("http://p", place)).body.decode()
    last = FACE.answer(Ask("http://p", place, {"page": "3"})).body.decode()
    assert f"http://p{place}?page=2" in first
    assert "?page=" not in last
    assert first.count("/jeux/") == 2
    assert last.count("/jeux/") == 1
    assert "Ville d'Albi" in first
    assert MAILBOX in first


def test_what_is_no_page_is_not_found() -> None:
    asks = [
        Ask("", "/"),
        Ask("", "/catalog.ttl", {"page": "0"}),
        Ask("", "/catalog.ttl", {"page": "x"}),
    ]
    assert [FACE.answer(ask).status for ask in asks] == [404, 404, 404]


def test_json_ld_names_a_remote_context() -> None:
    body = FACE.answer(Ask("http://p", "/catalog.jsonld")).body
    assert json.loads(body)["@context"] == CONTEXT
