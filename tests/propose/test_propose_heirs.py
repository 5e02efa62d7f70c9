"""A body that another replaced: its pages are offered to the successor, once."""

from __future__ import annotations

import pytest
from propose_place import BRANCH
from propose_register import ACIGNE, AMANLIS, KNOWN, TABLES, Desk, account

REPLACED = {"table": "organisations", "cle": ACIGNE, "successeur": AMANLIS, "motif": "fusion"}


@pytest.fixture
def merged(clone: Desk) -> Desk:
    """A register that says that Amanlis replaced Acigné, whose page did not move."""
    clone.settled(KNOWN)
    clone.holds("redirections", [REPLACED])
    clone.harvest(KNOWN)
    clone.propose()
    return clone


def test_the_page_of_a_replaced_body_is_offered_to_its_successor(merged: Desk) -> None:
    request = merged.forge.get(1)
    assert request.title == "data.gouv.fr : 1 entrée, 1 page passée au successeur"
    assert "- **1 page passe** d'un organisme à celui qui le remplace.\n" in request.body
    line = f"| aaa | Acigné [{ACIGNE}](https://annuaire-entreprises.data.gouv.fr/entreprise"
    assert f"[data.gouv.fr](https://www.data.gouv.fr/organizations/aaa/) {line}" in request.body
    assert f"| Amanlis [{AMANLIS}](" in request.body
    assert "| remplace Acigné, d'après data/redirections.csv |" in request.body
    [page] = merged.rows("publications", BRANCH)
    assert (page["siren"], page["identifiant"]) == (AMANLIS, "aaa")
    merged.observatoire("requests", "merge", "1")
    merged.propose(day="2026-01-12")
    assert len(merged.forge.all()) == 1


def test_a_move_that_a_person_refused_is_not_offered_again(merged: Desk) -> None:
    merged.observatoire("requests", "close", "1")
    merged.propose(day="2026-01-12")
    assert len(merged.forge.all()) == 1
    merged.harvest(account("aaa", "Acigné", 12))
    merged.propose(day="2026-01-19")
    assert merged.forge.get(2).title == "data.gouv.fr : 1 compte à jour"
    refused = {(r["table"], r["cle"], r["champ"]) for r in merged.rows("refus", BRANCH)}
    assert ("publications", f"{ACIGNE} data-gouv-fr aaa", "siren") in refused
    assert TABLES["publications"][0]["siren"] == merged.rows("publications", BRANCH)[0]["siren"]
