"""What indicators give besides the tidy table: the page, the readable tables, the silent bodies."""

from __future__ import annotations

from pathlib import Path

import pocket
import pytest
from pocket import DAY, register

from observatoire import cli, indicators
from observatoire.files import Memory, write
from observatoire.indicators import files, markdown, page, readable
from observatoire.indicators.model import CURRENT, Indicator
from observatoire.indicators.snapshot import snapshots
from observatoire.intake import parse
from observatoire.model import Malformed
from observatoire.table import Table, serialize


@pytest.fixture(scope="module")
def made() -> files.Made:
    return files.make(register(), snapshots(register(), DAY))


def test_the_committed_page_is_up_to_date(root: Path) -> None:
    assert (root / page.PATH).read_text("utf-8") == page.render(indicators.discover())


def test_the_page_tells_every_header_and_every_dimension() -> None:
    text = page.render(indicators.discover())

    for indicator in indicators.discover():
        header = indicator.HEADER
        assert f"\n## {header.id}\n" in text
        assert markdown.text(header.limites) in text
        assert all(f"| `{d.nom}` |" in text for d in header.dimensions)


@pytest.mark.parametrize("indicator", indicators.discover(), ids=lambda i: i.HEADER.id)
def test_every_indicator_says_what_it_is_and_how_far_to_trust_it(indicator: Indicator) -> None:
    header = indicator.HEADER

    for field, least in (
        *(("titre", 5), ("definition", 40), ("formule", 40), ("unite", 1)),
        *(("portee", 20), ("sources", 20), ("limites", 40)),
    ):
        assert len(getattr(header, field).strip()) >= least, field
    assert header.dimensions
    assert any(d.tete for d in header.dimensions)
    assert all(d.titre.strip() and d.mots for d in header.dimensions)
    assert len({d.nom for d in header.dimensions}) == len(header.dimensions)


def test_the_seventeen_indicators_are_there() -> None:
    assert [i.HEADER.id for i in indicators.discover()] == [f"I{n}" for n in range(1, 18)]


def test_every_figure_has_its_scope_its_source_its_date_and_a_value_or_a_reason(
    made: files.Made,
) -> None:
    titles = {(i.HEADER.id, d.nom): d for i in indicators.discover() for d in i.HEADER.dimensions}
    for row in made.figures.records():
        assert (row["indicateur"], row["dimension"]) in titles
        assert row["note"].startswith("Portée : ")
        assert row["source"]
        assert row["date"]
        assert row["unite"]
        assert row["numerateur"].lstrip("-").isdecimal()
        assert row["denominateur"].isdecimal()
        assert row["valeur"] or row["note"].count(". ") >= 1, row


def test_the_command_writes_the_page_once(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "datapackage.json").write_text("{}")

    assert cli.main(["indicators", "--depot", str(tmp_path), "--page"]) == 0
    written = (tmp_path / page.PATH).read_bytes()
    assert cli.main(["indicators", "--depot", str(tmp_path), "--page"]) == 0
    assert (tmp_path / page.PATH).read_bytes() == written


@pytest.mark.parametrize("mark", ["bon", "1.2", "-0.1", "NaN"])
def test_a_mark_that_is_none_is_refused_with_its_place(mark: str) -> None:
    wrong = pocket.TABLES["moissons/datagouv"].replace(",0.62,", f",{mark},")

    with pytest.raises(Malformed, match="n'est pas un nombre de 0 à 1") as refused:
        pocket.states(moissons__datagouv=wrong)
    assert (refused.value.findings[0].line, refused.value.findings[0].field) == (4, "qualite")


def test_each_indicator_has_a_readable_table_with_all_its_figures(made: files.Made) -> None:
    tables = readable.tables(made.figures, made.words)

    assert len(tables) == 17
    assert sum(map(len, tables.values())) == len(made.figures)
    assert "indicateurs/i05_population" in tables


def test_codes_are_read_in_words_and_vintages_follow_each_other(made: files.Made) -> None:
    table = made.tables()["indicateurs/i08_technos"]
    rows = list(table.records())

    assert [(r["libelle"], r["millesime"], r["valeur"]) for r in rows[:2]] == [
        ("Publient sur data.gouv.fr (seul ou avec un portail)", "2022", "100"),
        ("Publient sur data.gouv.fr (seul ou avec un portail)", CURRENT, "50"),
    ]
    bodies = made.tables()["indicateurs/i13_reutilisation"].records()
    assert {r["libelle"] for r in bodies if r["dimension"] == "organisation"} == {
        "Rennes",
        "Rennes Métropole",
    }
    assert {r["libelle"] for r in rows if r["dimension"] == "techno"} == {
        "CKAN",
        "OpenDataSoft",
        "udata",
    }
    assert {r["libelle"] for r in rows if r["dimension"] == "datagouv_region"} == {
        "Bretagne",
        "Île-de-France",
    }


def test_every_table_has_the_columns_of_its_schema_and_is_read_back(made: files.Made) -> None:
    known = register()
    for name, table in made.tables().items():
        described = known.schema(name)
        assert table.columns == described.columns, name
        assert parse(serialize(table), name) == Table(table.columns, list(table.rows))
        keys = [tuple(r[k] for k in described.primary_key) for r in table.records()]
        assert len(keys) == len(set(keys)), name


def test_published_figures_of_what_is_not_measured_are_left_out(made: files.Made) -> None:
    told = {
        id: files.make(register(), snapshots(register(), DAY), indicators.choose([id])).compared
        for id in ("I3", "I6")
    }

    assert [len(told["I3"]), len(told["I6"]), len(made.compared)] == [1, 0, 1]


def test_a_published_figure_stands_beside_ours(made: files.Made) -> None:
    (row,) = made.compared.records()

    # Denominator 19; the edition had Rennes and Saint-Brieuc open among the obliged.
    assert (row["valeur_publiee"], row["valeur_calculee"]) == ("20", "10.5")
    assert (row["numerateur_calcule"], row["denominateur_calcule"], row["ecart"]) == (
        "2",
        "19",
        "-9.5",
    )


@pytest.mark.parametrize(
    ("table", "before", "after", "words"),
    [
        ("publications", ",57,3,", ",beaucoup,3,", "« beaucoup » n'est pas un nombre entier"),
        ("plateformes", ",3,territorial", ",3.5,territorial", "« 3.5 » n'est pas un nombre"),
        ("moissons__journal", "2026-11-20", "hier", "« hier » n'est pas une date AAAA-MM-JJ"),
        ("moissons__datagouv", ",10,3,6,", ",10,?,6,", "« ? » n'est pas un nombre entier"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    table: str, before: str, after: str, words: str
) -> None:
    text = pocket.TABLES[table.replace("__", "/")]
    assert before in text

    with pytest.raises(Malformed, match=words.replace("?", r"\?")) as caught:
        pocket.states(**{table: text.replace(before, after)})
    (finding,) = caught.value.findings
    assert finding.line > 1
    assert finding.file == f"data/{table.replace('__', '/')}.csv"


def test_hostile_words_are_inert_in_the_report() -> None:
    hostile = "Cul|ture <b>`x`</b> [a](http://b)"
    rows = pocket.TABLES["thematiques"].replace("Social,", f"{hostile},")
    made = files.make(register(thematiques=rows), snapshots(register(thematiques=rows), DAY))
    lines = [line for line in made.report().splitlines() if "http://b" in line]

    assert len(lines) == 1
    assert r"Cul\|ture \<b\>\`x\`\</b\> \[a\](http://b)" in lines[0]


def test_a_register_without_reference_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = Memory({n: c for n, c in pocket.files().items() if "/reference/" not in n})
    write(tmp_path, bare)

    words = ["indicators", "--depot", str(tmp_path), "--date", DAY, "--sans-versions"]
    assert cli.main(words) == 1
    assert "observatoire reference" in capsys.readouterr().err
