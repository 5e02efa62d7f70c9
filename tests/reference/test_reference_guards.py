"""A source that cannot be France is refused; what is odd is shown to a person."""

from __future__ import annotations

from observatoire.reference import guards
from observatoire.reference.source import Commune, Division, Groupement

PARIS = Commune("75056", "217500016", "Paris", "75", "11", 2_000)
CHAMPIGNY = Commune("94017", "219400173", "Champigny-sur-Marne", "94", "11", 70)


def division(*communes: Commune, groupements: tuple[Groupement, ...] = ()) -> Division:
    return Division(communes, groupements, [], [], [])


def test_a_few_communes_are_not_france() -> None:
    assert guards.refusals(division(PARIS)) == [
        "communes : 1, au lieu de 34000 au moins",
        "intercommunalités : 0, au lieu de 1200 au moins",
        "établissements publics territoriaux (option --ept) : 0, au lieu de 11 au moins",
        "départements : 0, au lieu de 100 au moins",
        "régions : 0, au lieu de 17 au moins",
    ]


def test_a_code_that_stands_twice_is_an_error() -> None:
    assert guards.errors(division(PARIS, PARIS)) == ["le code 75056 figure 2 fois"]


def test_an_unknown_type_of_epci_is_an_error() -> None:
    san = Groupement("200054781", "San du Val", "SAN", [])
    assert guards.errors(division(groupements=(san,))) == [
        "San du Val (200054781) a un type inconnu : « SAN »"
    ]


def test_a_sound_division_raises_no_doubt() -> None:
    cc = Groupement("200000172", "CC du Val", "CC", ["75056", "94017"], 2_000)
    sound = division(PARIS, CHAMPIGNY, groupements=(cc,))
    assert guards.errors(sound) == []
    assert list(guards.doubts(sound)) == []


def test_an_unknown_member_is_a_doubt() -> None:
    cc = Groupement("200000172", "CC du Val", "CC", ["75056", "99999"])
    assert list(guards.doubts(division(PARIS, groupements=(cc,)))) == [
        "CC du Val (200000172) a des membres inconnus : 99999"
    ]


def test_a_population_far_from_what_the_source_declares_is_a_doubt() -> None:
    cc = Groupement("200000172", "CC du Val", "CC", ["75056"], 1_000)
    assert list(guards.doubts(division(PARIS, groupements=(cc,)))) == [
        "CC du Val (200000172) : la somme des communes donne 2000 habitants, la source en déclare"
        " 1000"
    ]


def test_a_siren_with_a_wrong_checksum_is_a_doubt() -> None:
    wrong = Commune("75056", "217500017", "Paris", "75", "11", 2_000)
    assert list(guards.doubts(division(wrong))) == [
        "Paris : le SIREN « 217500017 » n'est pas valide"
    ]


def test_a_commune_of_the_grand_paris_without_ept_is_a_doubt_but_not_paris() -> None:
    grand_paris = Groupement(guards.GRAND_PARIS, "Métropole du Grand Paris", "MET", ["75056"])
    ok = division(PARIS, groupements=(grand_paris,))
    assert list(guards.doubts(ok)) == []
    both = Groupement(guards.GRAND_PARIS, "Métropole du Grand Paris", "MET", ["75056", "94017"])
    lacking = division(PARIS, CHAMPIGNY, groupements=(both,))
    assert list(guards.doubts(lacking)) == [
        "communes du Grand Paris sans établissement public territorial : 94017"
    ]
