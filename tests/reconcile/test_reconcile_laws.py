"""The laws of the merge, over generated harvests, registers, locks and refusals."""

from __future__ import annotations

import random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from reconcile_literals import (
    ACIGNE,
    ALBI,
    MONTLUEL,
    REFERENCE,
    SOURCE,
    TODAY,
    account,
    body,
    decision,
    harvest,
    publication,
    register,
)

from observatoire.files import Overlay
from observatoire.plan import Plan
from observatoire.reconcile import apply, plan
from observatoire.reconcile.merge import FIELDS, merge
from observatoire.register import Register
from observatoire.table import Table

NAMES = {"a": (ACIGNE, "Acigné"), "b": (ALBI, "Albi"), "c": (MONTLUEL, "Montluel")}
URLS = ["", "https://x.fr/1", "https://x.fr/2", "https://x.fr/3"]
COUNTS = ["", "1", "2", "3"]
DAYS = ["", "2026-01-01", "2026-04-01", "2026-08-01"]
ORIGINS = ["moisson", "reprise", "manuel"]
CELLS = {
    "nb_jeux": st.sampled_from(COUNTS),
    "nb_reutilisations": st.sampled_from(COUNTS),
    "derniere_mise_a_jour": st.sampled_from(DAYS),
    "url": st.sampled_from(URLS),
    "statut": st.sampled_from(["publie", "vide"]),
}


class World(NamedTuple):
    base: list[dict[str, str]]
    theirs: list[dict[str, str]]
    tables: dict[str, list[dict[str, str]]]

    def register(self) -> Register:
        return register(**self.tables, moissons=self.base)

    def plan(self) -> Plan:
        return planned(self.register(), harvest(*self.theirs))


def planned(before: Register, theirs: Table) -> Plan:
    base = before.table(f"moissons/{SOURCE}")
    return plan(SOURCE, base, theirs, before, REFERENCE, TODAY)


def applied(before: Register, found: Plan, theirs: Table) -> Register:
    return Register(Overlay(before.files, apply(before, found, theirs)))


@st.composite
def accounts(draw):
    chosen = draw(st.sets(st.sampled_from("abc")))
    return [
        account(
            i,
            NAMES[i][1],
            siren_declare=draw(st.sampled_from(["", NAMES[i][0]])),
            **{c: draw(s) for c, s in CELLS.items()},
        )
        for i in sorted(chosen)
    ]


@st.composite
def worlds(draw, names=st.just):
    """``names`` gives what the register may call the account ``i``."""
    lines = [
        publication(NAMES[i][0], draw(names(i)), **{c: draw(s) for c, s in CELLS.items()})
        | {"origine": draw(st.sampled_from(ORIGINS))}
        for i in sorted(draw(st.sets(st.sampled_from("abc"))))
    ]
    keys = [f"{NAMES[i][0]} data-gouv-fr {i}" for i in "abc"]
    locked = draw(st.sets(st.tuples(st.sampled_from(keys), st.sampled_from([*FIELDS, "*"]))))
    refused = draw(
        st.sets(
            st.tuples(st.sampled_from(keys), st.just("nb_jeux"), st.sampled_from(COUNTS[1:]))
            | st.tuples(st.sampled_from(keys), st.just("*"), st.just("*"))
        )
    )
    decided = draw(st.sets(st.sampled_from("abc")))
    tables = {
        "organisations": [body(p["siren"], "Nom") for p in lines],
        "publications": lines,
        "verrous": [
            {"table": "publications", "cle": k, "champ": c, "motif": "m", "statut": "actif"}
            for k, c in sorted(locked)
        ],
        "refus": [
            {"table": "publications", "cle": k, "champ": c, "valeur": v, "date": TODAY}
            for k, c, v in sorted(refused)
        ],
        "rapprochements": [
            decision(i, NAMES[i][0], draw(st.sampled_from(["acceptee", "automatique", "refusee"])))
            for i in sorted(decided)
        ],
    }
    return World(draw(accounts()), draw(accounts()), tables)


@given(worlds())
def test_nothing_new_from_the_source_moves_no_cell_whatever_people_did(world):
    before = world.register()
    known = {r["identifiant"] for r in world.tables["publications"]}
    accepted = {r["identifiant"] for r in world.tables["rapprochements"]}
    same = [r for r in world.base if r["identifiant"] in known]
    found = plan(SOURCE, harvest(*same), harvest(*same), before, REFERENCE, TODAY)
    assert (found.edits, found.conflicts, found.anomalies) == ((), (), ())
    assert all(a.key[2] in accepted for a in found.additions if a.table == "publications")


def old_names(i):
    """An old register knows an account by its id, by its slug, by nothing, or by a lost id."""
    return st.sampled_from([i, f"{i}-slug", "", "perdu"])


@given(worlds(old_names))
def test_applying_then_planning_again_proposes_nothing(world):
    before, theirs = world.register(), harvest(*world.theirs)
    after = applied(before, planned(before, theirs), theirs)
    again = planned(after, theirs)
    assert (again.additions, again.edits, again.conflicts, again.matches) == ((), (), (), ())
    assert not any(
        after.files.read(path) != content for path, content in apply(after, again, theirs).items()
    )


@given(worlds())
def test_a_cell_that_a_person_moved_survives(world):
    before, theirs = world.register(), harvest(*world.theirs)
    after = applied(before, planned(before, theirs), theirs).keyed("publications")
    base = {r["identifiant"]: r for r in world.base}
    for key, line in before.keyed("publications").items():
        said = base.get(key[2])
        for mine, theirs_name in FIELDS.items():
            if said is not None and line[mine] != said[theirs_name]:
                assert after[key][mine] == line[mine]


@given(worlds())
def test_only_the_cells_of_the_plan_change(world):
    before, theirs = world.register(), harvest(*world.theirs)
    found = planned(before, theirs)
    after = applied(before, found, theirs)
    edited = {(e.key, e.field): e.after for e in found.edits}
    added = {a.key for a in found.additions if a.table == "publications"}
    was, now = before.keyed("publications"), after.keyed("publications")
    assert set(now) == set(was) | added
    for key, line in was.items():
        follows = {"origine"} if any(k == key for k, _ in edited) else set()
        for field, cell in now[key].items():
            if field not in follows:
                assert cell == edited.get((key, field), line[field])


@given(worlds(old_names))
def test_no_line_is_ever_lost_and_no_account_has_two(world):
    before, theirs = world.register(), harvest(*world.theirs)
    found = planned(before, theirs)
    after = applied(before, found, theirs).table("publications")
    new = sum(a.table == "publications" for a in found.additions)
    assert len(after) == len(before.table("publications")) + new
    accounts_of = list(zip(*map(after.column, ("plateforme", "identifiant")), strict=True))
    filled = [k for k in accounts_of if k[1] not in ("", "perdu")]
    assert len(filled) == len(set(filled))


@given(worlds(old_names))
def test_a_locked_cell_never_moves_and_a_refused_value_is_never_written(world):
    found = world.plan()
    locks = {(r["cle"], r["champ"]) for r in world.tables["verrous"]}
    refused = {(r["cle"], r["champ"], r["valeur"]) for r in world.tables["refus"]}
    asked = [(c.key, c.field, c.theirs) for c in found.conflicts]
    for key, field, value in asked + [(e.key, e.field, e.after) for e in found.edits]:
        text = " ".join(key)
        assert not {(text, field), (text, "*")} & locks
        assert (text, field, value) not in refused
    for addition in found.additions:
        assert (" ".join(addition.key), "*", "*") not in refused


@given(worlds())
def test_a_question_is_only_asked_where_both_sides_moved_differently(world):
    before = world.register()
    based = {r["identifiant"] for r in world.base}
    for c in planned(before, harvest(*world.theirs)).conflicts:
        assert c.ours != c.theirs != ""
        assert c.base != c.theirs
        line = before.keyed("publications")[c.key]
        assert c.ours == line[c.field]
        assert c.base != c.ours or c.key[2] not in based


@given(worlds(old_names), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(world, rng):
    found = world.plan()
    tables = {n: shuffled(rows, rng) for n, rows in world.tables.items()}
    other = World(shuffled(world.base, rng), shuffled(world.theirs, rng), tables)
    assert other.plan() == found
    one = apply(world.register(), found, harvest(*world.theirs))
    assert apply(other.register(), found, harvest(*other.theirs)) == one


def shuffled(rows: list[dict[str, str]], rng: random.Random) -> list[dict[str, str]]:
    return rng.sample(rows, len(rows))


@given(worlds(), accounts())
@settings(max_examples=50)
def test_the_order_of_sources_changes_nothing(world, accounts_of_rennes):
    theirs = harvest(*world.theirs)
    other = harvest(*({**r, "plateforme": "rennes"} for r in accounts_of_rennes))

    def second(before: Register) -> Register:
        found = plan("autre", harvest(), other, before, REFERENCE, TODAY)
        return Register(Overlay(before.files, apply(before, found, other)))

    def first(before: Register) -> Register:
        return applied(before, planned(before, theirs), theirs)

    one, two = second(first(world.register())), first(second(world.register()))
    assert one.names() == two.names()
    for name in one.names():
        assert one.table(name) == two.table(name), name


@given(st.sampled_from(COUNTS), st.sampled_from(COUNTS), st.lists(st.sampled_from(COUNTS)))
def test_over_many_harvests_a_person_s_value_is_never_lost(first, human, harvests):
    """A person writes a value once; whatever the source then says, it stays or was asked about."""
    base, ours = first, human
    for said in harvests:
        theirs = said or base
        outcome = merge("nb_jeux", base, ours, theirs, ("a", "moisson"))
        if outcome == "edit":
            assert ours in (base, "") or base == ""
            ours = theirs
        base = theirs
