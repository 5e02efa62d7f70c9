"""`observatoire reconcile`: the plan of the working tree's harvest, in French or as JSON."""

from __future__ import annotations

import json
import subprocess

import pytest
from reconcile_literals import (
    ACIGNE,
    PLATFORMS,
    SCHEMAS,
    SOURCE,
    account,
    body,
    decision,
    publication,
    register,
    table,
)

from observatoire import files
from observatoire.cli import main
from observatoire.plan import Conflict, Doubt, Edit, Plan
from observatoire.reconcile.report import lines
from observatoire.register import Register, path_of

REFERENCE_TABLES = {
    "reference/2026/communes": [
        {"code": "35001", "siren": ACIGNE, "nom": "Acigné", "departement": "35", "region": "53"}
    ],
    "reference/2026/epci": [],
    "reference/2026/departements": [],
    "reference/2026/regions": [],
    "reference/2026/anciennes": [],
    "reference/identifiants": [],
}


@pytest.fixture
def depot(tmp_path):
    """A register in a Git repository, with a committed harvest."""
    made = register(
        organisations=[body(ACIGNE, "Acigné")],
        publications=[publication(ACIGNE, "h")],
        rapprochements=[decision("h", ACIGNE, "automatique")],
        moissons=[account("h", "Acigné")],
        **REFERENCE_TABLES,
    )
    content = {n: c for n in ("data", "schemas") for n, c in files.walk(made.files, n, "")}
    files.write(tmp_path, {**content, "datapackage.json": b"{}"})
    for args in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "Début"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *args], check=True)
    return tmp_path


def harvested(depot, *accounts):
    empty = Register(files.Memory(SCHEMAS))
    name = f"moissons/{SOURCE}"
    files.write(depot, {path_of(name): empty.bytes_of(name, table(name, accounts))})


def ran(depot, *args):
    return main(["reconcile", "--depot", str(depot), "--date", "2026-11-20", *args])


def test_the_harvest_of_the_folder_is_compared_with_the_committed_one(depot, capsys):
    harvested(depot, account("h", "Acigné", nb_jeux="9"))
    assert ran(depot) == 0
    said = capsys.readouterr().out
    assert "datagouv, moisson du 20 novembre 2026 : 1 cellule à mettre à jour." in said
    assert f"« {ACIGNE} data-gouv-fr h », nb_jeux : « 3 » devient « 9 »" in said


def test_nothing_is_written(depot):
    harvested(depot, account("h", "Acigné", nb_jeux="9"))
    before = {p: p.read_bytes() for p in depot.rglob("*.csv")}
    ran(depot)
    assert {p: p.read_bytes() for p in depot.rglob("*.csv")} == before


def test_the_plan_is_also_for_programs(depot, capsys):
    harvested(depot, account("h", "Acigné", nb_jeux="9"))
    assert ran(depot, "--json", "--source", SOURCE) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["source"] == SOURCE
    assert [e["after"] for e in found["edits"]] == ["9"]


def test_an_unchanged_harvest_says_so(depot, capsys):
    assert ran(depot) == 0
    assert "rien à proposer." in capsys.readouterr().out


def test_an_unknown_source_is_told(depot, capsys):
    assert ran(depot, "--source", "ailleurs") == 2
    assert "aucune moisson de cette source : ailleurs" in capsys.readouterr().err


def test_a_wrong_date_is_told(depot, capsys):
    with pytest.raises(SystemExit):
        main(["reconcile", "--depot", str(depot), "--date", "20/11/2026"])
    assert "écrivez AAAA-MM-JJ" in capsys.readouterr().err


def test_a_register_without_harvest_says_what_to_do(depot, capsys):
    (depot / path_of(f"moissons/{SOURCE}")).unlink()
    assert ran(depot) == 0
    assert "lancez d'abord" in capsys.readouterr().out


def test_a_folder_without_history_is_told_without_a_traceback(tmp_path, capsys):
    made = register(plateformes=PLATFORMS, moissons=[account("h", "Acigné")], **REFERENCE_TABLES)
    content = {n: c for n in ("data", "schemas") for n, c in files.walk(made.files, n, "")}
    files.write(tmp_path, {**content, "datapackage.json": b"{}"})
    assert ran(tmp_path) == 2
    assert capsys.readouterr().err


def test_every_kind_of_finding_has_its_sentence():
    key = (ACIGNE, "data-gouv-fr", "h")
    plan = Plan(
        "s",
        edits=tuple(Edit("publications", key, "nb_jeux", "1", str(n)) for n in range(7)),
        conflicts=(Conflict("publications", key, "url", "a", "b", "c"),),
        doubts=(Doubt("p", "i", "Mairie\u202e", ACIGNE, "Acigné", 0.9, "même nom"),),
        left=tuple((f"X{i}", f"raison {i}") for i in range(7)),
        anomalies=("Trop.",),
        date="2026-11-20",
    )
    said = "\n".join(lines(plan))
    assert "7 cellules à mettre à jour, 1 conflit à trancher, 1 identité à confirmer." in said
    assert "ANOMALIE : Trop." in said
    assert "\n  Qui est-ce ? (1) :\n" in said
    assert "le registre dit « b », la source dit « c » (avant : « a »)" in said
    assert "« Mairie[U+202E] » = « Acigné » (213500010), score 0,90 : même nom" in said
    assert "… et 2 autres" in said
    assert "… et 2 autres raisons" in said
