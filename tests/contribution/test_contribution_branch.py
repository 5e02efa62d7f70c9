"""Recognising Datami's branches and requests, and where a contribution should aim."""

from __future__ import annotations

import pytest

from observatoire.contribution.branch import recognise, retarget, target

NAME = "datami-2026-11-23-organisations-csv-e8d052b3-88dc-428e-bdd3-bb9dd5ef5ab0"


def test_a_branch_of_datami_says_its_day_and_its_file() -> None:
    visit = recognise(NAME)
    assert visit is not None
    assert (visit.date, visit.slug) == ("2026-11-23", "organisations-csv")
    assert visit.topic == "contribution-2026-11-23-organisations-e8d052b3"
    assert visit.names("data/organisations.csv")
    assert not visit.names("data/plateformes.csv")


@pytest.mark.parametrize(
    "name",
    [
        "main",
        "bot-moisson-datagouv",
        "datami-2026-11-23-organisations-csv",
        NAME.replace("-428e-", "-128e-"),
        NAME.replace("2026-11-23", "2026-13-45"),
        NAME + "\n",
        NAME + "; rm -rf .",
        "refs/heads/" + NAME,
    ],
)
def test_any_other_branch_is_not_one(name: str) -> None:
    assert recognise(name) is None


def test_the_request_says_which_branch_the_page_was_reading() -> None:
    title = "Datami - Contribution from : multi-ghost"
    body = f"multi-ghost added some contributions on branch '{NAME}', to add to branch 'v1.2.0'"
    assert target(title, body) == "v1.2.0"
    assert target("Corriger Acigné", body) == ""
    assert target(title, "Bonjour") == ""
    assert target(title, body.replace(NAME, "autre")) == ""


@pytest.mark.parametrize(
    ("aim", "better"), [("main", ""), ("v1.2.0", "main"), ("publie", "main"), ("", "main")]
)
def test_only_a_branch_that_people_edit_is_a_target(aim: str, better: str) -> None:
    assert retarget(aim, {"main"}, "main") == better
