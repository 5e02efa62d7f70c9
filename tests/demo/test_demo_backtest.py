"""The backtest: what people found, what the portals answer, how the bot is scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from observatoire.demo import backtest, portals, story
from observatoire.demo.backtest import Score
from observatoire.files import Folder, Memory
from observatoire.plan import Doubt, Plan
from observatoire.reference.lookup import Reference, load
from observatoire.register import Register
from observatoire.table import Table

NOBODY = Reference("2022", ())
TABLES = {
    "publications": ("siren", "plateforme", "identifiant", "url", "nb_jeux"),
    "plateformes": ("id", "techno"),
    "organisations": ("siren", "nom"),
}
ENTRY, TORCY = ("data-gouv-fr", "ee"), ("lyon", "TORCY")


def csv(name: str, *rows: tuple[str, ...]) -> bytes:
    return "\n".join([",".join(TABLES[name]), *(",".join(r) for r in rows), ""]).encode()


@pytest.fixture
def register() -> Register:
    files = Memory()
    for name, columns in TABLES.items():
        fields = [{"name": n, "type": "string"} for n in columns]
        files[f"schemas/{name}.json"] = json.dumps({"fields": fields}).encode()
    files["data/editions/2021/plateformes.csv"] = csv(
        "plateformes", ("data-gouv-fr", "udata"), ("lyon", "ckan"), ("ancien", "joomla")
    )
    files["data/editions/2021/publications.csv"] = csv(
        "publications",
        ("111111111", "data-gouv-fr", "aa", "", "4"),
        ("222222222", "data-gouv-fr", "bb", "", "7"),
        ("333333333", "lyon", "cc", "", "1"),
    )
    files["data/editions/2022/publications.csv"] = csv(
        "publications",
        ("111111111", "data-gouv-fr", "aa", "", "5"),
        ("222222222", "data-gouv-fr", "bb", "", "7"),
        ("333333333", "lyon", "cc", "", "2"),
        ("444444444", "data-gouv-fr", "ee", "", "9"),
        ("444444444", "lyon", "", "", "3"),
        ("444444444", "ancien", "x", "", "3"),
        ("111111111", "lyon", "vide", "", "0"),
    )
    files["data/editions/2022/organisations.csv"] = csv(
        "organisations",
        ("111111111", "UN"),
        ("222222222", "DEUX"),
        ("333333333", "TROIS"),
        ("444444444", "TORCY"),
    )
    return Register(files)


def test_what_people_found_is_what_the_second_edition_has_and_the_first_has_not(
    register: Register,
) -> None:
    found = backtest.truth(register, NOBODY)

    assert found.entries == {ENTRY, TORCY}
    assert found.counts == {("data-gouv-fr", "aa"): "5", ("lyon", "cc"): "2"}
    assert ("data-gouv-fr", "bb") in found.known


def test_only_platforms_that_the_register_knew_and_that_can_be_simulated_answer(
    register: Register,
) -> None:
    assert sorted(portals.faces(register, NOBODY)) == ["data-gouv-fr", "lyon"]


def test_the_score_tells_alone_from_asked_and_counts_mistakes(register: Register) -> None:
    harvest = Table(
        ("plateforme", "identifiant", "nom"),
        [("data-gouv-fr", i, i.upper()) for i in ("aa", "bb", "ee")] + [("lyon", "torcy", "TORCY")],
    )
    plan = Plan(
        source="datagouv",
        date="2022-12-31",
        doubts=(Doubt("data-gouv-fr", "ee", "E", "444444444", "E", 0.9, "nom"),),
        matches=(
            ("data-gouv-fr", "aa", "111111111", "id"),
            ("lyon", "torcy", "999999999", "siren"),
        ),
    )
    after = Table(
        TABLES["publications"],
        [
            ("111111111", "data-gouv-fr", "aa", "", "5"),
            ("999999999", "lyon", "torcy", "", "3"),
        ],
    )
    score = backtest.score(plan, harvest, after, backtest.truth(register, NOBODY))

    assert score == Score(
        entries=2, applied=0, asked=1, counts=1, counted=1, counts_asked=0, decided=1, wrong=1
    )


def test_scores_add_up() -> None:
    assert Score(1, 1, 0, 2, 2, 0, 3, 1) + Score(2, 1, 1) == Score(3, 2, 1, 2, 2, 0, 3, 1)


def test_the_last_screen_says_it_in_words() -> None:
    scores = {"data.gouv.fr": Score(192, 119, 72, 199, 196, 3, 187, 0), "CKAN": Score()}
    traces = story.Traces([("12 entrées", "1.md")], "v1.0.0", "p", 130, 14)
    lines = list(story.tell(scores, traces))
    text = "\n".join(lines)

    assert "191 sur 192 (72)  99,5 %" in text
    assert "199 sur 199 (3) 100,0 %" in text
    assert "187 sur 187" in text
    assert "130 portails" in text
    assert max(map(len, lines)) <= 100


def test_the_real_editions_hold_people_s_work(root: Path) -> None:
    register = Register(Folder(root))
    found = backtest.truth(register, load(register, "2022"))

    assert len(found.entries) > 200
    assert len(found.counts) > 350
