"""`observatoire reference`, from a package and from an API on loopback, into a copy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from loopback import serving
from observatoire.cli import main

EPT = [
    {
        "code": "200057867",
        "nom": "Plaine Commune",
        "type": "EPT",
        "membres": [{"code": "93066"}],
    }
]
ANSWERS = {
    "/communes": [
        {
            "code": "93066",
            "siren": "219300662",
            "nom": "Saint-Denis",
            "population": 149_077,
            "codeEpci": "200054781",
            "codeDepartement": "93",
            "codeRegion": "11",
        }
    ],
    "/epcis": [{"code": "200054781", "nom": "Métropole du Grand Paris", "type": "METRO"}],
    "/departements": [{"code": "93", "nom": "Seine-Saint-Denis", "codeRegion": "11"}],
    "/regions": [{"code": "11", "nom": "Île-de-France"}],
    "/communes_associees_deleguees": [
        {
            "code": "93059",
            "nom": "Pierrefitte-sur-Seine",
            "chefLieu": "93066",
            "codeDepartement": "93",
        }
    ],
}


class Api(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps(ANSWERS[urlsplit(self.path).path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def api() -> Iterator[str]:
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Api)) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def depot(tmp_path: Path, root: Path) -> Path:
    """A register with its schemas and identifiers, and no vintage yet."""
    shutil.copytree(root / "schemas", tmp_path / "depot" / "schemas")
    identifiers = tmp_path / "depot" / "data" / "reference" / "identifiants.csv"
    identifiers.parent.mkdir(parents=True)
    shutil.copy(root / "data" / "reference" / "identifiants.csv", identifiers)
    (tmp_path / "depot" / "datapackage.json").write_text("{}")
    (tmp_path / "ept.json").write_text(json.dumps(EPT), encoding="utf-8")
    return tmp_path / "depot"


def call(depot: Path, *args: str) -> int:
    return main(["reference", "--depot", str(depot), *args])


def ept(depot: Path) -> str:
    return str(depot.parent / "ept.json")


def test_the_api_gives_the_five_tables(
    depot: Path, api: str, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("--geo-api", api, "--millesime", "2027", "--ept", ept(depot), "--force")
    assert call(depot, *args) == 0
    folder = depot / "data" / "reference" / "2027"
    assert (folder / "communes.csv").read_text(encoding="utf-8") == (
        "code,siren,nom,departement,epci,ept,population,region\n"
        "93066,219300662,Saint-Denis,93,200054781,200057867,149077,11\n"
    )
    assert (folder / "epci.csv").read_text(encoding="utf-8") == (
        "siren,nom,type,departement,nb_communes,population,region\n"
        "200054781,Métropole du Grand Paris,MET,93,1,149077,11\n"
        "200057867,Plaine Commune,EPT,93,1,149077,11\n"
    )
    assert (folder / "departements.csv").read_text(encoding="utf-8") == (
        "code,nom,siren,population,remarque,zone,region\n"
        "93,Seine-Saint-Denis,229300082,149077,,metro,11\n"
    )
    assert (folder / "regions.csv").read_text(encoding="utf-8") == (
        "code,nom,siren,population,remarque,sigle,zone\n"
        "11,Île-de-France,237500079,149077,,IDF,metro\n"
    )
    assert (folder / "anciennes.csv").read_text(encoding="utf-8") == (
        "code,nom,departement,commune\n93059,Pierrefitte-sur-Seine,93,93066\n"
    )
    out = capsys.readouterr().out
    assert "data/reference/2027/communes.csv : lignes 1, nouvelles ou modifiées 1" in out
    assert call(depot, *args) == 0
    assert "Tout était déjà à jour." in capsys.readouterr().out


def test_a_dry_run_writes_nothing(
    depot: Path, api: str, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("--geo-api", api, "--millesime", "2027", "--ept", ept(depot), "--force", "--a-blanc")
    assert call(depot, *args) == 0
    assert not (depot / "data" / "reference" / "2027").exists()
    assert "À blanc : rien n'a été écrit." in capsys.readouterr().out


def test_a_source_that_is_not_france_is_refused(
    depot: Path, api: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(depot, "--geo-api", api, "--millesime", "2027") == 2
    assert not (depot / "data" / "reference" / "2027").exists()
    err = capsys.readouterr().err
    assert "source refusée, rien n'est écrit : communes : 1, au lieu de 34000" in err
    assert "--force" in err


def test_an_error_in_the_data_is_refused_even_by_force(
    depot: Path, api: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (depot.parent / "ept.json").write_text(json.dumps(EPT * 2), encoding="utf-8")
    args = ("--geo-api", api, "--millesime", "2027", "--ept", ept(depot), "--force")
    assert call(depot, *args) == 2
    assert "le code 200057867 figure 2 fois" in capsys.readouterr().err


def test_a_folder_that_is_not_the_package_is_refused(
    depot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(depot, "--decoupage", str(depot), "--millesime", "2026") == 2
    assert "n'est pas le paquet @etalab/decoupage-administratif" in capsys.readouterr().err


@pytest.mark.parametrize("year", ["26", "deux", "20260", "../x"])
def test_the_vintage_is_a_year(depot: Path, year: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        call(depot, "--decoupage", str(depot), "--millesime", year)
    assert stop.value.code == 2
    assert "n'est pas une année" in capsys.readouterr().err
