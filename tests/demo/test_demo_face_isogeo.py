"""The simulated Isogeo has a page for people, and a CSW under the same path."""

from __future__ import annotations

from observatoire.demo.accounts import account
from observatoire.demo.faces import Ask
from observatoire.demo.isogeo import SHARE, Isogeo


def test_a_share_is_a_page_and_a_service() -> None:
    face = Isogeo([account("Albi", nb_jeux=2)])
    assert face.answer(Ask("", SHARE)).type == "text/html"
    asked = {"service": "CSW", "request": "GetRecords", "resultType": "hits"}
    schema = {"outputSchema": "http://www.isotc211.org/2005/gmd"}
    answer = face.answer(Ask("", f"/ows{SHARE}", asked | schema))
    assert b'numberOfRecordsMatched="3"' in answer.body
    assert face.answer(Ask("", "/ows/s/autre", asked)).status == 404
