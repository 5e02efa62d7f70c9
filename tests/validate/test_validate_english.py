"""`--langue en`: the same findings, worded in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import specimen
from test_validate_examples import CHECKS, SAMPLES, TODAY, base, edited

from observatoire import cli, intake
from observatoire.files import write
from observatoire.model import Finding, Malformed
from observatoire.register import Register
from observatoire.validate import engine, frame, reports, slips
from observatoire.validate.model import Example

FRENCH = re.compile(
    r"\b(?:le|la|les|une?|des|du|est|sont|et|ou|dans|pour|avec|sans|cette|ce|ligne|lignes|cellule"
    r"|colonne|erreurs?|écrivez|lancez|supprimez|vérifiez|fichier|n'est|qui|autre|cas)\b",
    re.I,
)
ENGLISH = re.compile(
    r"\b(?:the|is|are|of|and|or|in|with|without|this|that|lines?|cells?|columns?|errors?|write|run"
    r"|check|file|which|others?|cases?|not|it)\b",
    re.I,
)
TITLES = engine.english_titles()


def own_words(sentence: str) -> str:
    """A sentence without the cells and names that it cites, which are in any language."""
    for cited in (r"« .*? »", r"“.*?”", r"\(.*?\)", r"data/[\w/.]*"):
        sentence = re.sub(cited, "", sentence)
    return sentence


def cited(sentence: str) -> list[str]:
    return sorted(re.findall(frame.CITED, sentence))


def found(check: engine.Check, example: Example) -> list[Finding]:
    if example.content:
        files = specimen.files(**{example.table: example.content})
    else:
        files = edited(example, example.bad)
    before = base(example)
    report = engine.run(Register(files), TODAY, before=Register(before) if before else None)
    return [f for t in report.tallies for f in t.first if t.code == check.CODE]


@pytest.mark.parametrize(("check", "example"), SAMPLES)
def test_a_finding_says_the_same_in_both_languages(check: engine.Check, example: Example) -> None:
    for finding in found(check, example):
        assert ENGLISH.search(own_words(finding.english))
        assert not FRENCH.search(own_words(finding.english))
        assert not ENGLISH.search(own_words(finding.message))
        assert finding.english.endswith((".", "?"))
        if check.CODE != "donnee-personnelle":
            assert set(cited(finding.english)) <= {*cited(finding.message), "@", *PATTERNS}


PATTERNS = {f.pattern for f in specimen.register().schema("organisations").fields if f.pattern}
"""Cited in English in place of a description, which the schema gives in French."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.CODE)
def test_a_check_has_a_title_in_both_languages(check: engine.Check) -> None:
    assert check.TITLE_EN not in ("", check.TITLE)
    assert not FRENCH.search(own_words(check.TITLE_EN))
    assert not ENGLISH.search(own_words(check.TITLE))


@pytest.mark.parametrize("name", ["terminal", "markdown", "junit", "github", "codequality"])
@pytest.mark.parametrize("since", [False, True])
def test_the_report_around_the_findings_is_in_one_language(name: str, since: bool) -> None:
    text = specimen.TABLES["organisations"].replace(",COM,", ",com,").replace("48.1147", "48.0")
    wrong = specimen.register(organisations=text, redirections="x")
    report = engine.run(wrong, TODAY, before=specimen.register() if since else None)
    french = reports.renderer(name)(report)
    english = reports.renderer(name)(frame.in_english(report, TITLES))
    if name == "markdown":
        french, english = (re.sub(r"`.*?`|<.*?>", "", t) for t in (french, english))
    data = r"<testsuite .*?>|classname=\S+|\[[\w-]+\]|\"\w+\": |file=\S+|Saint.Denis|" + "|".join(
        (*TITLES, "error", "warning", "location", "failure message", "lines", "begin")
        if name in ("junit", "github", "codequality")
        else TITLES
    )
    assert not FRENCH.search(own_words(re.sub(data, "", english)))
    if name not in ("junit", "github", "codequality"):
        assert not ENGLISH.search(own_words(re.sub(data, "", french)))


def test_a_sound_report_is_worded_too() -> None:
    report = frame.in_english(engine.run(specimen.register(), TODAY), TITLES)
    assert reports.renderer("terminal")(report) == "18 tables, 33 lines: no error.\n"
    assert "✅ All is well in the register" in reports.renderer("markdown")(report)


def test_a_suggestion_is_worded_in_english() -> None:
    wrong = specimen.TABLES["organisations"].replace("48.1147", "48.11470")
    report = engine.run(specimen.register(organisations=wrong), TODAY)
    text = reports.renderer("suggestions")(frame.in_english(report, TITLES))
    assert "`48.11470` is written `48.1147`" in text


def test_a_cited_cell_cannot_close_its_english_quotation() -> None:
    assert frame.quoted("« a ” b » is wrong.") == '“a " b” is wrong.'


@pytest.mark.parametrize("number", [0, 1, 2, 12_345])
def test_numbers_agree_as_each_language_counts(number: int) -> None:
    said = {0: ("0 ligne", "0 lines"), 1: ("1 ligne", "1 line"), 2: ("2 lignes", "2 lines")}
    expected = said.get(number, ("12\u202f345 lignes", "12,345 lines"))
    assert tuple(frame.Frame(x).count(number, "line") for x in frame.LANGUAGES) == expected


def test_every_slip_has_its_english_words() -> None:
    text = Path(slips.__file__).read_text("utf-8")
    words = set(
        re.findall(r'(?:Slip\(.*|, |words = |else )"([a-zé][^"]+ [^"]+)"\)?,?$', text, re.M)
    )
    words |= {w for _, w in slips._ATTEMPTS}
    assert words <= slips._ENGLISH.keys()
    assert len(words) > 8


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00", b"PK\x03\x04x", b"a;b\n", b"a,a\n", b"a,c\n", b"x,y\n", b"a,b\n1\n",
        b"a,b\n1\n2,3\n", b"a,b\n1,2,3\n", b"a,b\n\n1,2\n", b"a,b\n1,2", b"a,b\n\xe9,2\n",
        b'a,b\n"1,2\n', b"a,b\n1,2\r3\n", b"<p>\n", b"{}\n", b"<<<<<<< x\n", b"a,b\n=======\n",
        b"a" * 500_000, b"a,b\n" + b"1" * 100_001 + b",2\n",
    ],
)  # fmt: skip
def test_an_unreadable_file_is_explained_in_english(content: bytes) -> None:
    with pytest.raises(Malformed) as problem:
        intake.parse(content, "data/t.csv", ("a", "b"))
    (finding,) = problem.value.findings
    assert ENGLISH.search(own_words(finding.english))
    assert not FRENCH.search(own_words(finding.english))


def test_the_command_takes_a_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = specimen.TABLES["organisations"].replace("Rennes Métropole,MET", "Rennes Métropole,met")
    write(tmp_path, specimen.files(organisations=wrong))
    command = ["validate", "--depot", str(tmp_path), "--langue", "en"]
    assert cli.main(command) == 1
    assert capsys.readouterr().out == (
        "ERROR   Value out of the list [valeur-permise]: 1 case\n"
        "  - data/organisations.csv, line 5, column “type” (Rennes Métropole): “met” is not in the"
        " list of allowed values: write “MET”.\n\n18 tables, 33 lines: 1 error.\n"
    )
    assert cli.main([*command, "organisation"]) == 2
    seen = capsys.readouterr().err
    assert seen == "unknown table: “organisation”; did you mean “organisations”?\n"
