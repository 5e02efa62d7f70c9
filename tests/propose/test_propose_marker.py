"""The hidden line of a request: what it names, and what it does not depend on."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from propose_literals import ACIGNE, CONFLICT, DOUBT, PLAN, counted, entry

from observatoire.plan import Plan
from observatoire.propose import marker
from observatoire.propose.marker import Marker, key_of

LINE = Marker("moisson-datagouv", "sha256:ab", "sha256:cd")


def test_the_line_is_read_back() -> None:
    body = f"du texte\n\n{LINE.line()}\n"
    assert marker.read(body) == LINE
    assert LINE.line() == (
        "<!-- observatoire v1 sujet=moisson-datagouv cle=sha256:ab empreinte=sha256:cd -->"
    )


def test_a_line_quoted_in_a_text_is_not_read() -> None:
    other = replace(LINE, key="sha256:00")
    assert marker.read(f"| `{other.line()}` |\n\n{LINE.line()}\n") == LINE
    assert marker.read(f"- nom : `{other.line()}`") is None
    assert marker.read("") is None


def test_the_last_line_is_the_bot_s() -> None:
    assert marker.read(f"{replace(LINE, key='sha256:00').line()}\n{LINE.line()}") == LINE


@settings(max_examples=30)
@given(st.permutations(PLAN.additions), st.permutations(PLAN.edits))
def test_the_key_does_not_depend_on_the_order(additions: list, edits: list) -> None:  # type: ignore[type-arg]
    assert key_of(replace(PLAN, additions=tuple(additions), edits=tuple(edits))) == key_of(PLAN)


def test_the_key_depends_on_the_proposed_cells_only() -> None:
    silent = replace(PLAN, left=(), anomalies=("x",), matches=(("a", "b", "c", "d"),), date="")
    assert key_of(silent) == key_of(PLAN)
    assert key_of(replace(PLAN, doubts=(), conflicts=())) == key_of(PLAN)
    assert key_of(replace(PLAN, edits=PLAN.edits[:2])) != key_of(PLAN)
    one, two = (Plan("s", edits=(counted(ACIGNE, "1", after),)) for after in ("2", "3"))
    assert key_of(one) != key_of(two)
    before = Plan("s", edits=(counted(ACIGNE, "0", "2"),))
    assert key_of(before) == key_of(one)


def test_a_new_body_with_one_dataset_more_is_the_same_proposal() -> None:
    one = Plan("s", additions=entry("1", "A", "35"))
    body, account = one.additions
    more = replace(one, additions=(body, replace(account, row={**account.row, "nb_jeux": "5"})))
    assert key_of(more) == key_of(one)


def test_questions_count_when_nothing_else_is_proposed() -> None:
    keys = {key_of(Plan("s", doubts=(DOUBT,))), key_of(Plan("s", conflicts=(CONFLICT,)))}
    keys |= {key_of(Plan("s", absents=(ACIGNE,))), key_of(Plan("s", revenus=(ACIGNE,)))}
    assert len(keys | {key_of(Plan("s"))}) == 5


def test_an_absence_does_not_make_another_proposal_of_changes() -> None:
    edits = (counted(ACIGNE, "1", "2"),)
    assert key_of(Plan("s", edits=edits)) == key_of(Plan("s", edits=edits, absents=(ACIGNE,)))
