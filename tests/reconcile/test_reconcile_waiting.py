"""A plan taken bit by bit ends where the whole plan ends: what waits comes back, all of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from reconcile_literals import (
    ACIGNE,
    ALBI,
    MONTLUEL,
    SOURCE,
    account,
    body,
    decision,
    harvest,
    publication,
    register,
)
from test_reconcile_laws import NAMES, URLS, World, applied, old_names, planned, worlds

from observatoire.plan import Addition, Edit, Plan
from observatoire.propose.share import limit, volatile

TABLES = ("organisations", "publications")


def size(found: Plan) -> int:
    return len({(c.table, c.key) for c in (*found.additions, *found.edits)})


@st.composite
def busy(draw):
    """Worlds in which the source moves what it said of most bodies, or brings them."""
    counts = st.sampled_from(["1", "2", "3"])
    base, theirs, lines = [], [], []
    for i, (siren, nom) in NAMES.items():
        said = account(i, nom, siren_declare=siren, nb_jeux=draw(counts))
        theirs.append({**said, "nb_jeux": draw(counts), "url": draw(st.sampled_from(URLS))})
        if draw(st.booleans()):
            base.append(said)
            name = draw(st.sampled_from([i, "", "perdu"]))
            lines.append(publication(siren, name, nb_jeux=said["nb_jeux"], url=said["url"]))
    return World(base, theirs, {"publications": lines})


@given(worlds(old_names) | busy(), st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_bit_by_bit_is_all_at_once(world, lines):
    before, theirs = world.register(), harvest(*world.theirs)
    at_once = applied(before, planned(before, theirs), theirs)
    for _ in range(4):
        part = limit(planned(before, theirs), lines)
        one_body = {c.key[0] for c in (*part.additions, *part.edits)}
        assert size(part) <= lines or len(one_body) == 1
        before = applied(before, part, theirs)
    assert size(planned(before, theirs)) == 0
    for name in TABLES:
        assert before.table(name) == at_once.table(name)


def test_a_line_that_a_person_keeps_under_another_id_waits_with_its_account():
    kept = publication(ALBI, "b-slug", nb_jeux="1", origine="reprise")
    lines = [publication(ACIGNE, "a", nb_jeux="1"), kept]
    matches = [decision("a", ACIGNE, "automatique"), decision("b", ALBI, "automatique")]
    said = [account("a", "Acigné", nb_jeux="1"), account("b", "Albi", nb_jeux="1")]
    before = register(publications=lines, rapprochements=matches, moissons=said)
    theirs = harvest(*({**row, "nb_jeux": "7"} for row in said))
    for _ in range(2):
        part = limit(planned(before, theirs), 1)
        before = applied(before, part, theirs)
    assert before.table("publications").column("nb_jeux") == ["7", "7"]


@given(worlds(old_names) | busy())
@settings(deadline=None)
def test_what_waits_is_as_if_the_source_had_said_nothing(world):
    before, theirs = world.register(), harvest(*world.theirs)
    part = limit(planned(before, theirs), 1)
    after = applied(before, part, theirs)
    late = {key[1:] for key in part.waiting}
    bodies = {key[0] for key in part.waiting}
    name = f"moissons/{SOURCE}"
    base, now = (r.table(name).by("plateforme", "identifiant") for r in (before, after))
    assert {k: now.get(k) for k in late} == {k: base.get(k) for k in late}
    was, then = (
        [r for r in register.table("publications").records() if r["siren"] in bodies]
        for register in (before, after)
    )
    assert was == then


def test_a_body_enters_with_its_accounts_or_waits_with_them():
    names = {ACIGNE: "Acigné", MONTLUEL: "Montluel", ALBI: "Albi"}
    found = Plan(
        SOURCE,
        additions=tuple(
            Addition(table, key, {}, "")
            for siren in names
            for table, key in (
                ("organisations", (siren,)),
                ("publications", (siren, "p", "1")),
                ("publications", (siren, "p", "2")),
            )
        ),
    )
    first = limit(found, 6)
    assert {a.key[0] for a in first.additions} == {MONTLUEL, ACIGNE}
    assert first.waiting == ((ALBI, "p", "1"), (ALBI, "p", "2"))
    assert {a.key[0] for a in limit(found, 5).additions} == {MONTLUEL}
    assert limit(found, 9) == found


def test_an_account_that_is_recognised_waits_under_its_new_id():
    line = publication(ACIGNE, "", origine="reprise", nb_jeux="1")
    before = register(organisations=[body(ACIGNE, "Acigné")], publications=[line])
    found = planned(before, harvest(account("h", "Acigné", siren_declare=ACIGNE)))
    first = Edit("publications", (MONTLUEL, "data-gouv-fr", "m"), "nb_jeux", "1", "2")
    part = limit(replace(found, edits=(first, *found.edits)), 1)
    assert part.edits == (first,)
    assert part.waiting == ((ACIGNE, "data-gouv-fr", ""), (ACIGNE, "data-gouv-fr", "h"))


def test_the_old_line_of_an_account_that_waits_is_not_read_as_absent():
    given_lines = [publication(ACIGNE, f"k{n}") for n in range(5)]
    old = publication(ALBI, "vieux", nb_jeux="1", origine="reprise")
    bodies = [body(ACIGNE, "Acigné"), body(ALBI, "Albi")]
    before = register(organisations=bodies, publications=[*given_lines, old])
    theirs = harvest(
        *(account(f"k{n}", "Acigné", nb_jeux="9") for n in range(5)),
        account("h", "Mairie d'Albi", siren_declare=ALBI),
    )
    found = replace(planned(before, theirs), conflicts=())
    first = Edit("publications", (ACIGNE, "data-gouv-fr", "k0"), "nb_jeux", "3", "9")
    part = limit(replace(found, edits=(first, *(e for e in found.edits if e.key[0] == ALBI))), 1)
    assert {key[0] for key in part.waiting} == {ALBI}
    after = applied(before, part, theirs).table(f"moissons/{SOURCE}")
    assert "vieux" not in after.column("identifiant")


def test_only_numbers_are_volatile():
    key = (ACIGNE, "p", "i")
    numbers = tuple(
        Edit("publications", key, f, "1", "2") for f in ("nb_jeux", "derniere_mise_a_jour")
    )
    assert volatile(Plan(SOURCE, edits=numbers))
    assert not volatile(Plan(SOURCE, edits=(*numbers, Edit("publications", key, "url", "a", "b"))))
    assert not volatile(Plan(SOURCE, edits=numbers, absents=(key,)))
    assert not volatile(Plan(SOURCE, edits=numbers, anomalies=("une chute",)))
    assert not volatile(Plan(SOURCE, edits=numbers, additions=(Addition("t", ("k",), {}, ""),)))
