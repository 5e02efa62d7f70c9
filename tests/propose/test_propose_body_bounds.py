"""The text of a request whatever the input: its size, its links and its HTML stay ours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from propose_literals import (
    DIRECTORY,
    DOUBT,
    EVIDENCE,
    NAMES,
    PLAN,
    PORTAL,
    counted,
    entry,
    proposal,
)

from observatoire.plan import Addition, Doubt, Edit, Plan, Possible
from observatoire.propose.body import Report
from observatoire.propose.choices import Choice
from observatoire.propose.proposal import Evidence, Names

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HUGE = "@all /merge ![x](javascript:alert(1)) `|` <b>" * 20_000


def huge(rows: int) -> Plan:
    keys = [(f"{n:09}", "data-gouv-fr", HUGE[:300]) for n in range(rows)]
    return Plan(
        source="datagouv",
        additions=tuple(a for n in range(rows) for a in entry(f"{n:09}", HUGE[:400], HUGE[:50])),
        edits=tuple(
            Edit("publications", k, f, HUGE[:500], HUGE[:600])
            for k in keys
            for f in ("url", "nom", "statut", "nb_jeux")
        ),
        doubts=tuple(
            Doubt("p", str(n), HUGE[:500], f"{n:09}", HUGE[:500], 0.5, HUGE[:500])
            for n in range(rows)
        ),
        left=tuple((HUGE[:500], f"{n} {HUGE[:500]}") for n in range(rows)),
        anomalies=tuple(f"{n} {HUGE[:1000]}" for n in range(rows)),
    )


@pytest.mark.parametrize("limit", [25_000, 65_536, 1_048_576])
def test_a_body_stays_under_the_limit_whatever_the_input(limit: int) -> None:
    plan = huge(400)
    body = proposal(plan, limit).body
    assert len(body.encode()) + 400 <= limit
    if limit < 1_000_000:
        assert "ne sont pas montrées ici : les fichiers modifiés ont tout.*" in body
        assert len(body.encode()) > limit / 2


def test_questions_and_answers_are_whole_where_tables_must_be_cut() -> None:
    rows = tuple(counted((f"{n:09}", "p", "a" * 90), "1", str(n)) for n in range(2000))
    doubts = tuple(replace(DOUBT, identifiant=str(n)) for n in range(50))
    answers = tuple(Choice(replace(DOUBT, identifiant=f"d{n}"), n % 2 == 0) for n in range(50))
    plan = Plan("datagouv", edits=rows, doubts=doubts)
    body = Report(plan, NAMES, EVIDENCE, choices=answers).proposal({}, 65_536).body
    assert body.count("<!-- choix=") == 100
    assert "ne sont pas montrées ici : les fichiers modifiés ont tout.*" in body


def test_a_hostile_title_stays_on_one_bounded_line() -> None:
    evidence = Evidence("a\nb @all " + "x" * 500, "2026-01-05", 1, "0")
    title = Report(PLAN, NAMES, evidence).proposal({}, 65_536).title
    assert "\n" not in title
    assert len(title) <= 240


NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["@all", "/merge", "`", "|", "~~", "<b>", "-->", "![x](y)", "](http://e.vil)", "\n/close\n"]
    ),
)
EDITS = st.builds(
    Edit,
    st.sampled_from(["organisations", "publications", "plateformes", "autre"]),
    st.tuples(NASTY, NASTY, NASTY),
    st.sampled_from(["url", "nom", "statut", "nb_jeux", "identifiant"]),
    NASTY,
    NASTY,
)
POSSIBLES = st.lists(st.builds(Possible, NASTY, NASTY, NASTY, NASTY, NASTY), max_size=2).map(tuple)
SURE = st.floats(0, 1)
DOUBTS = st.builds(
    Doubt, NASTY, NASTY, NASTY, NASTY, NASTY, SURE, NASTY, NASTY, possibles=POSSIBLES
)
PLANS = st.builds(
    Plan,
    st.just("datagouv"),
    additions=st.lists(
        st.builds(
            Addition,
            st.sampled_from(["organisations", "publications", "plateformes", "autre"]),
            st.tuples(NASTY, NASTY, NASTY),
            st.fixed_dictionaries({"nom": NASTY, "type": NASTY, "url": NASTY, "nb_jeux": NASTY}),
            NASTY,
        ),
        max_size=3,
    ).map(tuple),
    edits=st.lists(EDITS, max_size=4).map(tuple),
    doubts=st.lists(DOUBTS, max_size=3).map(tuple),
    left=st.lists(st.tuples(NASTY, NASTY), max_size=2).map(tuple),
    anomalies=st.lists(NASTY, max_size=2).map(tuple),
)


@settings(max_examples=100, deadline=None)
@given(PLANS, NASTY, NASTY)
def test_a_body_from_hostile_sources_has_only_our_links_and_our_html(
    plan: Plan, name: str, page: str
) -> None:
    names = Names(
        organisations={"213500010": (name, name)},
        departements={name: name},
        plateformes={"data-gouv-fr": (name, PORTAL)},
        pages={("data-gouv-fr", name): page},
    )
    body = Report(plan, names, EVIDENCE).proposal({}, 65_536).body
    assert not any(line.lstrip().startswith("/") for line in body.splitlines())
    tokens = [t for token in MARKDOWN.parse(body) for t in (token, *(token.children or ()))]
    assert "image" not in {t.type for t in tokens}
    for token in tokens:
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith((f"{PORTAL}/", f"{DIRECTORY}/"))
        if token.type == "html_block":
            first = token.content.splitlines()[0]
            assert first in {"<details>", "</details>"}, token.content
        if token.type == "html_inline":
            assert token.content.startswith("<!-- choix="), token.content
        if token.type == "text":
            assert "@" not in token.content
