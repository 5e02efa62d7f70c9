"""The page of the method follows the code and the frozen editions."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire import cli, indicators, lookups, settle, sources
from observatoire.files import Folder
from observatoire.methodology import page
from observatoire.methodology.facts import facts
from observatoire.methodology.page import Links
from observatoire.model import Row
from observatoire.register import Register
from observatoire.validate import engine

COMPARED: Row = {
    "indicateur": "I1",
    "millesime": "2022",
    "dimension": "groupe",
    "modalite": "collectivites",
    "unite": "organisations",
    "valeur_publiee": "868",
    "valeur_calculee": "828",
    "ecart": "-40",
    "explication": "Des lignes | en double *vraiment*.",
}


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(Folder(Path(__file__).parents[2]))


@pytest.fixture(scope="module")
def text(register: Register) -> str:
    return page.documentation(register)


def test_the_committed_page_is_up_to_date(root: Path, text: str) -> None:
    assert (root / page.PATH).read_text("utf-8") == text


def test_the_page_states_what_the_code_does(register: Register) -> None:
    told = facts(register, [])

    assert told["delai"] == str(settle.GRACE_DAYS) == "30"
    assert told["seuil"] == "3\u202f500"
    assert told["nb_logiciels"] == str(len(sources.discover()))
    assert told["nb_controles"] == str(len(engine.discover()))


def test_every_service_that_completes_the_register_is_named_with_its_licence(text: str) -> None:
    for lookup in lookups.discover().values():
        said = lookup.LOOKUP
        assert f"| [{said.title}]({said.base}) | {said.cadence} | Licence Ouverte 2.0 |" in text


def test_corrections_are_those_of_the_journals(register: Register, text: str) -> None:
    journal = register.table("editions/2022/corrections")
    doubts = journal.column("action").count("doute")

    assert f"| {doubts} | {len(journal)} |" in text


def test_every_indicator_leads_to_its_definition(text: str) -> None:
    for indicator in indicators.discover():
        name = indicator.HEADER.id
        assert f"[{name} : " in text
        assert f"(indicateurs.md#{name.lower()})" in text


def test_every_link_of_the_page_leads_somewhere(root: Path, text: str) -> None:
    for name in ("indicateurs.md", "controles.md", "../CONTRIBUTING.md"):
        assert f"({name}" in text
        assert (root / "docs" / name).exists()


def test_a_difference_is_told_with_its_reason_and_nothing_in_it_is_a_mark(
    register: Register,
) -> None:
    text = page.render(register, [COMPARED])

    assert (
        "| Acteurs ouverts, collectivités, 2022 | 868 | 828 | −40 |"
        r" Des lignes \| en double \*vraiment\*. |" in text
    )


def test_the_site_gives_the_same_text_its_own_links(register: Register) -> None:
    text = page.render(register, [], Links("c/", "k/", "i/", "i/{id}/"))

    assert "(i/I3/)" in text
    assert "(k/)" in text
    assert ".md" not in text


def test_the_command_says_whether_the_page_is_up_to_date(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    for name in ("schemas", "data"):
        (tmp_path / name).symlink_to(root / name)

    assert cli.main(["methodology", "--depot", str(tmp_path), "--a-blanc"]) == 1
    assert "à refaire" in capsys.readouterr().out
    assert cli.main(["methodology", "--depot", str(tmp_path)]) == 0
    assert (tmp_path / page.PATH).read_bytes() == (root / page.PATH).read_bytes()
    assert cli.main(["methodology", "--depot", str(tmp_path), "--a-blanc"]) == 0
