"""The simulated CSW catalogue counts, pages and refuses as real ones do."""

from __future__ import annotations

from observatoire.demo.accounts import account
from observatoire.demo.contacts import MAILBOX, PERSON
from observatoire.demo.csw import SCHEMAS, CswPortal
from observatoire.demo.faces import Ask
from observatoire.sources.kit import xml

ISO, DUBLIN_CORE = SCHEMAS
FACE = CswPortal([account("Ville d'Albi", nb_jeux=5)], most=4, services=2)


def ask(face: CswPortal = FACE, **query: str) -> str:
    asked = {"service": "CSW", "request": "GetRecords", "outputSchema": ISO, **query}
    return face.answer(Ask("http://p", "/csw", asked)).body.decode()


def test_it_counts_without_giving_records() -> None:
    body = ask(resultType="hits")
    assert 'numberOfRecordsMatched="7"' in body
    assert "Albi" not in body


def test_its_pages_follow_each_other_and_end() -> None:
    first = ask(resultType="results", startPosition="1", maxRecords="50")
    last = ask(resultType="results", startPosition="5", maxRecords="50")
    assert 'nextRecord="5"' in first
    assert 'nextRecord="0"' in last
    assert first.count("<gmd:MD_Metadata>") == 4
    assert last.count('codeListValue="service"') == 2
    assert 'nextRecord="0"' in ask(CswPortal(FACE.accounts, most=4, announces=False))


def test_its_records_name_people_in_both_vocabularies() -> None:
    assert PERSON in ask()
    assert MAILBOX in ask()
    assert f"<dc:creator>{PERSON}" in ask(outputSchema=DUBLIN_CORE)


def test_it_refuses_what_it_does_not_know() -> None:
    known = CswPortal(FACE.accounts, iso=False)
    for body in (ask(known), ask(request="GetMap"), ask(outputSchema="x")):
        assert xml.local(xml.parse(body.encode(), "u")) == "ExceptionReport"
    assert FACE.answer(Ask("", "/")).status == 404
