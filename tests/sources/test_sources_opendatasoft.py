"""Opendatasoft: one streamed export, others' datasets aside; counts alone when it fails."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from portal_bench import BREST, OWN, RENNES, harvest, read

from observatoire.demo import faces
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.opendatasoft import Opendatasoft
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import opendatasoft
from observatoire.sources.opendatasoft import grouped

EXPORT = "/exports/json"
NAMELESS = Account("x", "x", "", datasets=(Dataset(),) * 3)


def test_the_export_gives_each_figure() -> None:
    [brest, rennes] = harvest(opendatasoft, Opendatasoft([RENNES, BREST]))
    assert rennes == {
        **OWN,
        "nb_reutilisations": "3",
        "nb_telechargements": "42",
        "url": "https://data.exemple.fr/explore/?refine.publisher=Ville+de+Rennes",
    }
    assert (brest["identifiant"], brest["nb_jeux"], brest["nb_schema"]) == (
        "Brest Métropole",
        "2",
        "",
    )


def test_figures_that_the_portal_does_not_show_are_empty() -> None:
    [row] = harvest(opendatasoft, Opendatasoft([RENNES], counted=False))
    assert (row["nb_reutilisations"], row["nb_telechargements"]) == ("", "")


def test_a_portal_that_refuses_the_extra_parameter_is_asked_without_it() -> None:
    def spoil(ask: Ask, answer: Answer) -> Answer:
        return Answer(400, b"{}") if ask.query else answer

    [row] = harvest(opendatasoft, Opendatasoft([RENNES]), Fault(spoil, EXPORT))
    assert (row["nb_jeux"], row["nb_telechargements"]) == ("3", "")
    assert row["nb_licence_ouverte"] == OWN["nb_licence_ouverte"]


def test_the_address_of_a_page_is_that_of_a_portal() -> None:
    cells = {"url": "https://data.exemple.fr/pages/accueil/?x=1"}
    [row] = harvest(opendatasoft, Opendatasoft([BREST]), path="/api/explore/v2.1", **cells)
    assert row["url"] == "https://data.exemple.fr/explore/?refine.publisher=Brest+M%C3%A9tropole"


def test_without_export_the_counts_are_had_and_nothing_is_made_up() -> None:
    face = Opendatasoft([RENNES, NAMELESS])
    [row] = harvest(opendatasoft, face, faces.status(500, EXPORT))
    assert {k: v for k, v in row.items() if v} == {
        "plateforme": "p",
        "identifiant": "Ville de Rennes",
        "nom": "Ville de Rennes",
        "nb_jeux": "3",
        "derniere_mise_a_jour": "2022-12-30",
        "url": "https://data.exemple.fr/explore/?refine.publisher=Ville+de+Rennes",
        "statut": "publie",
    }


def test_counts_that_may_not_all_have_come_give_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    face, fault = Opendatasoft([RENNES, BREST]), faces.status(500, EXPORT)
    monkeypatch.setattr(grouped, "MOST", 3)
    assert len(harvest(opendatasoft, face, fault)) == 2
    monkeypatch.setattr(grouped, "MOST", 2)
    with pytest.raises(SourceError, match="le serveur est en panne"):
        harvest(opendatasoft, face, fault)


@pytest.mark.parametrize("fault", [faces.truncated(EXPORT), faces.cut(EXPORT), faces.html(EXPORT)])
def test_a_spoilt_export_is_never_half_read(fault: Fault) -> None:
    rows = harvest(opendatasoft, Opendatasoft([RENNES, BREST]), fault)
    assert [r["nb_jeux"] for r in rows] == ["2", "3"]
    assert {r["nb_licence_ouverte"] for r in rows} == {""}


def test_datasets_without_publisher_are_nobodys_except_on_somebodys_own_portal() -> None:
    face = Opendatasoft([NAMELESS, BREST])
    assert [r["identifiant"] for r in harvest(opendatasoft, face)] == ["Brest Métropole"]
    own = harvest(opendatasoft, face, gouvernance="dedie", nom="Brest")
    assert [(r["identifiant"], r["nb_jeux"], r["url"]) for r in own] == [
        ("Brest", "3", "https://data.exemple.fr/explore/"),
        ("Brest Métropole", "2", own[1]["url"]),
    ]


def test_labels_that_differ_by_blanks_are_one_publisher() -> None:
    accounts = [account("Autolib Métropole ", nb_jeux=1), account("Autolib  Métropole", nb_jeux=2)]
    [row] = harvest(opendatasoft, Opendatasoft(accounts))
    assert (row["identifiant"], row["nb_jeux"]) == ("Autolib Métropole", "3")


@pytest.mark.parametrize(
    ("face", "faults", "message"),
    [
        (Opendatasoft([RENNES], private=True), [], r"portail privé : un compte est nécessaire \("),
        (Opendatasoft([RENNES]), [faces.status(403)], r"portail privé : un compte est nécessaire"),
        (Opendatasoft([RENNES]), [faces.html()], "portail privé, déménagé, ou qui n'est pas sous"),
        (Opendatasoft([RENNES], quota=0), [], "quota d'appels atteint"),
        (Opendatasoft([RENNES]), [faces.status(404)], "portail déménagé, ou qui n'est pas sous"),
        (Opendatasoft([RENNES]), [faces.status(500)], "le serveur est en panne"),
        (Opendatasoft([RENNES]), [faces.down()], "s'est interrompue"),
    ],
)
def test_a_portal_that_refuses_everything_says_why(
    face: Opendatasoft, faults: list[Fault], message: str
) -> None:
    with pytest.raises(SourceError, match=message):
        harvest(opendatasoft, face, *faults)


def test_a_private_portal_is_asked_once() -> None:
    portal = Portal(Opendatasoft([RENNES], private=True))
    with Simulator(portal), pytest.raises(SourceError):
        asyncio.run(read(opendatasoft, portal))
    assert len(portal.asked) == 1


def exported(*items: Any) -> Fault:
    return Fault(lambda *_: Answer(200, json.dumps(items).encode()), EXPORT)


def item(**default: Any) -> dict[str, Any]:
    return {"dataset_id": "a", "metas": {"default": default}}


def test_everything_may_be_null() -> None:
    empty = item(**dict.fromkeys(("publisher", "license", "modified", "keyword", "federated")))
    odd = item(publisher="A", license=3, modified={"a": 1}, keyword="scdl", federated=None)
    odd |= {"dataset_id": "b", "attachments": None, "has_records": None}
    [row] = harvest(opendatasoft, Opendatasoft([]), exported(empty, odd))
    assert (row["identifiant"], row["nb_jeux"], row["nb_licence_ouverte"]) == ("A", "1", "0")
    assert (row["nb_format_ouvert"], row["nb_schema"], row["nb_recents"]) == ("", "1", "")


def test_a_producer_stands_in_for_a_publisher_on_a_shared_portal() -> None:
    one = item(publisher=" ") | {"metas": {"default": {}, "dcat": {"creator": "Ville de A"}}}
    [row] = harvest(opendatasoft, Opendatasoft([]), exported(one))
    assert row["identifiant"] == "Ville de A"
    [row] = harvest(opendatasoft, Opendatasoft([]), exported(one), gouvernance="dedie")
    assert row["identifiant"] == "Portail"


def test_a_dataset_that_comes_twice_counts_once() -> None:
    [row] = harvest(opendatasoft, Opendatasoft([]), exported(item(publisher="A"), item()))
    assert row["nb_jeux"] == "1"


@pytest.mark.parametrize("answer", [[{"a": 1}], [{"dataset_id": "a"}], {"results": []}, [3]])
def test_another_shape_is_no_catalogue(answer: Any) -> None:
    other = Fault(lambda *_: Answer(200, json.dumps(answer).encode()), EXPORT)
    grouped = faces.status(500, "/catalog/datasets")
    with pytest.raises(SourceError, match="n'est pas un"):
        harvest(opendatasoft, Opendatasoft([]), other, grouped)


@pytest.mark.parametrize("answer", [[], {"results": 3}, {"results": [{"publisher": "A"}]}])
def test_a_grouping_of_another_shape_is_an_error(answer: Any) -> None:
    other = Fault(lambda *_: Answer(200, json.dumps(answer).encode()), "/catalog/datasets")
    with pytest.raises(SourceError, match="le serveur est en panne"):
        harvest(opendatasoft, Opendatasoft([]), faces.status(500, EXPORT), other)


def test_a_name_that_attacks_is_made_harmless() -> None:
    name = '=HYPERLINK("http://a")|<b>\u202ex\n'
    [row] = harvest(opendatasoft, Opendatasoft([replace(BREST, name=name)]))
    assert row["identifiant"] == "HYPERLINK(« http://a »)|‹b›x"
    assert row["url"].isascii()
