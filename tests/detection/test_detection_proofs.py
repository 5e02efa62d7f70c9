"""A proof believes the keys of an answer, never its code alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from observatoire.detection import proofs
from observatoire.detection.probes import PROBES
from observatoire.web import Look

SITE = '{"system/site/name": "Sextant", "system/platform/version": "4.2.8"}'
CAPABILITIES = (
    '<?xml version="1.0"?>\n<csw:Capabilities version="2.0.2" '
    'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
)
FEATURES = '{"type": "FeatureCollection", "features": [], "numberMatched": 12}'


def look(body: str, status: int = 200, type: str = "application/json", **headers: str) -> Look:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Look(status, "https://data.exemple.fr/", type, names, body.encode())


PROVEN = [
    (proofs.data4citizen, '{"success": true, "result": {"count": 8}}', "8 jeux de données"),
    (proofs.opendatasoft, '{"total_count": 0, "results": []}', "0 jeu de données annoncé"),
    (proofs.udata, '{"data": [{}], "total": 7}', "7 jeux de données"),
    (proofs.hub_items, FEATURES, "12 jeux de données"),
    (proofs.hub, '{"links": [], "conformsTo": []}', "un Hub"),
    (proofs.data_fair, '{"count": 3, "results": [{"id": "a"}]}', "3 jeux de données"),
    (proofs.dkan, '[{"@type": "dcat:Dataset", "identifier": "a", "descr', "une liste"),
    (proofs.dkan_emulated, '{"success": true, "result": [[{"id": "a"}]]}', "DKAN"),
    (proofs.ckan, '{"success": true, "result": {"ckan_version": "2.9"}}', "CKAN 2.9"),
    (proofs.geonetwork, SITE, "GeoNetwork 4.2.8"),
    (proofs.csw, CAPABILITIES, "service CSW"),
    (proofs.data_json, '{"@type": "dcat:Catalog", "dataset" : [{"title": "A', "data.json"),
    (proofs.dcat, "<https://a.fr/catalog> a dcat:Catalog ;", "catalogue DCAT"),
]


@pytest.mark.parametrize(("proof", "body", "said"), PROVEN)
def test_the_right_answer_is_a_proof(proof: Callable[[Look], str], body: str, said: str) -> None:
    assert said in proof(look(body))


def test_socrata_signs_its_answers() -> None:
    assert proofs.socrata(look("[]", X_Socrata_RequestId="a"))
    assert not proofs.socrata(look("[]"))


WRONG = [
    "",
    "null",
    "[]",
    "{}",
    "[" * 100_000,
    '"texte"',
    '{"total_count": "beaucoup", "results": []}',
    '{"result": []}',
    '{"result": "non", "success": true}',
    '{"success": false, "error": {"message": "Not found"}}',
    '{"error": "Not Found", "results": null, "count": null}',
    '{"data": {"total": 4}}',
    '{"success": false, "result": {"ckan_version": "2.9"}}',
    "<html><title>Accueil</title>",
]


@pytest.mark.parametrize("body", WRONG)
def test_another_answer_is_none(body: str) -> None:
    found = [p.techno for p in PROBES if p.proof(look(body))]
    assert found == []


@pytest.mark.parametrize(("proof", "body", "said"), PROVEN)
def test_an_error_is_no_proof(proof: Callable[[Look], str], body: str, said: str) -> None:
    assert proof(look(body, 404)) == ""


@pytest.mark.parametrize(("proof", "body"), [(p, b) for p, b, _ in PROVEN if p is not proofs.csw])
def test_a_page_is_no_proof(proof: Callable[[Look], str], body: str) -> None:
    assert proof(look(body, type="text/html")) == ""


def test_an_entity_in_an_answer_is_never_followed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + CAPABILITIES
    assert "passwd" not in proofs.csw(look(bomb))
