"""`observatoire explain` finds the line that is asked for, or says why it finds none."""

from __future__ import annotations

import json
import shutil

import pytest
from explain_desk import ORGANISATIONS, commit, explain, write
from propose_register import ACIGNE, AMANLIS, BRECE, Desk, account

from observatoire.register import path_of


def test_a_platform_is_told_by_its_key_or_its_name(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(account("aaa", "Acigné"))
    path = path_of("moissons/journal")
    commit(desk, {path: (desk.root / path).read_bytes()}, "moisson")
    options = ("--table", "plateformes", "--cle")
    said = explain(desk, capsys, *options, "data-gouv-fr")
    assert said.startswith("data.gouv.fr (data-gouv-fr)\n")
    assert "  moissonnée par la source datagouv : 1 publicateur lu, le 5 janvier 2026\n" in said
    assert explain(desk, capsys, *options, "Data.gouv.fr") == said
    techno = explain(desk, capsys, *options, "data-gouv-fr", "techno")
    assert "  Technologie : udata — " in techno
    assert "Adresse" not in techno
    near = explain(desk, capsys, *options, "datagouv-fr", status=1)
    assert "aucune ligne de « plateformes » n'a la clé « datagouv-fr ».\nVouliez-vous" in near
    assert "  data-gouv-fr  data.gouv.fr\n" in near


def test_json_holds_the_same_for_programs(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(explain(desk, capsys, ACIGNE, "nb_jeux", "--json"))
    assert (found["cle"], found["titre"]) == (ACIGNE, "Acigné")
    [line] = found["lignes"]
    assert line["cle"] == [ACIGNE, "data-gouv-fr", "aaa"]
    [cell] = line["cellules"]
    assert (cell["champ"], cell["valeur"]) == ("nb_jeux", "9")
    [touch] = cell["historique"]
    assert (touch["acte"], touch["apres"], touch["auteur"]) == ("ajout", "9", "Anne")
    assert touch["commit"] == desk.repo.resolve("HEAD")


def test_an_unknown_name_gets_the_nearest_ones(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    said = explain(desk, capsys, "Acignée", status=1)
    assert said == (
        "aucun organisme du registre ne s'appelle « Acignée ».\n"
        f"Vouliez-vous dire :\n  {ACIGNE}  Acigné\n"
    )
    assert explain(desk, capsys, "Xyz", status=1).endswith("« Xyz ».\n")


def test_an_ambiguous_name_gets_a_list(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write(desk, "organisations", ORGANISATIONS)
    assert explain(desk, capsys, "Mairie de Saint-Aubin", status=1) == (
        "plusieurs organismes s'appellent « Mairie de Saint-Aubin ».\nVouliez-vous dire :\n"
        "  212100325  SAINT AUBIN (COM, 21)\n  213501331  Saint-Aubin (COM, 35)\n"
    )
    assert "aucun organisme" in explain(desk, capsys, "Région Saint-Aubin", status=1)


def test_a_number_outside_the_register_says_what_is_known(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    said = explain(desk, capsys, AMANLIS, status=1)
    assert said == (
        f"Amanlis ({AMANLIS}) n'est pas au registre. Aucun compte moissonné ne déclare ce SIREN.\n"
    )
    desk.harvest(account("bbb", "Mairie d'Amanlis", 4, AMANLIS))
    said = explain(desk, capsys, AMANLIS, status=1)
    assert "est déclaré par « Mairie d'Amanlis » (data-gouv-fr) : voir les demandes." in said
    said = explain(desk, capsys, "213500011", status=1)
    assert "213500011 n'est pas au registre, ni dans la référence." in said
    assert f"  {ACIGNE}  Acigné\n" in said


def test_a_retired_number_leads_to_its_successor(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    retired = {"table": "organisations", "cle": BRECE, "successeur": ACIGNE, "motif": "fusion"}
    write(desk, "redirections", [retired])
    said = explain(desk, capsys, BRECE)
    assert said.startswith(f"Acigné ({ACIGNE})\n  remplace {BRECE} (fusion)\n")
    write(desk, "redirections", [{**retired, "cle": ACIGNE, "successeur": BRECE}])
    said = explain(desk, capsys, ACIGNE)
    assert said.startswith(f"Acigné ({ACIGNE})\n  remplacé par Brécé, {BRECE} (fusion)\n")


def test_text_from_outside_cannot_drive_the_terminal(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(
        desk,
        {
            "data/organisations.csv": (desk.root / "data/organisations.csv")
            .read_bytes()
            .replace("Acigné".encode(), b"Acign\x1b[2J\xe2\x80\xaee")
        },
        "un \x1b]0;titre\x07 piégé",
    )
    said = explain(desk, capsys, ACIGNE)
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\u202e" not in said
    assert "« un ]0;titre piégé »" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "donnez un organisme et au plus une colonne"),
        ((ACIGNE, "url", "nom"), "donnez un organisme et au plus une colonne"),
        ((ACIGNE, "lien"), "aucune colonne ne s'appelle « lien ». Colonnes : siren, nom,"),
        (("--table", "plateformes"), "--table et --cle vont ensemble"),
        (("--table", "plateformes", "--cle", "data-gouv-fr", "siren"), "aucune colonne"),
    ],
)
def test_wrong_words_are_named(
    desk: Desk, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert message in explain(desk, capsys, *words, status=2)


def test_a_folder_without_git_still_tells_what_files_say(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(desk.root / ".git")
    said = explain(desk, capsys, ACIGNE, "nb_jeux")
    assert "Nombre de jeux de données : 9" in said
    assert "modification que Git n'a pas encore enregistrée" in said
