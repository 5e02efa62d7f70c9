"""Records in ISO 19139 and Dublin Core: what counts is read, people are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from observatoire.model import SourceError
from observatoire.sources.kit import iso, xml
from observatoire.sources.kit.geographic import Record

TODAY = date(2026, 11, 23)
ISO = """\
<m:MD_Metadata xmlns:m="http://www.isotc211.org/2005/gmd"
 xmlns:c="http://www.isotc211.org/2005/gco" xmlns:x="http://www.isotc211.org/2005/gmx"
 xmlns:l="http://www.w3.org/1999/xlink">%s</m:MD_Metadata>"""
ABOUT = (
    "<m:identificationInfo><m:MD_DataIdentification>%s</m:MD_DataIdentification>"
    "</m:identificationInfo>"
)
PARTY = (
    "<m:pointOfContact><m:CI_ResponsibleParty><m:organisationName>%s</m:organisationName>"
    "</m:CI_ResponsibleParty></m:pointOfContact>"
)
LEGAL = (
    "<m:resourceConstraints><m:MD_LegalConstraints>%s</m:MD_LegalConstraints>"
    "</m:resourceConstraints>"
)
FILES = "<m:distributionInfo><m:MD_Distribution>%s</m:MD_Distribution></m:distributionInfo>"
LINK = (
    "<m:transferOptions><m:MD_DigitalTransferOptions><m:onLine><m:CI_OnlineResource><m:linkage>"
    "<m:URL>%s</m:URL></m:linkage><m:protocol><c:CharacterString>%s</c:CharacterString></m:protocol>"
    "</m:CI_OnlineResource></m:onLine></m:MD_DigitalTransferOptions></m:transferOptions>"
)
DATE = (
    "<m:citation><m:CI_Citation><m:date><m:CI_Date><m:date>%s</m:date></m:CI_Date></m:date>"
    "</m:CI_Citation></m:citation>"
)


def read(inside: str) -> Record:
    return iso.record(xml.parse((ISO % inside).encode(), "u"), TODAY)


def string(text: str) -> str:
    return f"<c:CharacterString>{text}</c:CharacterString>"


def test_an_empty_record_is_a_dataset_of_nobody() -> None:
    assert read("") == Record("")
    assert read(ABOUT % (PARTY % "")) == Record("", organisations=("",))
    [dataset] = read(ABOUT % (PARTY % "")).datasets()
    assert dataset.publisher == ""


@pytest.mark.parametrize(
    "name",
    [
        string("Ville d'Albi"),
        "<x:Anchor l:href='http://a.fr'>Ville d'Albi</x:Anchor>",
        string("\n  Ville  d'Albi ") + "<m:PT_FreeText>Albi City</m:PT_FreeText>",
    ],
)
def test_an_organisation_goes_by_its_name(name: str) -> None:
    assert read(ABOUT % (PARTY % name)).organisations == ("Ville d'Albi",)


def test_each_organisation_of_a_record_publishes_it_once() -> None:
    about = ABOUT % "".join(PARTY % string(n) for n in ("Albi", "", "Agen", "Albi"))
    record = replace(read(about), id="1")
    assert [(d.publisher, d.id) for d in record.datasets()] == [
        ("Albi", "1 Albi"),
        ("Agen", "1 Agen"),
    ]


@pytest.mark.parametrize(
    ("kind", "number"),
    [("dataset", 1), ("series", 1), ("nonGeographicDataset", 1), ("service", 0), ("map", 0)],
)
def test_only_data_counts(kind: str, number: int) -> None:
    level = f'<m:hierarchyLevel><m:MD_ScopeCode codeListValue="{kind}"/></m:hierarchyLevel>'
    assert len(list(read(level).datasets())) == number


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("<c:Date>2026-01-02</c:Date>", "2026-01-02"),
        ("<c:DateTime>2026-01-02T03:04:05.6+02:00</c:DateTime>", "2026-01-02"),
        ("<c:Date>2026</c:Date>", ""),
        ("<c:Date>2027-01-01</c:Date>", ""),
        ("", ""),
    ],
)
def test_a_date_of_the_data_is_a_day_or_nothing(given: str, day: str) -> None:
    assert read(ABOUT % (DATE % given)).updated == day


@pytest.mark.parametrize(
    ("constraint", "is_open"),
    [
        ("Licence Ouverte 2.0", True),
        ("Open Database License (ODbL)", True),
        ("No conditions apply to access and use", True),
        ("Aucune condition ne s'applique", True),
        ("Pas de restriction d'accès public", False),
        ("Usage interne", False),
    ],
)
def test_a_constraint_is_an_open_licence_or_not(constraint: str, is_open: bool) -> None:
    legal = f"<m:useLimitation>{string(constraint)}</m:useLimitation>"
    [dataset] = read(ABOUT % (LEGAL % legal)).datasets()
    assert dataset.open_licence is is_open


def test_the_address_of_a_licence_says_as_much_as_its_name() -> None:
    anchor = "<x:Anchor l:href='http://inspire.ec.europa.eu/x/noConditionsApply'>Libre</x:Anchor>"
    [dataset] = read(
        ABOUT % (LEGAL % f"<m:otherConstraints>{anchor}</m:otherConstraints>")
    ).datasets()
    assert dataset.open_licence is True


@pytest.mark.parametrize("word", ["données ouvertes", "Donnée ouverte", "OpenData", "open data"])
def test_a_keyword_says_that_data_is_open(word: str) -> None:
    assert [d.open_licence for d in Record("1", keywords=(word,)).datasets()] == [True]
    assert [d.open_licence for d in Record("1", keywords=("eau",)).datasets()] == [None]


@pytest.mark.parametrize(
    ("files", "formats"),
    [
        (LINK % ("https://a.fr/a.ZIP?x=1", "WWW:DOWNLOAD-1.0-http--download"), ("zip",)),
        (LINK % ("https://a.fr/a", "WWW:DOWNLOAD-1.0-http--download"), ()),
        (LINK % ("https://a.fr/a.html", "WWW:LINK-1.0-http--link"), ()),
        (LINK % ("https://a.fr/wfs?", "OGC:WFS-1.0.0-http-get-capabilities"), ("OGC:WFS",)),
        (LINK % ("https://a.fr/wms?", "OGC:WMS"), ()),
        (LINK % ("http://[", "WWW:DOWNLOAD"), ()),
        ("", ()),
    ],
)
def test_a_link_that_gives_the_data_names_its_format(files: str, formats: tuple[str, ...]) -> None:
    assert read(FILES % files).formats == formats


def test_a_record_of_dublin_core_never_gives_its_creator() -> None:
    inside = "<identifier>1</identifier><creator>Camille</creator><date>2026-01-02</date>"
    body = f"<Record>{inside}</Record>"
    assert iso.dublin_core(xml.parse(body.encode(), "u"), TODAY) == Record(
        "1", updated="2026-01-02"
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"<a>", b'<!DOCTYPE a><a/>', b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"\xff\xfe<",
     b"<?xml version='1.0' encoding='utf-7'?><a/>", b"<a>" * 100_000, b"<a>&#0;</a>"],
)  # fmt: skip
def test_hostile_xml_is_a_sentence(body: bytes) -> None:
    with pytest.raises(SourceError, match="n'est pas du XML lisible"):
        xml.parse(body, "https://a.fr")
