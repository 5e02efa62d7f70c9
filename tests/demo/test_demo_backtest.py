"""The backtest: what people found, what the portal answers, how the bot is scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from observatoire.demo import backtest, story
from observatoire.files import Memory
from observatoire.model import Doubt, Plan
from observatoire.register import Register
from observatoire.table import Table

COLUMNS = ("siren", "plateforme", "identifiant", "url", "nb_jeux")
SCHEMA = {"fields": [{"name": n, "type": "string"} for n in COLUMNS]}


def publications(*lines: tuple[str, str, str, str]) -> bytes:
    rows = [",".join((s, p, a, "", n)) for s, p, a, n in lines]
    return "\n".join([",".join(COLUMNS), *rows, ""]).encode()


@pytest.fixture
def register() -> Register:
    files = Memory()
    files["schemas/publications.json"] = json.dumps(SCHEMA).encode()
    files["data/editions/2021/publications.csv"] = publications(
        ("111111111", "data-gouv-fr", "aa", "4"),
        ("222222222", "data-gouv-fr", "bb", "7"),
        ("333333333", "autre", "cc", "1"),
    )
    files["data/editions/2022/publications.csv"] = publications(
        ("111111111", "data-gouv-fr", "aa", "5"),
        ("222222222", "data-gouv-fr", "bb", "7"),
        ("333333333", "data-gouv-fr", "dd", "2"),
        ("444444444", "data-gouv-fr", "ee", "9"),
        ("555555555", "data-gouv-fr", "", "1"),
    )
    return Register(files)


def test_what_people_found_is_what_the_second_edition_has_and_the_first_has_not(
    register: Register,
) -> None:
    found = backtest.truth(register)

    assert found.entries == {"dd", "ee"}
    assert found.counts == {"aa": "5"}
    assert found.known == {"aa", "bb"}


def test_the_score_tells_alone_from_asked_and_counts_mistakes(register: Register) -> None:
    plan = Plan(
        source="datagouv",
        date="2022-12-31",
        doubts=(Doubt("data-gouv-fr", "ee", "E", "444444444", "E", 0.9, "nom"),),
        matches=(
            ("data-gouv-fr", "aa", "111111111", "id"),
            ("data-gouv-fr", "dd", "999999999", "siren"),
        ),
    )
    after = Table(
        COLUMNS,
        [
            ("111111111", "data-gouv-fr", "aa", "", "5"),
            ("999999999", "data-gouv-fr", "dd", "", "2"),
        ],
    )
    score = backtest.score(plan, after, backtest.truth(register))

    assert (score.entries, score.applied, score.asked) == (2, 0, 1)
    assert (score.counts, score.counted, score.counts_asked) == (1, 1, 0)
    assert (score.decided, score.wrong) == (1, 1)
    assert (score.recall, score.precision) == (0.5, 0.0)


def test_the_last_screen_says_it_in_words(register: Register) -> None:
    score = backtest.Score(192, 120, 71, 199, 196, 3, 188, 0)
    text = "\n".join(story.tell(score, story.Traces("1.md", "12 entrées", "v1.0.0", "p", 14)))

    assert "191 sur 192 (99,5 %)" in text
    assert "120 proposés, 71 en question" in text
    assert "188 justes sur 188 (100,0 %)" in text


def test_the_real_editions_hold_people_s_work(root: Path) -> None:
    from observatoire.files import Folder

    found = backtest.truth(Register(Folder(root)))

    assert len(found.entries) > 150
    assert len(found.counts) > 150
