"""The title and the description of a contribution, with hostile texts in every place."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from datami_visitor import FILE, ORGANISATIONS

from observatoire.contribution import words
from observatoire.contribution.heading import title
from observatoire.contribution.model import Contribution, Dropped, Reason, Rules
from observatoire.contribution.report import ROOM, body
from observatoire.model import Finding, Key
from observatoire.plan import Addition, Conflict, Edit
from observatoire.words import quote

ACIGNE, RENNES, LYON = ("213500010",), ("243500139",), ("200046977",)
NAMES = {ACIGNE: "Acigné", RENNES: "Rennes Métropole", LYON: "Grand Lyon"}
RULES = Rules("organisations", FILE, ORGANISATIONS, names=NAMES)
NOTHING = Contribution("organisations")
HOSTILE = "@all <b>#1</b> | `x` [a](http://b) /close\n## Titre"


def edit(key: Key, field: str, before: str, after: str) -> Edit:
    return Edit("organisations", key, field, before, after)


def addition(siren: str, nom: str) -> Addition:
    return Addition("organisations", (siren,), {"siren": siren, "nom": nom}, "essai")


@pytest.mark.parametrize(
    ("edits", "added", "said"),
    [
        ([(RENNES, "nb_jeux", "57", "61")], [], "Rennes Métropole : nombre de jeux 57 → 61"),
        ([(RENNES, "nb_jeux", "", "61")], [], "Rennes Métropole : nombre de jeux (vide) → 61"),
        ([(RENNES, "siren", "1", "2")], [], "Rennes Métropole : SIREN 1 → 2"),
        (
            [(RENNES, "nb_jeux", "57", "61"), (RENNES, "latitude", "1", "2")],
            [],
            "Rennes Métropole : 2 corrections (nombre de jeux, latitude)",
        ),
        (
            [
                (RENNES, "nb_jeux", "57", "61"),
                (ACIGNE, "nom", "A", "B"),
                (ACIGNE, "latitude", "1", "2"),
            ],
            [],
            "3 corrections sur 2 organismes (Rennes Métropole, Acigné)",
        ),
        ([], ["Bourg"], "Ajout : Bourg"),
        (
            [(RENNES, "nb_jeux", "57", "61")],
            ["Bourg", "Bac", "Buc"],
            "1 correction et 3 ajouts sur 4 organismes (Rennes Métropole, Bourg, Bac…)",
        ),
    ],
)
def test_the_title_says_what_changes(
    edits: list[tuple[Key, str, str, str]], added: list[str], said: str
) -> None:
    rows = tuple(addition(str(i), nom) for i, nom in enumerate(added))
    found = replace(NOTHING, edits=tuple(edit(*e) for e in edits), additions=rows)
    assert title(found, RULES) == said


def test_without_anything_to_apply_the_title_says_what_is_left() -> None:
    conflict = Conflict("organisations", RENNES, "nb_jeux", "49", "57", "61")
    asked = replace(NOTHING, conflicts=(conflict,), deletions=(ACIGNE,))
    assert title(asked, RULES) == "2 questions sur 2 organismes (Rennes Métropole, Acigné)"
    refused = replace(NOTHING, findings=(Finding("x", "y"),))
    assert title(refused, RULES) == "Contribution à reprendre : rien n'a pu être appliqué"
    assert title(NOTHING, RULES) == "Contribution sans changement"


def test_every_reason_has_its_words() -> None:
    for name in get_args(Reason):
        assert words.reason(name, 1).startswith("1 ")
        assert words.reason(name, 2).startswith("2 ")


def test_the_description_shows_before_after_questions_and_what_was_left() -> None:
    found = replace(
        NOTHING,
        edits=(edit(RENNES, "nb_jeux", "57", "61"),),
        additions=(addition("210000001", "Bourg"),),
        deletions=(ACIGNE,),
        conflicts=(Conflict("organisations", LYON, "nom", "Lyon", "Grand Lyon", "GL"),),
        findings=(
            Finding("f", "« 1 » n'est pas repris.", key=LYON, field="nb_jeux", label="Lyon"),
        ),
        dropped=(Dropped("fins-de-ligne", 891), Dropped("undefined", 1)),
    )
    assert body(found, RULES, "Faite avec Datami.", "Merci !") == (
        "Faite avec Datami.\n\n> `Merci !`\n\n### Corrections\n\n"
        "| Ligne | Colonne | Avant | Après |\n| --- | --- | --- | --- |\n"
        "| Rennes Métropole | Nombre de jeux | 57 | 61 |\n\n"
        "### Ajouts\n\n- **Bourg** : SIREN 210000001\n\n"
        "### Questions\n\n"
        "- **Grand Lyon**, nom : la contribution remplace Lyon par GL, mais le registre dit"
        " Grand Lyon depuis l'ouverture de la page. Lequel garder ? Rien n'est changé tant que"
        " personne ne répond.\n"
        "- **Acigné** : sa ligne a été retirée, et rien ne se supprime du registre. S'il n'existe"
        " plus, c'est son statut qu'il faut changer. Qu'en est-il ?\n\n"
        "### À savoir\n\n- **Lyon**, colonne Nombre de jeux : `1` n'est pas repris.\n\n"
        "<details>\n<summary>892 différences laissées de côté : ce n'étaient pas des"
        " corrections</summary>\n\n- 891 fins de ligne réécrites\n- 1 cellule vide devenue"
        " « undefined » (c'est ainsi que Datami écrit le vide)\n\n</details>\n"
    )


def test_a_page_sent_as_it_was_says_that_there_is_nothing_to_read() -> None:
    assert "il n'y a rien à relire" in body(NOTHING, RULES, "Faite avec Datami.")


def test_hostile_texts_stay_text_everywhere() -> None:
    key = (HOSTILE,)
    found = replace(
        NOTHING,
        edits=(edit(key, "nom", HOSTILE, HOSTILE),),
        additions=(addition(HOSTILE, HOSTILE),),
        deletions=(("x",), key),
        conflicts=(Conflict("organisations", key, "nom", HOSTILE, HOSTILE, HOSTILE),),
        findings=(Finding("f", f"{quote(HOSTILE)} n'est pas repris.", label=HOSTILE),),
    )
    told = body(found, RULES, "Faite avec Datami.", HOSTILE)
    inside = "".join(part for i, part in enumerate(told.split("`")) if i % 2 == 0)
    assert "<b>" not in inside
    assert "@all" not in inside
    assert "## Titre" not in told.splitlines()
    assert "\n" not in title(found, RULES)


def test_the_description_fits_the_forge_whatever_the_number_of_changes() -> None:
    many = tuple(edit((str(n),), "nom", "é" * 200, "è" * 200) for n in range(5_000))
    told = body(replace(NOTHING, edits=many), RULES, "Faite avec Datami.")
    assert len(told.encode()) <= ROOM
    assert "autres.*" in told
