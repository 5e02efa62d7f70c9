"""What closing a request refuses: read from its commits, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from observatoire.files import Folder, Memory
from observatoire.plan import Addition, Edit, Plan
from observatoire.propose.refusals import live, proposed, rows
from observatoire.reconcile.vetoes import vetoes
from observatoire.register import Register, path_of
from observatoire.table import from_records

ROOT = Path(__file__).parents[2]
SCHEMAS = {n: Folder(ROOT).read(n) or b"" for n in Folder(ROOT).names("schemas")}
A = {"siren": "1", "plateforme": "p", "identifiant": "a", "url": "http://a", "nb_jeux": "1"}
LINK_ONLY = {**A, "identifiant": ""}


def files(**tables: Iterable[Mapping[str, str]]) -> Memory:
    memory = Memory(SCHEMAS)
    empty = Register(memory)
    for name, lines in tables.items():
        columns = empty.schema(name).columns
        memory[path_of(name)] = empty.bytes_of(name, from_records(columns, lines))
    return memory


def test_each_changed_cell_is_refused_with_its_value() -> None:
    after = {**A, "nb_jeux": "2", "url": "http://b"}
    assert proposed(files(publications=[A]), files(publications=[after])) == {
        ("publications", "1 p a", "nb_jeux", "2"),
        ("publications", "1 p a", "url", "http://b"),
    }


def test_a_new_line_is_refused_whole() -> None:
    after = files(publications=[A, {**A, "siren": "2"}], organisations=[{"siren": "2", "nom": "D"}])
    assert proposed(files(publications=[A]), after) == {
        ("publications", "2 p a", "*", "*"),
        ("organisations", "2", "*", "*"),
    }


def test_an_account_that_was_recognised_is_refused_under_its_old_key() -> None:
    after = {**A, "nb_jeux": "2"}
    assert proposed(files(publications=[LINK_ONLY]), files(publications=[after])) == {
        ("publications", "1 p a", "*", "*"),
        ("publications", "1 p", "identifiant", "a"),
        ("publications", "1 p", "nb_jeux", "2"),
    }


def test_a_line_that_goes_to_another_body_is_refused_under_its_old_key() -> None:
    after = files(publications=[{**A, "siren": "9"}])
    assert proposed(files(publications=[A]), after) >= {("publications", "1 p a", "siren", "9")}


def test_an_account_known_by_another_name_is_refused_under_its_old_key() -> None:
    slug = {**A, "identifiant": "mairie-d-a"}
    other = {**A, "plateforme": "q"}
    after = files(publications=[{**A, "nb_jeux": "2"}, other])
    assert proposed(files(publications=[slug, other]), after) >= {
        ("publications", "1 p mairie-d-a", "identifiant", "a"),
        ("publications", "1 p mairie-d-a", "nb_jeux", "2"),
    }


def test_tables_that_people_do_not_read_refuse_nothing() -> None:
    line = {"plateforme": "p", "identifiant": "a", "siren": "1", "decision": "automatique"}
    after = files(publications=[A])
    name = "rapprochements/datagouv"
    columns = Register(after).schema(name).columns
    after[path_of(name)] = Register(after).bytes_of(name, from_records(columns, [line]))
    assert proposed(files(publications=[A]), after) == set()


def test_only_what_the_source_still_says_is_worth_writing_down() -> None:
    cells = {
        ("publications", "1 p a", "nb_jeux", "2"),
        ("publications", "1 p", "identifiant", "a"),
        ("organisations", "2", "*", "*"),
        ("organisations", "3", "*", "*"),
    }
    refused = rows(cells, "demande !3", "2026-01-05")
    plan = Plan(
        "s",
        additions=(Addition("organisations", ("2",), {}, ""),),
        edits=(
            Edit("publications", ("1", "p", "a"), "nb_jeux", "1", "3"),
            Edit("publications", ("1", "p", ""), "identifiant", "", "a"),
        ),
    )
    assert live(plan, refused) == [
        {
            "table": "organisations",
            "cle": "2",
            "champ": "*",
            "valeur": "*",
            "motif": "",
            "ou": "demande !3",
            "date": "2026-01-05",
        },
        {
            "table": "publications",
            "cle": "1 p",
            "champ": "identifiant",
            "valeur": "a",
            "motif": "",
            "ou": "demande !3",
            "date": "2026-01-05",
        },
    ]


def test_a_refusal_written_down_is_read_by_the_reconciliation() -> None:
    line = rows({("publications", "1 p", "identifiant", "a")}, "x", "2026-01-05")
    known = vetoes(Register(files(refus=line.values(), verrous=[])), "2026-01-06")
    assert known.refused("publications", ("1", "p", ""), "identifiant", "a")
    assert not known.refused("publications", ("1", "p", "x"), "identifiant", "a")
