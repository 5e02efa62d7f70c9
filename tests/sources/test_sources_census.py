"""Counts by publisher: each figure is known, or left empty; nothing counts twice."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from observatoire.sources.kit.census import Census, Dataset, holder_of

TODAY = date(2026, 11, 23)


def rows(*datasets: Dataset, holder: str = "") -> dict[str, dict[str, str]]:
    census = Census(TODAY, holder)
    for one in datasets:
        census.add(one)
    return {r["identifiant"]: dict(r) for r in census.rows("p")}


def test_a_figure_that_nobody_gives_is_empty_and_a_given_zero_is_a_zero() -> None:
    [row] = rows(Dataset("Agen", open_format=False), Dataset("Agen", updated="2026-11-01")).values()
    assert row == {
        "plateforme": "p",
        "identifiant": "Agen",
        "nom": "Agen",
        "siren_declare": "",
        "nb_jeux": "2",
        "nb_licence_ouverte": "",
        "nb_format_ouvert": "0",
        "nb_schema": "",
        "nb_recents": "1",
        "nb_reutilisations": "",
        "nb_telechargements": "",
        "derniere_mise_a_jour": "2026-11-01",
        "url": "",
        "statut": "publie",
    }


def test_a_dataset_is_recent_for_one_year_to_the_day() -> None:
    days = (TODAY.replace(year=TODAY.year - 1), TODAY.replace(year=TODAY.year - 1, day=22), TODAY)
    [row] = rows(*(Dataset("Agen", updated=day.isoformat()) for day in days)).values()
    assert row["nb_recents"] == "2"


def test_the_same_dataset_counts_once() -> None:
    found = rows(Dataset("Agen", id="1"), Dataset("Albi", id="1"), Dataset("Agen"), Dataset("Agen"))
    assert {k: r["nb_jeux"] for k, r in found.items()} == {"Agen": "3"}


def test_labels_that_the_register_writes_alike_are_one_publisher() -> None:
    found = rows(Dataset(" Ville  d'Agen"), Dataset("Ville d'Agen\u200b"), Dataset("ville d'Agen"))
    assert {k: r["nb_jeux"] for k, r in found.items()} == {"Ville d'Agen": "2", "ville d'Agen": "1"}


def test_a_dataset_without_publisher_is_the_holder_s_or_nobody_s() -> None:
    assert rows(Dataset(" ")) == {}
    assert list(rows(Dataset(""), holder="Agen")) == ["Agen"]
    assert holder_of({"nom": "Agen", "gouvernance": "dedie"}) == "Agen"
    assert holder_of({"nom": "Agen", "gouvernance": "mutualise"}) == ""


def test_a_publisher_with_two_numbers_has_none() -> None:
    one, two = "243500139", "213502388"
    assert rows(Dataset("A", siren=one), Dataset("A"))["A"]["siren_declare"] == one
    assert rows(Dataset("A", siren=one), Dataset("A", siren=two))["A"]["siren_declare"] == ""


def test_a_publisher_known_by_an_id_keeps_its_name() -> None:
    [row] = rows(Dataset("org-1"), Dataset("org-1", name="Agen")).values()
    assert (row["identifiant"], row["nom"]) == ("org-1", "Agen")


DATASETS = st.builds(
    Dataset,
    st.sampled_from(["a", "b", ""]),
    updated=st.sampled_from(["", "2026-11-01", "2020-01-01"]),
    open_licence=st.none() | st.booleans(),
    open_format=st.none() | st.booleans(),
    reuses=st.none() | st.integers(0, 3),
)


@given(st.lists(DATASETS), st.lists(DATASETS), st.sampled_from(["", "h"]))
def test_counting_in_two_parts_is_counting_at_once(
    one: list[Dataset], two: list[Dataset], holder: str
) -> None:
    parts, whole = Census(TODAY, holder), Census(TODAY, holder)
    for part in (one, two):
        census = Census(TODAY, holder)
        for dataset in part:
            census.add(dataset)
            whole.add(dataset)
        for publisher, tally in census.tallies.items():
            parts.count(publisher, tally)
    assert list(parts.rows("p")) == list(whole.rows("p"))


@given(
    st.lists(st.builds(Dataset, st.sampled_from("ab"), updated=st.sampled_from(["", "2026-11-01"])))
)
def test_every_dataset_counts_for_its_publisher(datasets: list[Dataset]) -> None:
    found = rows(*datasets).values()
    assert sum(int(r["nb_jeux"]) for r in found) == len(datasets)
    assert sum(int(r["nb_recents"] or 0) for r in found) == sum(bool(d.updated) for d in datasets)
