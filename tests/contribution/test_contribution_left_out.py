"""What the command never takes from a branch, and the sentence that tells why."""

from __future__ import annotations

import pytest
from contribution_place import ACIGNE, BRANCH, RENNES, SECOND, TIDY, Place
from datami_visitor import FILE

from observatoire import schema
from observatoire.cli import main
from observatoire.contribution.branch import recognise
from observatoire.contribution.desk import Desk
from observatoire.model import Malformed


def test_other_files_of_the_branch_are_never_taken(place: Place) -> None:
    place.send({(RENNES, "latitude"): "48.12"}, more={".gitlab-ci.yml": b"run: curl evil"})
    assert place.run() == 1
    (tidy,) = place.requests(TIDY)
    assert place.forge.repo.changed(place.second, tidy.head).keys() == {FILE}
    assert "modifie aussi 1 autre fichier" in tidy.body


def test_a_generated_file_is_answered_with_the_place_to_edit(place: Place) -> None:
    view = "publication/vue-datami.csv"
    columns = schema.parse("v", (place.root / "schemas/vue-datami.json").read_bytes()).columns
    row = dict.fromkeys(columns, "") | {"siren": "213500010", "nom": "Acigné", "id_odf": "odf_1"}
    text = f"{','.join(columns)}\n{','.join(row.values())}\n"
    tag = place.put("publie", place.second, {view: text.encode()})
    changed = text.replace("Acigné", "ACIGNÉ").replace(",,", ",d_6_10,", 1)
    branch = BRANCH.replace("organisations", "vue-datami")
    tip = place.put(branch, tag, {view: changed.encode()})
    visit = recognise(branch)
    assert visit is not None
    case = Desk(place.repo, place.second, "2026-11-23", [tag]).read(visit, tip)
    found = case.answer.contribution
    assert (found.changes, case.answer.proposal(case.current)) == (False, None)
    assert any("data/organisations.csv, colonne « Nom »" in f.message for f in found.findings)


def test_a_locked_cell_is_not_taken(place: Place) -> None:
    locks = (
        "table,cle,champ,motif,auteur,echeance,statut\n"
        "organisations,213500010,nom,vu avec la mairie,,,actif\n"
        "organisations,243500139,nom,ancien,,2020-01-01,actif\n"
    )
    place.second = place.put("main", place.second, {"data/verrous.csv": locks.encode()})
    place.send({(ACIGNE, "nom"): "ACIGNÉ", (RENNES, "nom"): "Rennes"})
    assert place.run() == 1
    (tidy,) = place.requests(TIDY)
    assert tidy.title == "Rennes Métropole : nom Rennes Métropole → Rennes"
    assert "vu avec la mairie" in tidy.body


@pytest.mark.parametrize("garbage", [b"", b"\x00\x01", b"<html></html>", b"nom\n\n"])
def test_garbage_gives_a_sentence_and_exit_1(
    place: Place, garbage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place.put(BRANCH, place.second, {FILE: garbage})
    assert place.run() == 1
    assert capsys.readouterr().err.startswith(FILE)


def test_a_branch_that_is_not_datamis_or_not_there_is_said_so(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["contribution", "--depot", str(place.root), "--branche", "main"]) == 2
    assert place.run() == 2
    said = capsys.readouterr().err
    assert "« main » n'est pas une branche créée par Datami." in said
    assert f"« {BRANCH} » n'existe ni ici ni sur la forge locale." in said


@pytest.mark.parametrize("path", ["data/o`r/organisations.csv", "data/inconnue/organisations.csv"])
def test_a_file_of_the_same_name_elsewhere_is_refused(place: Place, path: str) -> None:
    tip = place.put(BRANCH, place.second, {path: SECOND.encode(), FILE: None})
    visit = recognise(BRANCH)
    assert visit is not None
    with pytest.raises(Malformed):
        Desk(place.repo, place.second, "2026-11-23", [place.second]).read(visit, tip)
