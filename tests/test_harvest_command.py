"""`observatoire harvest` and `simulate` from end to end, on a small register."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatoire.cli import main
from observatoire.demo import faces
from observatoire.demo.accounts import account
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.simulator import Portal, Simulator

HEADER = (
    "id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,"
    "url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut"
)
LINE = "data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,portail,,udata,,,,,,,,,national,active"
ROWS, LOG = "data/moissons/datagouv.csv", "data/moissons/journal.csv"


@pytest.fixture
def depot(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "schemas", tmp_path / "schemas")
    (tmp_path / "datapackage.json").write_text("{}")
    (tmp_path / "data/moissons").mkdir(parents=True)
    (tmp_path / "data/plateformes.csv").write_text(f"{HEADER}\n{LINE}\n")
    return tmp_path


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal(DataGouv([account(f"Commune {i}", nb_jeux=3) for i in range(30)]))
    with Simulator(portal):
        yield portal


def harvest(depot: Path, portal: Portal, *options: str) -> int:
    base = f"data-gouv-fr={portal.url}"
    fixed = ["harvest", "--depot", str(depot), "--date", "2026-11-23", "--base", base]
    return main([*fixed, *options])


def written(depot: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (depot / "data/moissons").iterdir()}


def test_a_harvest_is_written_and_told(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert harvest(depot, portal) == 0
    out = capsys.readouterr().out
    assert "data-gouv-fr            30         90       +90" in out
    assert f"Ce qui change : {ROWS}, {LOG}." in out
    assert (depot / ROWS).read_text().count("\n") == 31


def test_a_second_harvest_changes_no_byte(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    harvest(depot, portal)
    before = written(depot)
    assert harvest(depot, portal) == 0
    assert written(depot) == before
    assert "Rien n'a changé." in capsys.readouterr().out


def test_a_dry_run_writes_nothing(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert harvest(depot, portal, "--a-blanc") == 0
    assert written(depot) == {}
    assert "Ce qui changerait : " in capsys.readouterr().out


def test_a_portal_in_breakdown_keeps_its_lines_and_is_named(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    harvest(depot, portal)
    before = written(depot)
    portal.faults = [faces.status(500)]
    assert harvest(depot, portal) == 1
    assert written(depot) == before
    told = capsys.readouterr()
    assert "en échec, dernières lignes gardées" in told.out
    assert "data-gouv-fr : ni le catalogue ni l'API ne répondent" in told.err
    assert "Traceback" not in told.err


def test_a_fall_needs_a_confirmation(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    harvest(depot, portal)
    portal.face = DataGouv([account("Commune 1", nb_jeux=3)])
    assert harvest(depot, portal) == 1
    assert "--confirmer data-gouv-fr" in capsys.readouterr().err
    assert harvest(depot, portal, "--confirmer", "data-gouv-fr") == 0
    assert (depot / ROWS).read_text().count("\n") == 2


def test_a_register_without_readable_platform_has_nothing_to_do(
    depot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (depot / "data/plateformes.csv").write_text(f"{HEADER}\n{LINE.replace('udata', 'spip')}\n")
    assert main(["harvest", "--depot", str(depot)]) == 0
    assert "Aucune plateforme à moissonner" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--plateforme", "rennes"], "plateforme inconnue : « rennes »"),
        (["--source", "ckan2"], "source inconnue : « ckan2 »"),
        (["--confirmer", "rennes"], "plateforme inconnue : « rennes »"),
        (["--base", "rennes=http://127.0.0.1:1"], "plateforme inconnue : « rennes »"),
    ],
)
def test_an_unknown_name_is_told(
    depot: Path, options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["harvest", "--depot", str(depot), *options]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--base", "x"], "« x » n'est pas de la forme ID=http://adresse"),
        (["--base", "data-gouv-fr=ftp://a"], "n'est pas de la forme"),
        (["--date", "23/11/2026"], "« 23/11/2026 » n'est pas une date : écrivez AAAA-MM-JJ"),
    ],
)
def test_a_wrong_argument_is_told(
    options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["harvest", *options])
    assert caught.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_simulated_portal_can_be_harvested_from_another_process(depot: Path) -> None:
    schema_columns = harvest_header(depot)
    row = {"plateforme": "data-gouv-fr", "identifiant": "a" * 24, "nom": "A", "nb_jeux": "2"}
    cells = [row.get(c, "publie" if c == "statut" else "") for c in schema_columns]
    lines = ",".join(schema_columns) + "\n" + ",".join(cells) + "\n"
    (depot / ROWS).write_text(lines)
    command = [sys.executable, "-m", "observatoire", "simulate", "--depot", str(depot)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert isinstance(process.stdout, io.TextIOBase)
            first = process.stdout.readline()
            assert first.startswith("1 publicateur(s) simulé(s) à l'adresse http://127.0.0.1:")
            url = first.split()[-1]
            status = main(["harvest", "--depot", str(depot), "--base", f"data-gouv-fr={url}"])
            assert status == 0
        finally:
            process.terminate()
    assert "data-gouv-fr," + "a" * 24 in (depot / ROWS).read_text()


def harvest_header(depot: Path) -> tuple[str, ...]:
    from observatoire import schema

    return schema.parse("moissons", (depot / "schemas/moissons.json").read_bytes()).columns


def test_an_unknown_fault_is_told(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--depot", str(depot), "--panne", "incendie"]) == 2
    assert "panne inconnue : incendie (au choix : coupe, html" in capsys.readouterr().err


def test_a_port_already_taken_is_told(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "--depot", str(depot), "--port", str(portal.port)]) == 2
    assert f"impossible d'ouvrir le port {portal.port}" in capsys.readouterr().err
