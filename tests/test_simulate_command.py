"""`observatoire simulate`: a portal on this machine, for another terminal to harvest."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from harvest_bench import HEADER, LINE, one_portal
from observatoire.cli import main
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.simulator import Portal, Simulator

ROWS = "data/moissons/datagouv.csv"


@pytest.fixture
def depot(root: Path, tmp_path: Path) -> Path:
    return one_portal(root, tmp_path)


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
            assert first.startswith("1 publicateur simulé à l'adresse http://127.0.0.1:")
            url = first.split()[-1]
            status = main(["harvest", "--depot", str(depot), "--base", f"data-gouv-fr={url}"])
            assert status == 0
        finally:
            process.terminate()
    assert "data-gouv-fr," + "a" * 24 in (depot / ROWS).read_text()


def harvest_header(depot: Path) -> tuple[str, ...]:
    from observatoire import schema

    return schema.parse("moissons", (depot / "schemas/moissons.json").read_bytes()).columns


def test_a_latency_is_in_milliseconds(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Portal] = []

    def serve(portal: Portal, *_: object) -> int:
        served.append(portal)
        return 0

    monkeypatch.setattr("observatoire.commands.simulate._serve", serve)
    assert main(["simulate", "--depot", str(depot), "--latence", "200", "--panne", "lent"]) == 0
    assert (served[0].latency, len(served[0].faults)) == (0.2, 1)


def test_an_unknown_fault_is_told(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--depot", str(depot), "--panne", "incendie"]) == 2
    assert "panne inconnue : incendie (au choix : accents, bombe" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        ("rennes", "« rennes » n'est pas dans le registre"),
        ("vieux", "« vieux » a un logiciel sans simulation"),
    ],
)
def test_a_platform_that_cannot_be_simulated_is_told(
    depot: Path, id_: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = LINE.replace("data-gouv-fr,", "vieux,").replace("udata", "spip")
    (depot / "data/plateformes.csv").write_text(f"{HEADER}\n{LINE}\n{line}\n")
    assert main(["simulate", "--depot", str(depot), "--plateforme", id_]) == 2
    assert sentence in capsys.readouterr().err


def test_a_port_already_taken_is_told(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Simulator(Portal(DataGouv([]))) as simulator:
        [portal] = simulator.portals
        assert main(["simulate", "--depot", str(depot), "--port", str(portal.port)]) == 2
    assert f"impossible d'ouvrir le port {portal.port}" in capsys.readouterr().err
