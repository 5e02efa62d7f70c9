"""The forms of a report, from literal findings with hostile cells."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.model import Finding
from observatoire.validate import reports
from observatoire.validate.report import KEPT, Collector, Repair, Report, Tally

TITLES = (("bornes", "Nombre trop grand"), ("lecture", "Fichier illisible"))


def finding(message: str = "« 91 » est trop grand.", **more: object) -> Finding:
    given = {
        "code": "bornes",
        "file": "data/organisations.csv",
        "line": 5,
        "key": ("243500139",),
        "field": "latitude",
        "label": "Rennes",
        "fix": (),
    } | more
    return Finding(message=message, **given)  # type: ignore[arg-type]


def report(*findings: Finding, old: tuple[Finding, ...] = (), since: bool = False) -> Report:
    new, past = Collector(), Collector()
    for f in findings:
        new.add(f.code, f)
    for f in old:
        past.add(f.code, f)
    return Report(
        tables=(("organisations", 1062),),
        checks=TITLES,
        tallies=new.tallies(TITLES),
        old=past.tallies(TITLES),
        since=since,
    )


def render(name: str, *findings: Finding, **more: object) -> str:
    return reports.renderer(name)(report(*findings, **more))  # type: ignore[arg-type]


def test_the_terminal_shows_the_first_cases_and_counts_the_others() -> None:
    text = render("terminal", *[finding(line=i) for i in range(2, 9)], finding(severity="conseil"))
    assert (
        text
        == """\
ERREUR   Nombre trop grand [bornes] : 7 cas
  - data/organisations.csv, ligne 2, colonne « latitude » (Rennes) : « 91 » est trop grand.
  - data/organisations.csv, ligne 3, colonne « latitude » (Rennes) : « 91 » est trop grand.
  - data/organisations.csv, ligne 4, colonne « latitude » (Rennes) : « 91 » est trop grand.
  - data/organisations.csv, ligne 5, colonne « latitude » (Rennes) : « 91 » est trop grand.
  - data/organisations.csv, ligne 6, colonne « latitude » (Rennes) : « 91 » est trop grand.
  … et 2 autres

conseil  Nombre trop grand [bornes] : 1 cas
  - data/organisations.csv, ligne 5, colonne « latitude » (Rennes) : « 91 » est trop grand.

1 table, 1 062 lignes : 7 erreurs, 1 conseil.
"""
    )


def test_in_short_errors_are_told_and_advice_is_counted() -> None:
    text = render("resume", finding(), finding(severity="conseil"), finding(severity="conseil"))
    assert (
        text
        == """\
ERREUR   Nombre trop grand [bornes] : 1 cas
  - data/organisations.csv, ligne 5, colonne « latitude » (Rennes) : « 91 » est trop grand.

conseil  Nombre trop grand [bornes] : 2 cas
1 table, 1 062 lignes : 1 erreur, 2 conseils.
Le détail des conseils : observatoire validate
"""
    )
    assert render("resume") == "1 table, 1\u202f062 lignes : aucune erreur.\n"


def test_the_note_names_each_mistake_and_folds_the_rest() -> None:
    text = render("markdown", finding(), finding(severity="conseil"), old=(finding(),), since=True)
    assert (
        text
        == """\
<!-- observatoire validate -->
### ❌ 1 erreur à corriger

**Nombre trop grand** (1)

| Où | Organisme | Que faire |
| --- | --- | --- |
| `data/organisations.csv` ligne 5, latitude | Rennes | `91` est trop grand. |

<details>
<summary>1 conseil : rien d'obligatoire</summary>

**Nombre trop grand** (1)

| Où | Organisme | Que faire |
| --- | --- | --- |
| `data/organisations.csv` ligne 5, latitude | Rennes | `91` est trop grand. |


</details>

<details>
<summary>1 remarque sur ce qui était déjà là : rien à faire ici</summary>

- Nombre trop grand : 1 cas

</details>

<sub>Relu : 1 table, 1 062 lignes, seul le changement est relu.</sub>
"""
    )


def test_a_repaired_change_turns_the_same_note_green() -> None:
    wrong, right = render("markdown", finding(), since=True), render("markdown", since=True)
    assert wrong.splitlines()[0] == right.splitlines()[0]
    assert right.splitlines()[1] == "### ✅ Tout est bon dans ce changement"


@pytest.mark.parametrize(
    "cell",
    ["@all", "`x`", "</td><script>", "|", "#1 !2 ~bug", "[a](http://b)", "/close", "![x](y)"],
)
def test_a_hostile_cell_is_only_ever_a_code_span_in_the_note(cell: str) -> None:
    text = render("markdown", finding(f"« {cell} » est faux.", label=cell, field=""))
    (row,) = [x for x in text.splitlines() if "est faux" in x]
    spans = row.split("`")
    assert len(spans) % 2 == 1
    assert row.replace("\\|", "").count("|") == 4
    outside = "".join(spans[::2])
    assert not set(outside) & set("@<>#~![")


def test_json_holds_every_kept_finding_and_the_true_counts() -> None:
    many = [finding(line=i, fix=(("latitude", "90"),)) for i in range(KEPT + 7)]
    content = json.loads(render("json", *many, finding()))
    (check,) = content["controles"]
    assert (content["erreurs"], check["nombre"], len(check["constats"])) == (
        KEPT + 8,
        KEPT + 8,
        KEPT,
    )
    assert check["constats"][0] == {
        "fichier": "data/organisations.csv",
        "ligne": 0,
        "cle": ["243500139"],
        "champ": "latitude",
        "organisme": "Rennes",
        "message": "« 91 » est trop grand.",
        "correction": {"latitude": "90"},
    }


def test_junit_has_one_case_by_check_and_fails_those_with_errors() -> None:
    suite = ElementTree.fromstring(render("junit", finding(label="<&\x01>")))[0]  # noqa: S314
    assert suite.attrib == {
        "name": "observatoire validate",
        "tests": "2",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
    }
    failures = {c.get("classname"): c.find("failure") for c in suite}
    assert failures["lecture"] is None
    assert failures["bornes"] is not None
    assert "(<&?>)" in str(failures["bornes"].text)


def test_code_quality_fingerprints_follow_a_line_that_moves_and_are_unique() -> None:
    first, second = json.loads(render("codequality", finding(), finding(field="longitude")))
    (moved,) = json.loads(render("codequality", finding("autre phrase", line=99)))
    assert moved["fingerprint"] == first["fingerprint"] != second["fingerprint"]
    assert moved["location"] == {"path": "data/organisations.csv", "lines": {"begin": 99}}
    twice = json.loads(render("codequality", finding(), finding(), finding(line=0)))
    assert len({i["fingerprint"] for i in twice}) == 3
    assert min(i["location"]["lines"]["begin"] for i in twice) == 1
    assert {i["severity"] for i in twice} == {"major"}


def test_a_cell_cannot_start_a_command_of_the_github_runner() -> None:
    text = render(
        "github", finding("« a\n::set-env::b%0A » est faux.", label="", severity="conseil")
    )
    assert text == (
        "::warning file=data/organisations.csv,line=5,title=Nombre trop grand [bornes]::"
        "« a%0A::set-env::b%250A » est faux.\n"
    )


def test_suggestions_give_the_whole_line_in_a_fence_that_it_cannot_close() -> None:
    repaired = Report((), repairs=(Repair("data/t.csv", 3, "a,```b", ("« x » : écrivez « y ».",)),))
    (note,) = json.loads(reports.renderer("suggestions")(repaired))
    assert note == {
        "fichier": "data/t.csv",
        "ligne": 3,
        "texte": "- `x` : écrivez `y`.\n\n````suggestion:-0+0\na,```b\n````\n",
    }


@settings(max_examples=50)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_cell_and_label_render_in_every_form(cell: str, label: str) -> None:
    nasty = finding(f"« {cell} » est faux.", label=label)
    for name in reports.names():
        render(name, nasty)
    ElementTree.fromstring(render("junit", nasty))  # noqa: S314
    assert render("github", nasty).count("\n") == 1


def test_a_hundred_thousand_findings_keep_memory_and_reports_bounded() -> None:
    collector = Collector()
    for i in range(100_000):
        collector.add("bornes", finding(line=i))
    (tally,) = collector.tallies(TITLES)
    assert (tally.total, len(tally.first)) == (100_000, KEPT)
    bounded = Report((), tallies=(tally,))
    assert len(reports.renderer("terminal")(bounded)) < 2_000
    assert len(reports.renderer("markdown")(bounded)) < 20_000


def test_errors_come_before_advice_and_unreadable_files_first() -> None:
    given = report(finding(severity="conseil"), finding(), finding(code="lecture"), finding(line=1))
    assert [(t.severity, t.code, t.total) for t in given.tallies] == [
        ("erreur", "lecture", 1),
        ("erreur", "bornes", 2),
        ("conseil", "bornes", 1),
    ]
    assert isinstance(given.tallies[1], Tally)
    assert [f.line for f in given.tallies[1].first] == [1, 5]


def test_only_the_report_on_a_change_says_that_the_rest_was_left_alone() -> None:
    said = "seul le changement est relu"
    assert [said in render("markdown", since=since) for since in (True, False)] == [True, False]


def test_advice_stands_in_the_output_of_a_check_that_passes() -> None:
    text = render("junit", *[finding(severity="conseil", line=i) for i in range(2, 9)])
    assert "<system-out>" in text
    assert "<failure" not in text
    assert "ligne 2" in text
