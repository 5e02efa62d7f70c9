"""Transport data: which account publishes for which authority, as a clue."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from lookup_bench import after, refresh, register, rows

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.lookups import transport
from observatoire.model import SourceError

ANGERS, RENNES, BRETAGNE = "244900015", "243500139", "233500016"
REGIONS = (
    f"code,nom,siren,sigle,population,remarque,zone\n53,Bretagne,{BRETAGNE},BRE,3000000,,metro\n"
)
KNOWN = register(reference__2026__regions=REGIONS)


def dataset(account: str, *owners: dict[str, str], kind: str = "organization") -> dict[str, Any]:
    publisher = {"id": account, "name": f"Compte {account}", "type": kind}
    return {"publisher": publisher, "legal_owners": list(owners), "title": "GTFS"}


def aom(siren: str, name: str = "") -> dict[str, str]:
    return {"siren": siren, "name": name, "type": "aom"}


@dataclass
class Api:
    """Answers one list."""

    datasets: list[dict[str, Any]]

    def answer(self, ask: Ask) -> Answer:
        if ask.path != "/api/datasets":
            return Answer(404)
        return Answer(200, json.dumps(self.datasets).encode())


def clues(*datasets: dict[str, Any]) -> list[tuple[str, ...]]:
    outcome, _ = refresh(transport, KNOWN, Api(list(datasets)))
    found = rows(after(KNOWN, outcome), "reference/transport")
    return [(r["identifiant"], r["siren"], r["nb_jeux"]) for r in found]


def test_each_account_goes_with_the_authorities_of_its_datasets() -> None:
    owner = aom(ANGERS, "Angers Loire Métropole")
    assert clues(
        dataset("a", owner), dataset("a", owner, aom(RENNES)), dataset("b", owner, owner)
    ) == [("a", RENNES, "1"), ("a", ANGERS, "2"), ("b", ANGERS, "1")]


def test_a_region_is_known_by_its_code() -> None:
    region = {"insee": "53", "type": "region", "name": "Bretagne"}
    unknown = {"insee": "99", "type": "region", "name": "Ailleurs"}
    assert clues(dataset("a", region, unknown)) == [("a", BRETAGNE, "1")]


def test_people_wrong_numbers_and_orphans_are_left_out() -> None:
    assert clues(
        dataset("a", aom(ANGERS)),
        dataset("b", aom(ANGERS), kind="user"),
        dataset("c", aom("244900016")),
        dataset("d"),
        dataset("", aom(ANGERS)),
        {"publisher": None, "legal_owners": [aom(ANGERS)]},
        {},
    ) == [("a", ANGERS, "1")]


def test_the_same_answer_changes_no_byte() -> None:
    face = Api([dataset("a", aom(ANGERS, "Angers"))])
    first, _ = refresh(transport, KNOWN, face)
    assert first.said == ("1 fiche de transport : 1 compte, 1 autorité.",)
    assert refresh(transport, after(KNOWN, first), face)[0].changes == {}


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (faces.status(500), "en panne"),
        (faces.html(), "page web"),
        (faces.truncated(), "s'arrête avant sa fin"),
        (Fault(lambda *_: Answer(200, b"[]")), "aucun responsable parmi 0"),
        (Fault(lambda *_: Answer(200, b'{"a": 1}')), "n'est pas une liste"),
    ],
)
def test_a_service_that_is_down_teaches_nothing(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        refresh(transport, KNOWN, Api([dataset("a", aom(ANGERS))]), fault)
