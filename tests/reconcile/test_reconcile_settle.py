"""A new harvest set beside the committed one: silence, absence, outages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reconcile_literals import TODAY, account, harvest

from observatoire.settle import settle

COLUMNS = harvest().columns


def lines(settled):
    return {k[1]: r for k, r in settled.lines.items()}


def many(count, **cells):
    return [account(f"c{i:02}", f"Commune {i}", **cells) for i in range(count)]


def test_a_missing_publisher_keeps_its_line_with_the_day_it_was_first_missed():
    found = settle(harvest(*many(10)), harvest(*many(9)), TODAY)
    assert lines(found)["c09"] == account("c09", "Commune 9", absent_depuis=TODAY)
    assert not found.incomplete


def test_the_first_day_of_an_absence_is_never_moved():
    base = harvest(*many(9), account("z", "Z", absent_depuis="2026-11-01"))
    assert lines(settle(base, harvest(*many(9)), TODAY))["z"]["absent_depuis"] == "2026-11-01"


def test_after_the_grace_period_the_publisher_has_gone():
    base = harvest(*many(9), account("z", "Z", absent_depuis="2026-10-21"))
    kept = lines(settle(base, harvest(*many(9)), "2026-11-19"))["z"]
    gone = lines(settle(base, harvest(*many(9)), "2026-11-20"))["z"]
    assert (kept["statut"], gone["statut"]) == ("publie", "disparu")


def test_a_publisher_that_comes_back_is_present_at_once():
    base = harvest(*many(9), account("z", "Z", absent_depuis="2026-01-01", statut="disparu"))
    found = lines(settle(base, harvest(*many(9), account("z", "Z")), TODAY))["z"]
    assert found == account("z", "Z")


def test_a_platform_that_answers_nothing_loses_nobody():
    base = harvest(account("a", "A"), account("r", "R", plateforme="rennes"))
    found = settle(base, harvest(account("a", "A")), TODAY)
    assert lines(found)["r"]["absent_depuis"] == ""
    assert found.incomplete == {"rennes": (1, 1)}


def test_a_platform_that_loses_too_many_at_once_loses_nobody():
    found = settle(harvest(*many(20)), harvest(*many(14)), TODAY)
    assert not any(r["absent_depuis"] for r in found.lines.values())
    assert found.incomplete == {"data-gouv-fr": (6, 20)}


def test_lines_already_absent_do_not_make_an_answer_incomplete():
    base = harvest(*many(6, absent_depuis="2026-11-01"), account("z", "Z"))
    assert settle(base, harvest(account("z", "Z")), TODAY).incomplete == {}


def test_a_cell_that_the_source_stops_giving_keeps_its_last_value():
    base = harvest(account("a", "A", nb_reutilisations="4", nb_telechargements="9"))
    found = lines(settle(base, harvest(account("a", "A", nb_jeux="", url="")), TODAY))["a"]
    assert (found["nb_jeux"], found["nb_reutilisations"]) == ("3", "4")
    assert found["url"] == base.column("url")[0]
    assert found["nb_telechargements"] == ""


def test_a_portal_updated_every_day_is_not_news_every_day():
    base = harvest(account("a", "A", derniere_mise_a_jour="2026-01-01"))

    def after(day):
        theirs = harvest(account("a", "A", derniere_mise_a_jour=day))
        return lines(settle(base, theirs, TODAY))["a"]["derniere_mise_a_jour"]

    assert after("2026-01-30") == "2026-01-01"
    assert after("2026-01-31") == "2026-01-31"
    assert after("2025-12-31") == "2025-12-31"


ROWS = st.lists(
    st.builds(
        account,
        st.sampled_from("abcdefgh"),
        st.just("Nom"),
        plateforme=st.sampled_from(["data-gouv-fr", "rennes"]),
        nb_jeux=st.sampled_from(["", "1", "2"]),
        derniere_mise_a_jour=st.sampled_from(["", "2026-01-01", "2026-01-20", "2026-03-01"]),
        absent_depuis=st.sampled_from(["", "", "2026-09-01", "2026-11-10"]),
    ),
    unique_by=lambda r: (r["plateforme"], r["identifiant"]),
    max_size=10,
).map(lambda rows: harvest(*rows))
FRESH = ROWS.map(lambda t: harvest(*({**r, "absent_depuis": ""} for r in t.records())))


@given(ROWS, FRESH)
def test_settling_twice_is_settling_once(base, theirs):
    once = settle(base, theirs, TODAY).table(COLUMNS)
    assert settle(base, once, TODAY).table(COLUMNS) == once
    assert settle(once, theirs, TODAY).table(COLUMNS) == once


@given(ROWS, FRESH)
def test_no_publisher_is_ever_lost(base, theirs):
    found = settle(base, theirs, TODAY).lines
    assert set(found) == {*base.by("plateforme", "identifiant")} | {
        *theirs.by("plateforme", "identifiant")
    }
