"""The pipelines of a request, a night, an hour, a version and its tag, run for real."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pipeline_yard import TABLE, Ran, Yard, environment

from observatoire import cli
from observatoire.screen import Screen


def test_a_mistake_fails_the_request_and_each_report_says_where(mistaken: Ran) -> None:
    assert not mistaken.passed
    assert "213502389" in mistaken.artifact("validate", "rapport/rapport.md")
    (first, *_) = json.loads(mistaken.artifact("validate", "rapport/qualite.json"))
    assert first["location"]["path"] == TABLE
    suites = ElementTree.fromstring(mistaken.artifact("validate", "rapport/junit.xml"))  # noqa: S314
    assert sum(int(suite.attrib["failures"]) for suite in suites.iter("testsuite")) > 0


def test_a_mistake_lets_no_site_be_built(mistaken: Ran) -> None:
    assert not (mistaken.artifacts / "preview").exists()


def test_once_corrected_it_passes_and_shows_the_site(corrected: Ran) -> None:
    assert corrected.passed, corrected.said
    pages = (corrected.artifacts / "preview/apercu").rglob("*.html")
    assert any("Ville de Rennes" in page.read_text("utf-8") for page in pages)


def test_a_night_harvests_in_four_parts_and_proposes(yard: Yard, night: Ran) -> None:
    assert night.passed, night.said
    assert {f"harvest [{n}]" for n in range(1, 5)} <= {
        name.replace(":", "") for name in night.started
    }
    made = {r.source: r.body for r in yard.fictive.store.requests}
    assert {"bot-moisson-datagouv", "bot-moisson-opendatasoft"} <= set(made)
    assert "Saint-Denis" in made["bot-moisson-datagouv"]


def test_a_night_rewrites_the_dashboard(yard: Yard, night: Ran) -> None:
    assert night.passed, night.said
    (issue,) = yard.fictive.store.issues
    assert "data.gouv.fr" in issue.body


def test_an_hour_judges_what_forks_propose(yard: Yard, hour: tuple[Ran, str]) -> None:
    ran, sha = hour
    (made,) = [r for r in yard.fictive.store.requests if r.fork == "anne"]
    assert ran.started >= {"relecture", "contribution", "signalements"}
    assert "213502389" in made.notes[0].body
    assert [s.state for s in yard.fictive.store.statuses[sha]] == ["failed"]


def test_a_mistake_in_a_request_breaks_no_schedule(hour: tuple[Ran, str]) -> None:
    ran, _ = hour
    assert ran.passed, ran.said


def test_a_version_is_made_by_hand_and_its_tag_puts_the_site_online(
    version: tuple[Ran, Ran, str],
) -> None:
    made, shown, name = version
    assert made.passed, made.said
    assert shown.passed, shown.said
    assert name in shown.artifact("pages", "public/index.html")


def test_a_file_that_somebody_replaced_is_found(
    yard: Yard, version: tuple[Ran, Ran, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment("gitlab", yard.fictive).items():
        monkeypatch.setenv(name, value)
    assert verified(yard)[0] == 0
    (package,) = yard.fictive.store.packages.values()
    (archive,) = [file for file in package if file.name == "registre.zip"]
    package.append(replace(archive, content=b"un autre"))
    status, said = verified(yard)
    package.pop()
    assert status == 1
    assert said.count("ce que l'on télécharge n'est pas") == 1
    assert "registre.zip" in said


def verified(yard: Yard) -> tuple[int, str]:
    out = io.StringIO()
    words = ["release", "--verifier", "--depot", str(yard.clone.path)]
    return cli.execute(Screen(out, out), words), out.getvalue()
