"""What an issue gets as an answer, and which proposals wait when there are many."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from observatoire.contribution.model import Contribution, Rules
from observatoire.files import Folder
from observatoire.model import Finding
from observatoire.plan import Addition, Edit
from observatoire.propose.bot import Bot
from observatoire.propose.forges import MergeRequest, State
from observatoire.propose.forges.tickets import Ticket, Tickets
from observatoire.propose.proposal import Proposal
from observatoire.register import Register
from observatoire.signalement import desk
from observatoire.signalement.answer import Answer
from observatoire.signalement.desk import Desk
from observatoire.signalement.forms import forms
from observatoire.signalement.model import Ask, Decision, Reading
from observatoire.signalement.proof import Proof

TICKET = Ticket(7, "Signaler", "", "jeanne", (), "")
FORM = forms()["erreur"]
EDIT = Edit("organisations", ("213500010",), "nom", "Acigne", "Acigné")
ADDED = Addition("publications", ("213500010", "rennes", ""), {}, "ticket")
REFUSED = Proof({}, [], [Finding("nom", "ce nom est vide.", file="data/x.csv")], [])


def asks(unclear: dict[str, str], missing: tuple[Ask, ...], proof: Proof | None) -> list[str]:
    decision = Decision(edits=(EDIT,), missing=missing)
    answer = Answer(TICKET, Reading(FORM, {}, unclear), decision, proof)
    assert answer.proposal() is None
    return [f"{a.title} : {a.said}" for a in answer.asks]


def test_what_the_checks_refuse_is_asked_once_all_is_clear() -> None:
    title = FORM.questions[0].title
    unclear = {FORM.questions[0].name: "deux cases sont cochées"}
    assert asks({}, (), REFUSED) == ["Vérification : ce nom est vide."]
    assert asks(unclear, (), REFUSED) == [f"{title} : deux cases sont cochées."]
    assert asks({}, (Ask("Nom", "écrivez-le."),), REFUSED) == ["Nom : écrivez-le."]
    assert asks({}, (), None) == []


@pytest.mark.parametrize(
    ("edits", "additions", "said"),
    [
        ((EDIT,), (), "signalement(organisations) : 1 correction"),
        ((), (ADDED,), "signalement(publications) : 1 ajout"),
        (
            (EDIT, EDIT),
            (ADDED,),
            "signalement(publications, organisations) : 2 corrections, 1 ajout",
        ),
    ],
)
def test_a_commit_counts_what_a_report_brings(
    edits: tuple[Edit, ...], additions: tuple[Addition, ...], said: str
) -> None:
    answer = Answer(TICKET, Reading(FORM, {}, {}), Decision(edits, additions), None)
    assert answer._message() == f"{said}\n\nSource: ticket 7\n"


@dataclass
class Forge:
    """A forge whose requests are all in one state."""

    state: State
    asked: list[str] = field(default_factory=list)

    def requests(self, branch: str) -> list[MergeRequest]:
        self.asked.append(branch)
        return [MergeRequest(1, "", "", branch, "main", self.state, (), False, "", "", "", "")]


@pytest.mark.parametrize(("state", "late"), [("ouverte", False), ("fermee", True)])
def test_past_the_most_a_run_only_brings_open_requests_up_to_date(
    monkeypatch: pytest.MonkeyPatch, state: State, late: bool
) -> None:
    monkeypatch.setattr(desk, "MOST_NEW", 2)
    wish = Proposal("signalement-7", "t", "b", "b", "m", {}, "k")
    forge = Forge(state)
    place = Desk(cast(Bot, SimpleNamespace(forge=forge)), cast(Tickets, None))
    assert not place._late(wish)
    place.new = 2
    assert place._late(wish) is late
    assert forge.asked == ["bot-signalement-7"]


@pytest.mark.parametrize(
    ("file", "column", "title"),
    [
        ("data/organisations.csv", "nom", "Nom"),
        ("data/organisations.csv", "", "Vérification"),
        ("data/organisations.csv", "nb_jeux", "Vérification"),
        ("data/publications.csv", "nom", "Vérification"),
    ],
)
def test_a_refusal_stands_under_the_title_of_its_column(file: str, column: str, title: str) -> None:
    schema = Register(Folder(Path(__file__).parents[2])).schema("organisations")
    rules = cast(Rules, SimpleNamespace(table="organisations", schema=schema))
    finding = Finding("x", "trop long.", file=file, field=column)
    proof = Proof({}, [(Contribution("organisations"), rules)], [finding], [])
    assert asks({}, (), proof) == [f"{title} : trop long."]
