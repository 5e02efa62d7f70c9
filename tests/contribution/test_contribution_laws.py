"""Laws: any edits, through Datami's rewriting and a stale page, come back as exactly these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from datami_visitor import FILE, ORGANISATIONS, content, save
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import intake
from observatoire.contribution.examine import examine
from observatoire.contribution.model import Contribution, Rules, Version
from observatoire.contribution.tidy import tidy
from observatoire.model import Key, Malformed
from observatoire.table import Table

RULES = Rules("organisations", FILE, ORGANISATIONS)
FIELDS = [n for n in ORGANISATIONS.columns if n != "siren"]
NOTHING = {"undefined", "null", "NaN"}

words = st.text("aéÈœ ,;.'’-0179()&", max_size=8).map(lambda t: " ".join(t.split()))
texts = words.filter(lambda t: t not in NOTHING)
values = {
    "nom": texts.filter(bool) | st.sampled_from(["7", "07", "007", "0"]),
    "departement": st.sampled_from(["", "01", "2A", "35", "974"]),
    "latitude": st.sampled_from(["", "0", "48.1", "-1.6794", "43.1450099", "3"]),
    "nb_jeux": st.integers(0, 10**6).map(str) | st.just(""),
    "thematiques": st.sampled_from(["", "Culture", "Culture|Social", "Eau, gaz|Énergie"]),
    "statut": st.sampled_from(["actif", "cesse", "a_verifier"]),
}
sirens = st.integers(0, 40).map(lambda n: f"{n * 7_919_357:09d}")
rows = st.fixed_dictionaries(values)
tables = st.dictionaries(sirens, rows, min_size=1, max_size=8)
Rows = Mapping[str, Mapping[str, str]]


def built(rows: Rows) -> Table:
    return Table(
        ORGANISATIONS.columns, [(k, *(r[f] for f in FIELDS)) for k, r in sorted(rows.items())]
    )


def seen(
    saved: bytes, versions: Sequence[Rows], current: Rows, rules: Rules = RULES
) -> Contribution:
    history = [Version(str(i), content(built(v))) for i, v in enumerate(versions)]
    return examine(saved, history, built(current), rules, "essai")


@st.composite
def visits(draw: st.DrawFn) -> tuple[Rows, dict[tuple[Key, str], str], list[dict[str, str]]]:
    """A file, edits that change something in it, rows to add under new keys."""
    opened = draw(tables)
    cells = st.tuples(st.sampled_from(sorted(opened)), st.sampled_from(FIELDS))
    edits = {}
    for key, field in draw(st.lists(cells, max_size=5, unique=True)):
        after = draw(values[field])
        if after != opened[key][field]:
            edits[(key,), field] = after
    added = []
    for key in draw(st.lists(sirens, max_size=2, unique=True)):
        if key not in opened:
            names = draw(st.sets(st.sampled_from(FIELDS)))
            added.append({"siren": key} | {n: draw(values[n]) for n in FIELDS if n in names})
    return opened, edits, added


@settings(max_examples=100, deadline=None)
@given(visits())
def test_any_edits_and_new_rows_come_back_as_exactly_these(
    visit: tuple[Rows, dict[tuple[Key, str], str], list[dict[str, str]]],
) -> None:
    opened, edits, added = visit
    found = seen(save(content(built(opened)), edits, added), [opened], opened)
    assert {(e.key, e.field): e.after for e in found.edits} == edits
    assert all(e.before == opened[e.key[0]][e.field] for e in found.edits)
    assert {a.key: {c: v for c, v in a.row.items() if v} for a in found.additions} == {
        (r["siren"],): {c: v for c, v in r.items() if v} for r in added
    }
    assert (found.conflicts, found.deletions, found.findings) == ((), (), ())


@settings(max_examples=100, deadline=None)
@given(visits(), st.data())
def test_a_stale_page_gives_the_same_edits_and_reverts_nothing(
    visit: tuple[Rows, dict[tuple[Key, str], str], list[dict[str, str]]], data: st.DataObject
) -> None:
    opened, edits, added = visit
    touched = {k[0] for k, _ in edits} | {r["siren"] for r in added}
    history = [opened]
    for _ in range(data.draw(st.integers(1, 3))):
        moved = data.draw(st.dictionaries(sirens, rows, max_size=3))
        history.append(dict(history[-1]) | {k: r for k, r in moved.items() if k not in touched})
    current = history[-1]
    found = seen(save(content(built(opened)), edits, added), history[::-1], current)
    assert {(e.key, e.field): e.after for e in found.edits} == edits
    assert {a.key[0] for a in found.additions} == {r["siren"] for r in added}
    assert (found.conflicts, found.deletions, found.findings) == ((), (), ())
    after = intake.parse(tidy(built(current), ORGANISATIONS, found), FILE).by("siren")
    kept = {k: r for (k,), r in after.items() if k not in touched}
    assert kept == {k: {"siren": k, **r} for k, r in current.items() if k not in touched}


@settings(max_examples=60, deadline=None)
@given(visits())
def test_the_tidy_file_is_found_again_with_the_same_edits(
    visit: tuple[Rows, dict[tuple[Key, str], str], list[dict[str, str]]],
) -> None:
    opened, edits, added = visit
    first = seen(save(content(built(opened)), edits, added), [opened], opened)
    once = tidy(built(opened), ORGANISATIONS, first)
    again = seen(once, [opened], opened)
    assert set(again.edits) == set(first.edits)
    assert {a.key: a.row for a in again.additions} == {a.key: a.row for a in first.additions}
    assert again.dropped == ()
    assert tidy(built(opened), ORGANISATIONS, again) == once
    assert tidy(intake.parse(once, FILE), ORGANISATIONS, first) == once


@settings(max_examples=60, deadline=None)
@given(tables, tables)
def test_a_page_saved_without_an_edit_changes_nothing(opened: Rows, later: Rows) -> None:
    current = {**opened, **later}
    found = seen(save(content(built(opened))), [current, opened], current)
    assert (found.edits, found.additions, found.conflicts, found.findings) == ((), (), (), ())


@settings(max_examples=100, deadline=None)
@given(visits(), rows)
def test_a_cell_that_both_moved_is_a_question_and_never_an_overwrite(
    visit: tuple[Rows, dict[tuple[Key, str], str], list[dict[str, str]]], theirs: Rows
) -> None:
    opened, edits, _ = visit
    current = {k: {**r, **theirs} if ((k,), "nom") in edits else r for k, r in opened.items()}
    found = seen(save(content(built(opened)), edits), [opened], current)
    result = {(e.key, e.field): e.after for e in found.edits}
    asked = {(c.key, c.field): (c.base, c.ours, c.theirs) for c in found.conflicts}
    for (key, field), after in edits.items():
        base, now = opened[key[0]][field], current[key[0]][field]
        if now == base:
            assert result.pop((key, field)) == after
        elif now != after:
            assert asked.pop((key, field)) == (base, now, after)
    assert (result, asked) == ({}, {})


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text('siren,nom"\n;1\r\t', max_size=200).map(str.encode))
def test_garbage_is_refused_in_words_or_gives_findings_never_a_crash(garbage: bytes) -> None:
    opened = {"213500010": dict.fromkeys(FIELDS, "1")}
    for data in (garbage, content(built(opened)) + garbage):
        try:
            found = seen(data, [opened], opened)
        except Malformed as refusal:
            said = str(refusal)
        else:
            said = intake.parse(tidy(built(opened), ORGANISATIONS, found), FILE).rows
        assert said
