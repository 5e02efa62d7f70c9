"""The table of figures: each line carries its evidence; published figures stand beside ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_france import organisation, snapshot

from observatoire import cli, indicators
from observatoire.files import Folder
from observatoire.indicators import report, tidy, vocabulary
from observatoire.indicators import snapshot as snapshots
from observatoire.intake import parse
from observatoire.reference import lookup
from observatoire.register import Register
from observatoire.table import Table, serialize

SMALL = snapshot(organisation("213500010", "COM"), organisation("243500139", "MET"))


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(Folder(Path(__file__).parents[2]))


@pytest.fixture(scope="module")
def figures(register: Register) -> Table:
    return tidy.tabulate(snapshots.snapshots(register, "2026-11-23"))


def figure(figures: Table, *key: str) -> tuple[int, int]:
    row = figures.by(*tidy.KEY)[key]
    return int(row["numerateur"]), int(row["denominateur"])


def test_every_line_has_numerator_denominator_date_scope_and_source(figures: Table) -> None:
    for row in figures.records():
        for name in ("numerateur", "denominateur", "unite", "date", "source"):
            assert row[name], row
        assert row["note"].startswith("Portée : ")
        assert row["valeur"] or row["denominateur"] == "0"


def test_a_share_is_of_a_whole_that_holds_it(figures: Table) -> None:
    """The legacy sum may exceed the population: it counts people twice, and says so."""
    for row in figures.records():
        if row["unite"] == "%" and row["modalite"] != "somme_historique":
            assert int(row["numerateur"]) <= int(row["denominateur"]), row


def test_actors_are_counted_among_those_that_are_there(figures: Table) -> None:
    for row in figures.records():
        counted_apart = row["indicateur"] in {"I2", "I15"}
        if row["unite"] == "organisations" and not counted_apart:
            assert int(row["numerateur"]) <= int(row["denominateur"]), row


def test_lines_have_one_key_each_and_the_columns_of_the_schema(
    figures: Table, register: Register
) -> None:
    assert len(figures.by(*tidy.KEY)) == len(figures)
    assert figures.columns == register.schema("indicateurs").columns
    assert register.schema("indicateurs").primary_key == tidy.KEY
    assert register.schema("comparaison").columns == tidy.COMPARED


def test_both_editions_and_the_register_are_measured(figures: Table) -> None:
    assert list(dict.fromkeys(figures.column("millesime"))) == ["2021", "2022", "actuel"]
    dates = dict(zip(figures.column("millesime"), figures.column("date"), strict=True))
    assert dates == {"2021": "2021-12-31", "2022": "2022-12-31", "actuel": "2026-11-23"}


def test_the_explanations_of_the_2022_gaps_hold_on_the_frozen_edition(
    figures: Table, register: Register
) -> None:
    rows = list(register.table("editions/2022/organisations").records())
    doubles = 1062 - len(rows)
    state = sum(r["type"] == "SDE" for r in rows)
    empty = len(rows) - state - figure(figures, "I1", "2022", "ensemble", "ensemble")[0]

    assert (doubles, state, empty) == (2, 1, 59)
    assert figure(figures, "I1", "2022", "groupe", "collectivites")[0] == 868 - 2 - 38
    assert figure(figures, "I1", "2022", "groupe", "associes")[0] == 194 - 1 - 21
    assert figure(figures, "I3", "2022", "ensemble", "ensemble")[1] == 4571


def test_published_figures_stand_beside_ours(figures: Table, register: Register) -> None:
    published = register.table("chiffres_publies")
    compared = tidy.compare(figures, published.records()).by(*tidy.KEY)
    rate = compared["I3", "2022", "ensemble", "ensemble"]

    assert len(compared) == len(published)
    assert (rate["valeur_publiee"], rate["numerateur_publie"]) == ("15.8", "728")
    assert float(rate["ecart"]) == pytest.approx(float(rate["valeur_calculee"]) - 15.8)
    assert rate["explication"]


def test_a_figure_without_a_file_is_left_empty(figures: Table, register: Register) -> None:
    compared = tidy.compare(figures, register.table("chiffres_publies").records())
    old = compared.by(*tidy.KEY)["I1", "2019", "groupe", "collectivites"]

    assert (old["valeur_publiee"], old["valeur_calculee"], old["ecart"]) == ("460", "", "")


def test_an_indicator_may_be_measured_alone() -> None:
    (first, *_) = indicators.discover()
    table = tidy.tabulate([SMALL], [first])

    assert set(table.column("indicateur")) == {"I1"}
    assert parse(serialize(table), "t") == table


def test_the_report_shows_headlines_published_figures_and_definitions(
    register: Register, figures: Table
) -> None:
    words = vocabulary.load(register, lookup.load(register))
    text = report.markdown(figures, tidy.compare(figures, []), words)

    assert "| Toute la France : Ensemble | 11,4\u202f% (523 sur 4\u202f571) |" in text
    assert "| Par région : Bretagne |" in text
    assert "### I12 : Répartition géographique" in text
    assert "Solde, tous les acteurs : Ensemble | – | 121 (1\u202f000 contre 879 avant) |" in text
    assert " (chez 1\u202f000 acteurs) |" in text


@pytest.mark.parametrize(
    ("year", "vintage"), [("2021", "2022"), ("2022", "2022"), ("2024", "2022"), ("2026", "2026")]
)
def test_an_edition_takes_the_nearest_vintage(year: str, vintage: str) -> None:
    assert snapshots.nearest(["2022", "2026"], year) == vintage


def test_the_command_writes_every_file_and_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["indicators", "--date", "2026-11-23", "--sortie", str(tmp_path / "r")]

    assert cli.main(words) == 0
    assert "21 fichiers écrits" in capsys.readouterr().out
    names = {p.relative_to(tmp_path / "r").as_posix() for p in (tmp_path / "r").rglob("*.csv")}
    assert {n for n in names if "/" not in n} == {
        "comparaison.csv",
        "indicateurs.csv",
        "liste_obliges_sans_publication.csv",
    }
    assert len({n for n in names if n.startswith("indicateurs/i")}) == 17
    assert cli.main(words) == 0
    assert "0 fichier écrit" in capsys.readouterr().out


def test_one_indicator_may_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["indicators", "--format", "csv", "--date", "2026-11-23", "--sans-versions"]

    assert cli.main([*words, "--seul", "i6"]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert rows
    assert all(row.startswith("I6,") for row in rows)
    assert cli.main([*words, "--seul", "I99"]) == 2
    assert "indicateur inconnu : I99" in capsys.readouterr().err


def test_the_command_prints_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["indicators", "--format", "csv", "--date", "2026-11-23"]) == 0
    assert capsys.readouterr().out.startswith("indicateur,millesime,dimension,")
