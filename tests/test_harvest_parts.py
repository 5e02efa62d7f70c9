"""The union of the parts of a harvest is the harvest, byte for byte, however it was cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import schema
from observatoire.files import Memory
from observatoire.harvest import Outcome, Target, merge, parts, targets
from observatoire.harvest.parts import Part, Share
from observatoire.model import Malformed
from observatoire.register import Register
from observatoire.web import Meter

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 23)
SCHEMAS = {
    f"schemas/{n}.json": (ROOT / f"schemas/{n}.json").read_bytes() for n in ("moissons", "journal")
}
ROWS = schema.parse("moissons", SCHEMAS["schemas/moissons.json"])
TECHNOS = ("ckan", "opendatasoft", "udata", "data-fair")

hosts = st.integers(0, 12).map(lambda n: f"https://portail{n}.exemple.fr/data")
addresses = st.one_of(hosts, st.sampled_from(["", "http://[", "https://data.fr"]))
platforms = st.lists(st.tuples(st.sampled_from(TECHNOS), addresses, addresses), max_size=25).map(
    lambda found: [
        {"id": f"p{i}", "techno": t, "url": u, "url_api": a, "statut": "active"}
        for i, (t, u, a) in enumerate(found)
    ]
)


def outcome(target: Target) -> Outcome:
    """What a platform says: always the same, a failure for one in five."""
    id_ = target.platform["id"]
    number = int(id_[1:])
    source = target.connector.SOURCE.id
    if number % 5 == 4:
        return Outcome(source, id_, error=f"{id_} est en panne.", cost=Meter(1))
    rows = tuple(
        {"plateforme": id_, "identifiant": f"é{n}, « {n} »", "nb_jeux": str(n), "statut": "publie"}
        for n in range(number % 4)
    )
    return Outcome(source, id_, rows, cost=Meter(3, 1, 500, {"https://a": "https://b"}))


def there_and_back(part: Part) -> Part:
    return parts.read(parts.write(part), part.share.file, ROWS)


@given(platforms, st.integers(1, 9), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_union_of_the_parts_is_one_harvest(found, total, random) -> None:  # type: ignore[no-untyped-def]
    whole = targets(found)
    expected = merge(Register(Memory(SCHEMAS)), [outcome(t) for t in whole], DAY)
    random.shuffle(found)
    files = {}
    for number in random.sample(range(1, total + 1), total):
        share = Share(number, total)
        chosen = share.of(targets(found))
        files[f"{number}/{share.file}"] = there_and_back(
            Part(share, DAY, tuple(outcome(t) for t in chosen))
        )
    outcomes, day, missing = parts.assemble(files)
    assert (day, missing) == (DAY, [])
    assert len(outcomes) == len(whole)
    assert merge(Register(Memory(SCHEMAS)), outcomes, DAY).changes == expected.changes


@given(platforms, st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_each_platform_is_in_one_part_and_each_host_too(found, total) -> None:  # type: ignore[no-untyped-def]
    whole = targets(found)
    shares = [Share(n, total).of(whole) for n in range(1, total + 1)]
    assert sorted(t.platform["id"] for s in shares for t in s) == sorted(
        t.platform["id"] for t in whole
    )
    places: dict[str, set[int]] = {}
    for number, share in enumerate(shares):
        for target in share:
            address = target.platform["url_api"] or target.platform["url"]
            if address.startswith("https"):
                places.setdefault(address, set()).add(number)
    assert all(len(numbers) == 1 for numbers in places.values())


def test_the_part_of_a_platform_does_not_depend_on_the_others() -> None:
    row = {"id": "p1", "techno": "ckan", "url": "https://a.fr", "url_api": "", "statut": "active"}
    other = {**row, "id": "p2", "url": "https://b.fr"}
    alone = [n for n in range(1, 9) if Share(n, 8).of(targets([row]))]
    both = [
        n
        for n in range(1, 9)
        if any(t.platform is row for t in Share(n, 8).of(targets([other, row])))
    ]
    assert alone == both


def test_a_large_register_is_cut_in_fair_parts() -> None:
    many = [
        {"id": f"p{i}", "techno": "ckan", "url": f"https://p{i}.fr", "url_api": "", "statut": ""}
        for i in range(2_000)
    ]
    sizes = [len(Share(n, 8).of(targets(many))) for n in range(1, 9)]
    assert min(sizes) > 200
    assert max(sizes) < 300


def test_an_outcome_crosses_with_its_figures() -> None:
    row = {"plateforme": "p", "identifiant": "a", "statut": "publie"}
    one = Outcome("ckan", "p", (row,), floor=4, cost=Meter(7, 2, 900, {"https://a": "https://b"}))
    back = there_and_back(Part(Share(1, 1), DAY, (one,))).outcomes[0]
    assert (back.floor, back.cost) == (4, one.cost)
    assert {k: v for k, v in back.rows[0].items() if v} == row


@pytest.mark.parametrize("words", ["3/8", "1/1", "9999/9999"])
def test_a_share_is_written_with_a_bar(words: str) -> None:
    share = parts.parse(words)
    assert f"{share.number}/{share.total}" == words


@pytest.mark.parametrize("words", ["", "0/8", "9/8", "3", "3/", "-1/8", "3/8/9", "a/b", "٣/8"])
def test_what_is_no_share_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="not a share"):
        parts.parse(words)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"partie": 9, "sur": 8, "date": "2026-11-23", "plateformes": []}',
        b'{"partie": 1, "sur": 8, "date": "hier", "plateformes": []}',
        b'{"partie": 1, "sur": 8, "date": "2026-11-23", "plateformes": [{"lignes": []}]}',
        b'{"partie": 1, "sur": 8, "date": "2026-11-23", "plateformes": [{"source": "ckan",'
        b' "plateforme": "p", "lignes": [{"plateforme": "p"}]}]}',
    ],
)
def test_a_file_that_is_no_part_is_told(content: bytes) -> None:
    with pytest.raises(Malformed, match="n'est pas une partie de moisson"):
        parts.read(content, "partie-1-sur-8.json", ROWS)


def part(number: int, total: int = 2, day: date = DAY, *outcomes: Outcome) -> Part:
    return Part(Share(number, total), day, outcomes)


def test_a_missing_part_is_named() -> None:
    _, _, missing = parts.assemble({"b": part(2, 3)})
    assert missing == [Share(1, 3), Share(3, 3)]


def test_the_same_part_twice_counts_once() -> None:
    one = Outcome("ckan", "p", error="en panne.")
    outcomes, _, _ = parts.assemble({"a": part(1, 1, DAY, one), "b": part(1, 1, DAY, one)})
    assert outcomes == [one]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ({}, "aucune partie de moisson"),
        ({"a": part(1), "b": part(2, 3)}, "pas de la même moisson"),
        ({"a": part(1), "b": part(2, day=date(2026, 11, 24))}, "pas de la même moisson"),
        ({"a": part(1), "b": part(1, 2, DAY, Outcome("ckan", "p", error="x"))}, "dit autre chose"),
    ],
)
def test_parts_of_different_harvests_are_refused(found: dict[str, Part], sentence: str) -> None:
    with pytest.raises(Malformed, match=sentence):
        parts.assemble(found)
