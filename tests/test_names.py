"""Names that one body is written under come to one form; names of other bodies do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import names
from observatoire.names import kind_hint, normalise, normalised


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        (
            "st etienne",
            [
                "Mairie de Saint-Étienne",
                "ST ETIENNE",
                "Ville de Saint Etienne",
                "St. Étienne",
                "  saint–etienne ",
                "Commune de SAINT-ÉTIENNE (42)",
            ],
        ),
        (
            "pays alesia",
            [
                "CC du Pays d'Alésia",
                "Communauté de communes du pays d Alésia",
                "C.C. du Pays d’Alésia et de la",
                "COMMUNAUTE DE COMMUNES PAYS D ALESIA",
                "Com Com du pays d'Alésia",
                "Pays d'Alésia Communauté de communes",
            ],
        ),
        ("aspremont", ["ASPREMONT(05)", "Aspremont", "Mairie d'Aspremont"]),
        ("mans", ["Le Mans", "Ville du Mans", "Commune du Mans", "MAIRIE LE MANS"]),
        ("sables olonne", ["Les Sables-d'Olonne", "Ville des Sables d’Olonne"]),
        ("coeur brenne", ["CC Cœur de Brenne", "CC COEUR DE BRENNE"]),
        ("boulogne sur mer", ["Boulogne s/ Mer", "Boulogne-sur-Mer", "boulogne s/mer"]),
        ("nantes", ["Nantes", "Nantes Métropole", "Métropole de Nantes"]),
        ("lille", ["Métropole Européenne de Lille", "Ville de Lille"]),
        ("strasbourg", ["Eurométropole de Strasbourg", "Hôtel de ville de Strasbourg"]),
        ("avray", ["Ville-d'Avray", "Ville de Ville d'Avray"]),
        ("ille vilaine", ["Département d'Ille-et-Vilaine", "Conseil départemental Ille & Vilaine"]),
        ("bretagne", ["Région Bretagne", "Conseil régional de Bretagne", "BRETAGNE"]),
        ("alsace", ["Collectivité européenne d'Alsace", "Alsace"]),
        ("corse", ["Collectivité de Corse", "Collectivité territoriale de Corse"]),
        (
            "grand orly seine bievre",
            ["ETP GRAND ORLY SEINE BIEVRE (T12)", "Grand-Orly Seine Bièvre"],
        ),
        ("st lo", ["Saint-Lô Agglo", "CA Saint-Lô Agglomération", "Communauté d'agglo de St Lô"]),
    ],
)
def test_every_way_to_write_a_name_comes_to_one_form(expected: str, written: list[str]) -> None:
    assert {normalise(name) for name in written} == {expected}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Étienne", "Sainte-Étienne"),
        ("Villeneuve-sur-Lot", "Villeneuve-sous-Lot"),
        ("Loire", "Haute-Loire"),
        ("Villers", "Ville"),
        ("Cuers", "Ers"),
        ("Cannes", "Nnes"),
        ("Communay", "Y"),
    ],
)
def test_names_of_different_bodies_stay_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("name", ["Ville", "Le", "(05)", "Métropole", "Communauté", "CC", "La"])
def test_a_name_made_of_nothing_but_empty_words_keeps_something(name: str) -> None:
    assert normalise(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ville de Rennes", "COM"),
        ("Mairie de Rennes", "COM"),
        ("Rennes", ""),
        ("Rennes Métropole", "MET"),
        ("CC du Pays d'Alésia", "CC"),
        ("COMMUNAUTE DE COMMUNES DU PAYS D'ALESIA", "CC"),
        ("CA du Pays de l'Or", "CA"),
        ("Saint-Lô Agglo", "CA"),
        ("CU d'Alençon", "CU"),
        ("Communauté urbaine d'Alençon", "CU"),
        ("EPT Plaine Commune", "EPT"),
        ("Plaine Commune", ""),
        ("Département de la Vendée", "DEP"),
        ("Conseil départemental de la Vendée", "DEP"),
        ("Collectivité européenne d'Alsace", "DEP"),
        ("Région Bretagne", "REG"),
        ("Collectivité de Corse", "REG"),
        ("NOUVELLE CALEDONIE GOUVERNEMENT", "REG"),
        ("Villeurbanne", ""),
        ("Cuers", ""),
        ("Office de tourisme de Cannes", ""),
        ("", ""),
    ],
)
def test_a_name_announces_its_kind(name: str, kind: str) -> None:
    assert kind_hint(name) == kind


WORDS = (
    "Ville de la d' CC du Communauté Saint Métropole (05) C l' Région communes agglo Étang Bœuf &"
    " s/ - Commune ca lez et Collectivité européenne urbaine Les"
)


NAMES = st.one_of(
    st.text(max_size=40), st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)
)


@settings(max_examples=100)
@given(NAMES)
def test_the_comparable_form_is_stable(name: str) -> None:
    once = normalise(name)
    assert normalise(once) == once
    assert normalise(f"  {name.upper().lower()}  ") == normalise(name.upper().lower())


@settings(max_examples=100)
@given(st.lists(NAMES, max_size=6))
def test_many_names_come_to_the_forms_that_each_has_alone(many: list[str]) -> None:
    assert normalised(many) == [normalise(name) for name in many]


def test_names_that_announce_are_cut_or_span_lines_keep_their_form_among_others() -> None:
    many = ["Brest", "CC du Pays d'Alésia", "Aspremont (05)", "Uzès", "Saint-Lô Agglo", "", "L'"]
    assert normalised(many) == ["brest", "pays alesia", "aspremont", "uzes", "st lo", "", "l"]
    assert normalised([*many, "Le\nMans"])[-1] == "mans"


KIND_WORDS = sorted({*names._FIRST, *names._LAST, "de", "d", "public", "general", "rennes"})


@given(st.lists(st.sampled_from(KIND_WORDS), min_size=1, max_size=5).map(" ".join))
def test_looking_at_the_first_and_last_word_only_saves_time(words):
    before, after = names._BEFORE.match(words), names._AFTER.search(words)
    kind, bare = names._without_kind(words)
    if before:
        assert bare == words[before.end() :]
    elif after:
        assert (kind, bare) == (after.lastgroup, words[: after.start()])
    else:
        assert (kind, bare) == ("", words)
