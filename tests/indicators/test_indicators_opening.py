"""Who is open, and who is obliged."""

from __future__ import annotations

import pocket
import pytest
from small_france import REFERENCE

from observatoire.indicators import brackets, obligation, opening


def publication(count: str, state: str) -> dict[str, str]:
    return {"siren": "1", "nb_jeux": count, "statut": state}


@pytest.mark.parametrize(
    ("count", "state", "proves"),
    [
        ("1", "publie", True),
        ("250", "publie", True),
        ("", "publie", True),
        ("0", "publie", False),
        ("0", "vide", False),
        ("", "vide", False),
        ("12", "disparu", False),
    ],
)
def test_one_dataset_still_published_makes_an_opening(count: str, state: str, proves: bool) -> None:
    assert opening.proves(publication(count, state)) is proves


@pytest.mark.parametrize(
    ("state", "counts"),
    [("actif", True), ("a_verifier", True), ("cesse", False), ("fusionne", False)],
)
def test_a_body_that_is_gone_is_no_actor(state: str, counts: bool) -> None:
    rows = pocket.TABLES["organisations"].replace("MET,35,,,,,,,actif", f"MET,35,,,,,,,{state}")
    _, now = pocket.states(organisations=rows)

    assert ("243500139" in now.open_sirens) is counts


def test_a_publication_of_nobody_opens_nobody() -> None:
    stranger = "999999999,gpso,X,,7,,,manuel,publie\n"
    _, now = pocket.states(publications=pocket.TABLES["publications"] + stranger)

    assert "999999999" not in now.open_sirens
    assert all(p.siren != "999999999" for p in now.published)


@pytest.mark.parametrize("state", ["publie", "vide", "disparu"])
@pytest.mark.parametrize("count", ["", "0", "3"])
def test_the_two_forms_of_the_rule_agree(state: str, count: str) -> None:
    read = int(count) if count else None

    assert opening.shows(state, read) is opening.proves(publication(count, state))


def test_the_obliged_are_every_level_and_communes_from_3500() -> None:
    assert set(obligation.obliged(REFERENCE)) == {
        "213500010",
        "213500036",
        "219740115",
        "243500139",
        "223500018",
        "229740014",
        "233500016",
        "239740012",
    }


def test_brackets_have_names_that_sort_and_read() -> None:
    names = brackets.names()

    assert sorted(names) == list(names)
    assert len(names) == len(brackets.POPULATION)
    assert brackets.label(names[0]) == "moins de 1 000 habitants"
    assert brackets.label(names[2]) == "de 3 500 à 4 999 habitants"
    assert brackets.label(names[-1]) == "1 000 000 habitants et plus"


@pytest.mark.parametrize(("people", "rank"), [(0, 0), (999, 0), (3499, 1), (3500, 2), (10**7, 10)])
def test_3500_belongs_to_the_bracket_that_it_starts(people: int, rank: int) -> None:
    assert brackets.index(people, brackets.POPULATION) == rank
