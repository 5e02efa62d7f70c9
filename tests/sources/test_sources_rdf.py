"""RDF from outside: any syntax gives the same graph, hostile documents give a sentence."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

from observatoire.model import SourceError
from observatoire.sources.kit import dcat, rdf
from observatoire.sources.kit.census import Dataset

TODAY = date(2026, 11, 23)
URL = "https://data.exemple.fr/catalog"
HEAD = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""
XML = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">%s</rdf:RDF>"""


def one(turtle: str) -> Dataset:
    [found] = dcat.datasets(rdf.parse((HEAD + turtle).encode(), "turtle", URL), TODAY)
    return found


def test_a_dataset_is_read_whole() -> None:
    found = one("""
    <jeux/1> a dcat:Dataset ; dct:title "Budget"@fr, "Budget"@en ; dct:modified "2026-05-02" ;
      dct:issued "2026-09-09" ; dct:license <https://www.etalab.gouv.fr/licence-ouverte> ;
      dct:conformsTo <https://schema.data.gouv.fr/scdl/budget/latest.html> ;
      dct:publisher [ a foaf:Organization ; foaf:name "Albi City"@en, "Ville d'Albi"@fr ;
                      dct:identifier "21810004800012" ] ;
      dcat:distribution [ dct:format "CSV" ; dct:modified "2026-06-03T10:00:00Z" ] .""")
    assert found == Dataset(
        "Ville d'Albi",
        id="https://data.exemple.fr/jeux/1",
        siren="218100048",
        updated="2026-06-03",
        open_licence=True,
        open_format=True,
        schema=True,
    )


def test_what_a_dataset_leaves_out_is_unknown() -> None:
    assert one("<jeux/1> a dcat:Dataset .") == Dataset("", id="https://data.exemple.fr/jeux/1")


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ('dct:publisher "  Ville  d\'Albi "', "Ville d'Albi"),
        ('dct:publisher [ vcard:fn "Ville d\'Albi" ]', "Ville d'Albi"),
        ('dct:publisher [ rdfs:label "Albi" ; foaf:name "Ville d\'Albi" ]', "Ville d'Albi"),
        ('dct:publisher [ foaf:name "Zoo"@en, "Albi"@fre, "Aa"@oc ]', "Albi"),
        ('dct:publisher [ a foaf:Person ; foaf:name "Camille Exemple" ]', ""),
        ('dct:publisher [ a vcard:Individual ; vcard:fn "Camille Exemple" ]', ""),
        ('dct:publisher [ foaf:name "Camille" ; org:memberOf [ foaf:name "Albi" ] ]', "Albi"),
        ("dct:publisher <http://a.fr/srv/resources/organizations/G%C3%A9o%2081>", "Géo 81"),
        ("dct:publisher <https://www.data.gouv.fr/organizations/548842/>", ""),
        ('dct:publisher "" ; prov:qualifiedAttribution [ prov:agent "Albi" ; '
         "dct:type <http://i.eu/ResponsiblePartyRole/owner> ]", "Albi"),
        ('prov:qualifiedAttribution [ prov:agent "Albi" ; dct:type <http://i.eu/user> ]', ""),
        ('dcat:contactPoint [ a vcard:Organization ; vcard:fn "Camille" ; '
         'vcard:organization-name "Albi" ]', "Albi"),
        ('dcat:contactPoint [ vcard:org [ vcard:organisation-name "Albi" ] ]', "Albi"),
        ('dcat:contactPoint [ a vcard:Individual ; vcard:fn "Camille Exemple" ]', ""),
        ('dcat:contactPoint [ vcard:fn "Camille Exemple" ]', ""),
    ],
)  # fmt: skip
def test_a_publisher_is_an_organisation_by_name(publisher: str, name: str) -> None:
    assert one(f"<jeux/1> a dcat:Dataset ; {publisher} .").publisher == name


def test_the_publisher_of_a_catalogue_is_that_of_datasets_which_name_none() -> None:
    catalogue = '<c> a dcat:Catalog ; dct:publisher [ foaf:name "Albi" ] .'
    assert one(f"{catalogue} <jeux/1> a dcat:Dataset .").publisher == "Albi"
    named = '<jeux/1> a dcat:Dataset ; dct:publisher "Agen" .'
    assert one(f"{catalogue} {named}").publisher == "Agen"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ('dct:modified "jamais" ; dct:issued "2026-01-02"', "2026-01-02"),
        ('dct:modified "2027-01-01"', ""),
        ('dct:modified ""', ""),
        ("", ""),
        ('dct:updated "2026-02-03"', "2026-02-03"),
        ('dct:modified "2026-02-03"^^<http://www.w3.org/2001/XMLSchema#gYear>', "2026-02-03"),
    ],
)
def test_a_date_is_a_day_or_nothing(said: str, day: str) -> None:
    assert one(f"<jeux/1> a dcat:Dataset ; {said or 'dct:title []'} .").updated == day


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        ('dct:license "Licence Ouverte v2.0"', True),
        ('dct:license [ rdfs:label "ODbL"@fr ]', True),
        ("dcat:distribution [ dct:rights <https://creativecommons.org/licenses/by/4.0/> ]", True),
        ('dct:license "Licence Ouverte" ; dct:rights "Tous droits réservés"', False),
        ('dct:license "Ayant droit IGN"', False),
        ('dct:title "Licence Ouverte"', None),
    ],
)
def test_a_licence_is_open_closed_or_unknown(said: str, is_open: bool | None) -> None:
    assert one(f"<jeux/1> a dcat:Dataset ; {said} .").open_licence is is_open


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        ('dct:format "CSV"', True),
        ("dct:format <http://publications.europa.eu/resource/authority/file-type/PDF>", False),
        ("dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv>", True),
        ('dct:format [ rdfs:label "PDF" ]', False),
        ('dct:title "un fichier"', None),
    ],
)
def test_a_format_is_open_closed_or_unknown(said: str, is_open: bool | None) -> None:
    found = one(f"<jeux/1> a dcat:Dataset ; dcat:distribution [ {said} ] .")
    assert found.open_format is is_open


def test_a_dataset_without_address_goes_by_its_identifier() -> None:
    assert one('[] a dcat:Dataset ; dct:identifier "b", "a" .').id == "a"


@pytest.mark.parametrize(
    ("said", "paging"),
    [
        ("<v> hydra:next <catalog?page=2>", ("https://data.exemple.fr/catalog?page=2", 0)),
        ('<v> hydra:nextPage "/catalog?page=2"', ("/catalog?page=2", 0)),
        ('<v> hydra:totalItems "4"', ("", 4)),
        ("<v> hydra:totalItems 12", ("", 12)),
        ('<v> hydra:totalItems "beaucoup", "-1", "99999999999999999999"', ("", 0)),
    ],
)
def test_the_next_page_is_found_in_either_vocabulary(said: str, paging: tuple[str, int]) -> None:
    assert dcat.paging(rdf.parse(f"{HEAD} {said} .".encode(), "turtle", URL)) == paging


def test_bad_addresses_are_percent_encoded_in_every_syntax() -> None:
    encoded = "https://data.exemple.fr/a%20b%7Cc"
    bad = "https://data.exemple.fr/a b|c"
    xml = XML % f'<dcat:Dataset rdf:about="{bad}"/>'
    ld = {"@id": bad, "@type": "http://www.w3.org/ns/dcat#Dataset"}
    documents = {
        "xml": xml,
        "turtle": f"{HEAD} <{bad}> a dcat:Dataset .",
        "nt": f"<{bad}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <http://www.w3.org/ns/dcat#Dataset> .\n",
        "json-ld": json.dumps(ld),
    }
    for syntax, document in documents.items():
        [found] = dcat.datasets(rdf.parse(document.encode(), syntax, URL), TODAY)
        assert found.id == encoded


@pytest.mark.parametrize(
    "context",
    [
        "https://www.w3.org/ns/dcat.jsonld",
        ["https://exemple.fr/a.jsonld", {"x": "https://exemple.fr/x#"}],
        {"@import": "https://exemple.fr/a.jsonld", "title": "http://purl.org/dc/terms/title"},
        {"title": {"@id": "http://purl.org/dc/terms/title", "@context": "http://10.0.0.1/c"}},
        {"@vocab": "http://www.w3.org/ns/dcat#", "@propagate": True},
    ],
)
def test_no_context_is_fetched(context: object) -> None:
    """The network is closed in tests: a fetch would be an error."""
    node = {"@type": "http://www.w3.org/ns/dcat#Dataset", "@id": "a", "@context": context}
    document = {"@context": context, "@graph": [node, {"title": {"@context": context}}]}
    [found] = dcat.datasets(rdf.parse(json.dumps(document).encode(), "json-ld", URL), TODAY)
    assert found.id == "https://data.exemple.fr/a"


def test_the_usual_words_are_understood_without_their_remote_context() -> None:
    document = {
        "@context": "https://www.w3.org/ns/dcat.jsonld",
        "@type": "Dataset",
        "identifier": "b",
        "publisher": {"@type": "foaf:Organization", "name": "Ville d'Albi"},
        "modified": "2026-01-02",
        "license": "Licence Ouverte",
        "distribution": {"format": "csv"},
    }
    [found] = dcat.datasets(rdf.parse(json.dumps(document).encode(), "json-ld", URL), TODAY)
    expected = Dataset("Ville d'Albi", "b", "", "", "2026-01-02", True, True)
    assert found == expected


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
HOSTILE = {
    "entities": ("xml", f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]>' + XML % "&a9;"),
    "external": ("xml", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + XML % "&x;"),
    "dtd": ("xml", '<!DOCTYPE r SYSTEM "http://10.0.0.8/a.dtd">' + XML % ""),
    "cut": ("xml", (XML % "")[:-5]),
    "cut turtle": ("turtle", HEAD + "<a> a dcat:Data"),
    "cut json": ("json-ld", '{"@id": "a'),
    "page": ("turtle", "<!doctype html><title>Maintenance"),
    "deep json": ("json-ld", "[" * 100_000),
    "deep nodes": ("json-ld", '{"http://a/b":' * 900 + "1" + "}" * 900),
    "deep turtle": ("turtle", f"{HEAD} <a> dct:title {'[ dct:title ' * 2_000}"),
    "deep xml": ("xml", "<a>" * 50_000),
    "other json": ("json-ld", '{"@id": 3, "@type": {"a": []}, "@graph": 7}'),
    "bad context": ("json-ld", '{"@context": {"a": {"@id": 3}, "@vocab": []}, "a": 1}'),
    "latin-1": ("turtle", "<a> <b> 'é' .".encode("latin-1")),
    "bad base": ("turtle", "@base <http://[> . <a> a <b> ."),
    "nothing": ("xml", ""),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_document_is_a_sentence_or_an_empty_graph(case: str) -> None:
    syntax, document = HOSTILE[case]
    body = document if isinstance(document, bytes) else document.encode()
    start = time.process_time()
    assert outcome(body, syntax) in {"", f"{URL} : le catalogue n'est pas du RDF lisible."}
    assert time.process_time() - start < 10


def outcome(body: bytes, syntax: str) -> str:
    try:
        return " ".join(d.id for d in dcat.datasets(rdf.parse(body, syntax, URL), TODAY))
    except SourceError as error:
        return str(error)


@pytest.mark.parametrize("case", ["entities", "external", "dtd", "cut", "deep json", "latin-1"])
def test_a_document_type_or_a_broken_document_is_refused(case: str) -> None:
    syntax, document = HOSTILE[case]
    body = document if isinstance(document, bytes) else document.encode()
    with pytest.raises(SourceError):
        rdf.parse(body, syntax, URL)


@pytest.mark.parametrize(
    ("kind", "url", "body", "syntax"),
    [
        ("text/turtle", "https://a.fr/c.xml", b"", "turtle"),
        ("application/ld+json", "https://a.fr/", b"", "json-ld"),
        ("text/plain", "https://a.fr/catalog.TTL?page=2", b"", "turtle"),
        ("application/octet-stream", "https://a.fr/c.rdf", b"", "xml"),
        ("text/plain", "https://a.fr/dcat", b"\xef\xbb\xbf <?xml version='1.0'?>", "xml"),
        ("text/plain", "https://a.fr/dcat", b"<rdf:RDF>", "xml"),
        ("text/plain", "https://a.fr/dcat", b' {"@id": 1}', "json-ld"),
        ("text/plain", "https://a.fr/dcat", b"<http://a.fr> a <b> .", "turtle"),
        ("text/plain", "http://[", b"", "turtle"),
    ],
)
def test_a_syntax_is_declared_or_shows(kind: str, url: str, body: bytes, syntax: str) -> None:
    assert rdf.syntax(kind, url, body) == syntax
