"""Several bodies may be a publisher: each is named, with what tells it from the others."""

from __future__ import annotations

from reconcile_literals import ACIGNE, ALBI, STDENIS93, STDENIS974, account, body
from reconcile_reading import asked, planned

from observatoire.plan import Possible


def test_homonyms_are_listed_not_chosen():
    (doubt,) = planned(account("h", "Commune de Saint-Denis")).doubts
    assert (doubt.siren, doubt.why) == ("", "plusieurs organismes portent ce nom")
    assert doubt.possibles == (
        Possible(STDENIS93, "Saint-Denis", "COM", "93", "même nom, 150\u202f000 habitants"),
        Possible(STDENIS974, "Saint-Denis", "COM", "974", "même nom, 155\u202f000 habitants"),
    )


def test_the_homonym_that_the_register_has_comes_first():
    ours = [body(STDENIS974, "Saint-Denis")]
    (doubt,) = planned(account("h", "Commune de Saint-Denis"), organisations=ours).doubts
    assert doubt.sirens == (STDENIS974, STDENIS93)
    assert doubt.possibles[0].why.endswith(", déjà au registre")


def test_a_homonym_that_the_official_lists_ignore_is_said_to_be():
    gone = [body("213500994", "Montluel", departement="35")]
    (doubt,) = planned(account("h", "Commune de Montluel"), organisations=gone).doubts
    assert [p.why.split(", ")[-1] for p in doubt.possibles] == [
        "absent de la référence",
        "7\u202f000 habitants",
    ]


def test_a_body_of_that_very_name_outside_the_portal_s_region_is_named_before_a_near_one():
    near = [body("213500994", "Albin", departement="35")]
    said = account("h", "Ville d'Albi", plateforme="rennes")
    (doubt,) = planned(said, organisations=near).doubts
    assert doubt.sirens == (ALBI, "213500994")
    assert doubt.possibles[0].why.startswith("même nom, hors de la région du portail")


def test_a_near_name_keeps_its_place_beside_many_bodies_of_that_very_name_elsewhere():
    many = [body(f"2181{n:05}", "Nulle-Part", departement="81") for n in range(12)]
    near = [body("213500994", "Nulles-Parts", departement="35")]
    said = account("h", "Nulle-Part", plateforme="rennes")
    (doubt,) = planned(said, organisations=[*many, *near]).doubts
    assert doubt.sirens == (*(row["siren"] for row in many[:7]), "213500994")
    assert doubt.why.endswith("dont 5 hors de cette liste")


def test_a_question_lists_a_few_of_many_homonyms_and_says_that_there_are_others():
    many = [f"2135{n:05}" for n in range(12)]
    ours = [body(siren, "Nulle-Part", departement="35") for siren in many]
    (doubt,) = planned(account("h", "Nulle-Part"), organisations=ours).doubts
    assert doubt.sirens == tuple(many[:8])
    assert doubt.why == "plusieurs organismes portent ce nom, dont 4 hors de cette liste"


def test_a_departement_in_the_name_tells_homonyms_apart():
    assert asked(planned(account("h", "Saint-Denis (974)"))) == {"h": STDENIS974}


def test_a_departement_in_the_name_keeps_namesakes_of_another_away():
    # « Albi » is in the Tarn (81).
    assert asked(planned(account("h", "Mairie d'Albi (35)"))) == {"h": ""}
    assert asked(planned(account("h", "Mairie d'Albie (35)"))) == {"h": ""}
    assert asked(planned(account("h", "Mairie d'Albie (81)"))) == {"h": ALBI}
    assert asked(planned(account("h", "Mairie d'Acigne (35)"))) == {"h": ACIGNE}
