"""`observatoire detect` and `candidates` from end to end, on a small register."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatoire.cli import main
from observatoire.demo import faces
from observatoire.demo.accounts import account
from observatoire.demo.ckan import Ckan
from observatoire.demo.opendatasoft import Opendatasoft
from observatoire.demo.simulator import Portal, Simulator

HEADER = (
    "id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,"
    "url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut"
)
SOME = [account("Ville de Rennes", nb_jeux=3)]
INDEX = """\
id,name,link,software,owner_name,owner_type,subregion,api_status
a,Portail A,{a},opendatasoft,"Ville d'A, et alentours",Local government,FR-BRE,active
b,Rennes,https://data.rennes.fr/explore,opendatasoft,Rennes,Local government,FR-BRE,active
c,Visionneuse C,https://c.lizmap.com/carto/,lizmap,C,Local government,FR-35,active
"""
HARVESTERS = """\
"id";"name";"url";"organization";"organization_id";"backend";"created_at";"validation";"config"
"1";"Portail D";"https://d.fr/geonetwork/srv/fre/csw";"D";"x";"csw-dcat";"";"accepted";"{""a"":
1}"
"2";"Portail E";"https://e.fr";"E";"x";"ckan";"";"refused";"{}"
"""


@pytest.fixture
def depot(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "schemas", tmp_path / "schemas")
    (tmp_path / "datapackage.json").write_text("{}")
    (tmp_path / "data").mkdir()
    write(tmp_path, "rennes,Rennes,https://data.rennes.fr", "opendatasoft")
    return tmp_path


def write(depot: Path, start: str, techno: str) -> None:
    line = f"{start},portail,,{techno},,,,,,,,,territorial,active"
    (depot / "data/plateformes.csv").write_text(f"{HEADER}\n{line}\n")


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal(Ckan(SOME))
    with Simulator(portal):
        yield portal


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text())))


def test_an_address_is_recognised_and_a_line_proposed(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["detect", "--depot", str(depot), portal.url]) == 0
    out = capsys.readouterr().out
    assert "technologie : CKAN" in out
    assert f"API         : {portal.url}" in out
    assert "preuve      : « /api/3/action/status_show » : CKAN 2.10.4" in out
    assert f"  127-0-0-1,127.0.0.1,{portal.url},portail,,ckan,,,,,,,,,territorial,active" in out


def test_a_known_site_is_not_proposed(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    write(depot, f"rennes,Rennes,{portal.url}/accueil", "ckan")
    assert main(["detect", "--depot", str(depot), portal.url]) == 0
    assert "déjà au registre : rennes" in capsys.readouterr().out


def test_an_unknown_software_and_a_silent_site_are_findings(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    portal.faults = [faces.html()]
    assert main(["detect", "--depot", str(depot), portal.url]) == 1
    assert "technologie : non reconnue" in capsys.readouterr().out
    portal.faults = [faces.cut()]
    assert main(["detect", "--depot", str(depot), portal.url]) == 1
    assert "interrompue en route" in capsys.readouterr().err


def test_a_platform_that_is_as_the_register_says_needs_nothing(
    depot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Simulator(portal := Portal(Opendatasoft(SOME))):
        base = f"rennes={portal.url}"
        assert main(["detect", "--depot", str(depot), "--plateformes", "--base", base]) == 0
    assert "1 plateforme vérifiée, 0 à revoir." in capsys.readouterr().out


def test_a_platform_that_changed_is_told_and_written(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = depot / "rapport/vu.csv"
    words = ["--plateforme", "rennes", "--base", f"rennes={portal.url}", "--vers", str(sheet)]
    assert main(["detect", "--depot", str(depot), *words]) == 1
    said = "technologie : CKAN au lieu de OpenDataSoft"
    assert f"rennes : {said}" in capsys.readouterr().out
    [row] = rows(sheet)
    assert (row["id"], row["techno"], row["techno_vue"]) == ("rennes", "opendatasoft", "ckan")
    assert (row["constat"], row["api_vue"]) == (said, portal.url)


def test_a_platform_that_moved_is_told(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    new = f"http://localhost:{portal.port}/"
    write(depot, "rennes,Rennes,https://data.rennes.fr", "ckan")
    with Simulator(old := Portal(Ckan(SOME), faults=[faces.redirect(new)])):
        bases = [f"--base=rennes={old.url}"]
        assert main(["detect", "--depot", str(depot), "--plateformes", *bases]) == 1
    # The new site was not allowed: it would be private.
    assert "rennes : ne répond pas : " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["detect"], "donnez une adresse"),
        (["detect", "--plateforme", "brest"], "plateforme inconnue : « brest »"),
        (["candidates", "--base", "data-gouv-fr=http://127.0.0.1:1"], "127.0.0.1:1"),
    ],
)
def test_a_wrong_order_is_told(
    depot: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--depot", str(depot)]) == 2
    assert sentence in capsys.readouterr().err


@pytest.fixture
def lists(depot: Path, portal: Portal) -> list[str]:
    index, harvesters = depot / "index.csv", depot / "harvest.csv"
    index.write_text(INDEX.format(a=portal.url))
    harvesters.write_text(HARVESTERS)
    return ["--depot", str(depot), "--index", str(index), "--moissonneurs", str(harvesters)]


def test_candidates_are_written_for_a_person(
    depot: Path, lists: list[str], portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["candidates", *lists]) == 0
    assert "4 portails listés, 1 écarté" in capsys.readouterr().out
    found = rows(depot / "rapport/plateformes-candidates.csv")
    assert [(r["id"], r["url"], r["techno"], r["lisible"]) for r in found] == [
        ("portail-a", portal.url, "opendatasoft", "oui"),
        ("portail-d", "https://d.fr/geonetwork/srv/fre/csw", "geonetwork", "oui"),
        ("visionneuse-c", "https://c.lizmap.com/carto/", "lizmap", "non"),
    ]
    assert found[0]["organisme"] == "Ville d'A, et alentours"
    assert {r["constat"] for r in found} == {"à vérifier"}


def test_candidates_can_be_asked(depot: Path, lists: list[str], portal: Portal) -> None:
    harvesters = depot / "harvest.csv"
    harvesters.write_text(HARVESTERS.splitlines()[0] + "\n")
    (depot / "index.csv").write_text("\n".join(INDEX.format(a=portal.url).split("\n")[:2]) + "\n")
    assert main(["candidates", *lists, "--verifier", "--permettre", portal.url]) == 0
    [row] = rows(depot / "rapport/plateformes-candidates.csv")
    assert (row["techno"], row["constat"]) == (
        "ckan",
        "« /api/3/action/status_show » : CKAN 2.10.4",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\n1,2\n", "il manque la colonne « name »"),
        (b"\xff\xfea", "ce n'est pas un fichier CSV"),
        (b"", "le fichier est vide"),
    ],
)
def test_another_file_is_told(
    depot: Path, lists: list[str], content: bytes, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (depot / "index.csv").write_bytes(content)
    assert main(["candidates", *lists]) == 1
    assert sentence in capsys.readouterr().err


def test_a_missing_file_is_told(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["candidates", "--depot", str(depot), "--index", str(depot / "rien.csv")]) == 1
    assert "rien.csv" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(depot: Path, tmp_path: Path) -> None:
    index = tmp_path / "index.csv"
    index.write_text(INDEX.format(a="https://a.fr"))
    words = ["candidates", "--depot", str(depot), "--index", str(index)]
    before = sorted(depot.rglob("*"))
    assert main([*words, "--a-blanc"]) == 0
    assert sorted(depot.rglob("*")) == before
    assert main(words) == 0
    assert (depot / "rapport/plateformes-candidates.csv").is_file()


def test_a_line_that_stops_early_has_empty_cells(depot: Path, tmp_path: Path) -> None:
    index = tmp_path / "index.csv"
    index.write_text("name,link,software,owner_name,subregion\nA,https://a.fr\n")
    assert main(["candidates", "--depot", str(depot), "--index", str(index)]) == 0
    [row] = rows(depot / "rapport/plateformes-candidates.csv")
    assert (row["url"], row["region"]) == ("https://a.fr", "")
