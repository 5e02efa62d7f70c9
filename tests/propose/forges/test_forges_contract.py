"""The same promises on every forge: local, GitLab, GitHub, GitLab by pushes alone."""

from __future__ import annotations

import forges_stage as stages
import pytest
from forges_stage import BRANCH, KINDS, Stage, proposal, settle

from observatoire.git import Tree

NOTING = ("local", "gitlab", "github")
every = pytest.mark.parametrize("kind", KINDS)
noting = pytest.mark.parametrize("kind", NOTING)


@every
def test_the_first_proposal_opens_a_request_with_its_text(stage: Stage) -> None:
    outcome = settle(stage, proposal())
    (seen,) = stage.seen()
    assert outcome.action == "ouverte"
    assert (seen.title, seen.state) == ("data.gouv.fr : 1 lien corrigé (Deux)", "ouverte")
    assert "La source dit **Deux**" in seen.body
    assert "cle=sha256:deux" in seen.body
    assert Tree(stage.bare, BRANCH).read("data/organisations.csv") == b"siren,nom\n1,Deux\n"


@every
def test_the_same_input_twice_does_nothing(stage: Stage) -> None:
    settle(stage, proposal())
    before, where = stage.seen(), stages.tip(stage)
    outcome = settle(stage.fresh(), proposal(), "2026-02-01")
    assert (outcome.action, outcome.wrote) == ("inchangee", False)
    assert (stage.seen(), stages.tip(stage)) == (before, where)


@every
def test_a_change_rewrites_the_same_request(stage: Stage) -> None:
    settle(stage, proposal())
    outcome = settle(stage.fresh(), proposal("Trois"))
    (seen,) = stage.seen()
    assert outcome.action == "actualisee"
    assert (seen.number, seen.state) == (1, "ouverte")
    assert "Trois" in seen.title
    assert "**Trois**" in seen.body
    assert Tree(stage.bare, BRANCH).read("data/organisations.csv") == b"siren,nom\n1,Trois\n"
