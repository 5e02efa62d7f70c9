"""`observatoire validate --depuis`: a change answers for what it breaks, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import specimen
from depot_git import commit_all, git
from specimen import Run


@pytest.fixture
def history(depot: Path) -> Path:
    """Main holds one old mistake; the working tree stands on a branch cut from it."""
    wrong = specimen.TABLES["organisations"].replace("48.9362", "48.93620")
    (depot / "data" / "organisations.csv").write_text(wrong)
    commit_all(depot)
    git(depot, "checkout", "-q", "-b", "correction")
    return depot


def edit(depot: Path, table: str, before: str, after: str) -> None:
    path = depot / "data" / f"{table}.csv"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_only_the_change_is_reproached(history: Path, validate: Run) -> None:
    edit(history, "organisations", "243500139,Rennes", "243500139, Rennes")
    status, text = validate("--depuis", "main")
    assert status == 1
    assert "ligne 5, colonne « nom »" in text
    assert "48.93620" not in text
    assert "Déjà là avant ce changement (rien à faire ici) :" in text
    assert text.endswith(" : 1 erreur dans ce changement.\n")


def test_what_was_wrong_before_does_not_block(history: Path, validate: Run) -> None:
    edit(history, "organisations", "Rennes Métropole,MET", "Rennes,MET")
    status, text = validate("--depuis", "main")
    assert status == 0
    assert "aucune erreur dans ce changement" in text
    assert validate()[0] == 1


def test_a_wrong_cell_made_wrong_otherwise_is_reproached(history: Path, validate: Run) -> None:
    edit(history, "organisations", "48.93620", "48.9360")
    status, text = validate("--depuis", "main")
    assert status == 1
    assert "« 48.9360 » se note « 48.936 »" in text


def test_what_a_change_breaks_elsewhere_is_reproached(history: Path, validate: Run) -> None:
    line = specimen.TABLES["plateformes"].splitlines()[2]
    edit(history, "plateformes", line + "\n", "")
    status, text = validate("--depuis", "main")
    assert status == 1
    assert "(Rennes Métropole) : la ligne « rennes-metropole » a disparu : rétablissez-la" in text
    assert "1 erreur dans" in text


def test_a_removed_line_is_told_of_where_it_is_missed_when_only_that_table_is_asked_for(
    history: Path, validate: Run
) -> None:
    line = specimen.TABLES["plateformes"].splitlines()[2]
    edit(history, "plateformes", line + "\n", "")
    _, text = validate("--depuis", "main", "publications")
    assert "« rennes-metropole » n'est plus dans data/plateformes.csv : remettez-y" in text


def test_a_key_written_otherwise_is_told_to_be_put_back_whatever_else_changed(
    history: Path, validate: Run
) -> None:
    edit(history, "organisations", "243500139,Rennes Métropole", "243 500 139,Rennes")
    _, text = validate("--depuis", "main")
    assert "« 243500139 » est devenu « 243 500 139 » : remettez « 243500139 »." in text
    assert "a disparu" not in text


def test_a_mistyped_key_is_told_to_be_put_back(history: Path, validate: Run) -> None:
    edit(history, "organisations", "243500139,Rennes", "243500193,Rennes")
    _, text = validate("--depuis", "main")
    assert "ligne 5, colonne « siren » (Rennes Métropole) : « 243500139 » est devenu" in text
    assert "« 243500193 » : remettez « 243500139 ».\n" in text


def test_a_redirected_key_is_to_be_written_in_the_lines_that_cite_the_old_one(
    history: Path, validate: Run
) -> None:
    edit(history, "plateformes", "rennes-metropole,Rennes", "rennes-open-data,Rennes")
    edit(
        history,
        "redirections",
        "motif\n",
        "motif\nplateformes,rennes-metropole,rennes-open-data,x\n",
    )
    status, text = validate("--depuis", "main")
    assert status == 1
    assert "a disparu" not in text
    assert "(data/redirections.csv) : écrivez « rennes-open-data »." in text
    edit(history, "publications", "139,rennes-metropole,", "139,rennes-open-data,")
    assert validate("--depuis", "main")[0] == 0


def test_of_two_lines_with_a_key_the_new_one_is_reproached(history: Path, validate: Run) -> None:
    edit(
        history,
        "organisations",
        "243500139,Rennes",
        "243500139,AUTRE,COM,35,,,,,,,actif\n243500139,Rennes",
    )
    _, text = validate("--depuis", "main")
    assert "ligne 5 (AUTRE) : la clé « 243500139 » est aussi à la ligne 6" in text


def test_a_line_out_of_its_place_is_told_where_to_go(history: Path, validate: Run) -> None:
    new = "243500147,AUTRE,AGCT,35,,,,,,,actif\n"
    edit(history, "organisations", "210100012,L", f"{new}210100012,L")
    assert (
        "ligne 2 : la ligne de « 243500147 » n'est pas à sa place : mettez-la juste après celle de"
        " « 243500139 » (ligne 6).\n" in validate("--depuis", "main")[1]
    )
    edit(history, "organisations", new, "")
    low = "219300001,AUTRE,AGCT,35,,,,,,,actif\n"
    path = history / "data" / "organisations.csv"
    path.write_text(path.read_text() + low)
    assert (
        "ligne 6 : la ligne de « 219300001 » n'est pas à sa place : mettez-la juste après celle de"
        " « 210100012 » (ligne 2).\n" in validate("--depuis", "main")[1]
    )
    head, *rows = path.read_text().splitlines(keepends=True)
    path.write_text("".join([head, *reversed(rows)]))
    assert "plusieurs lignes ne sont pas dans l'ordre" in validate("--depuis", "main")[1]


def test_a_single_table_of_the_reference_edited_by_hand_gets_a_word(
    history: Path, validate: Run
) -> None:
    edit(history, "reference/2026/communes", "Abergement-Clémenciat,01,", "Abergement,01,")
    assert "produite par « observatoire reference »" in validate("--depuis", "main")[1]


def test_a_name_of_a_whole_page_leaves_the_report_on_a_screen(history: Path, validate: Run) -> None:
    edit(history, "organisations", "243500139,Rennes", "243500139," + "Rennes " * 1500)
    status, text = validate("--depuis", "main")
    assert status == 1
    assert "gardez-en 2\u202f000 au plus" in text
    assert len(text) < 1_000


def test_a_line_whose_key_is_twice_or_malformed_is_not_told_to_move(
    history: Path, validate: Run
) -> None:
    edit(history, "organisations", "243500139,Rennes", "243 500 139,Rennes")
    edit(history, "organisations", "210100012,L", "219300662,AUTRE,COM,93,,,,,,,actif\n210100012,L")
    _, text = validate("--depuis", "main")
    assert "« 219300662 » est aussi à la ligne 5" in text
    assert "pas à sa place" not in text


def test_an_internal_address_is_not_to_be_tried_in_https(history: Path, validate: Run) -> None:
    edit(history, "plateformes", "https://data.rennesmetropole.fr", "http://localhost/x")
    _, text = validate("--depuis", "main")
    assert "adresse interne" in text
    assert "essayez" not in text


def test_a_line_of_commas_is_to_be_deleted(history: Path, validate: Run) -> None:
    edit(history, "organisations", "243500139,Rennes", ",,,,,,,,,,\n243500139,Rennes")
    _, text = validate("--depuis", "main")
    assert "ligne 5 : toutes les cellules de cette ligne sont vides : supprimez-la." in text
    assert "cette cellule est obligatoire" not in text


def test_a_line_without_a_siren_is_not_told_that_its_siren_is_wrong(
    history: Path, validate: Run
) -> None:
    edit(history, "organisations", "243500139,Rennes", ",Rennes")
    _, text = validate("--depuis", "main")
    assert "remettez « 243500139 »" in text
    assert "ce SIREN" not in text


def test_tables_set_aside_are_examined_again_only_when_they_or_a_schema_move(
    history: Path, validate: Run
) -> None:
    edit(history, "organisations", "Rennes Métropole,MET", "Rennes,MET")
    assert validate("--depuis", "main")[1].startswith("Déjà là")
    assert "6 tables" in validate("--depuis", "main")[1]
    edit(history, "reference/2026/departements", "35,Ille-et-Vilaine", "36,Ille-et-Vilaine")
    status, text = validate("--depuis", "main")
    assert status == 1
    assert "18 tables" in text
    assert "« 35 » n'existe pas dans la table « reference/departements »" in text


def test_the_comparison_is_with_the_fork_point_not_with_the_tip(
    history: Path, validate: Run
) -> None:
    git(history, "checkout", "-q", "main")
    edit(history, "organisations", "48.93620", "48.9362")
    git(history, "commit", "-q", "-a", "-m", "repair")
    git(history, "checkout", "-q", "correction")
    assert validate("--depuis", "main")[0] == 0


def test_an_unknown_version_is_a_wrong_usage(history: Path, validate: Run) -> None:
    status, text = validate("--depuis", "nulle-part")
    assert (status, text) == (
        2,
        "« nulle-part » n'est ni une branche, ni une étiquette, ni un commit.\n",
    )
