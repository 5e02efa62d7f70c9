"""`observatoire harvest` and `simulate` from end to end, on a small register."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from observatoire.cli import main
from observatoire.demo import faces
from observatoire.demo.accounts import account
from observatoire.demo.arcgis import ArcgisHub
from observatoire.demo.ckan import Ckan
from observatoire.demo.datafair import DataFair
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.opendatasoft import Opendatasoft
from observatoire.demo.simulator import Portal, Simulator
from observatoire.harvest import Outcome, report
from observatoire.harvest.parts import Share

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
        (["--base", "x"], "« x » n'est pas de la forme NOM=http://adresse"),
        (["--base", "data-gouv-fr=ftp://a"], "n'est pas de la forme"),
        (["--part", "9/8"], "« 9/8 » n'est pas une partie : écrivez par exemple 3/8"),
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


def test_a_port_already_taken_is_told(
    depot: Path, portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "--depot", str(depot), "--port", str(portal.port)]) == 2
    assert f"impossible d'ouvrir le port {portal.port}" in capsys.readouterr().err


PORTALS = {
    "ckan-a": ("ckan", Ckan),
    "ods-a": ("opendatasoft", Opendatasoft),
    "ods-b": ("opendatasoft", Opendatasoft),
    "fair-a": ("data-fair", DataFair),
    "hub-a": ("arcgis-hub", ArcgisHub),
}


@pytest.fixture
def many(depot: Path) -> Iterator[dict[str, Portal]]:
    """Portals of several technologies, and their lines in the register."""
    blank = "," * (HEADER.count(",") - 6)
    lines = [
        f"{id_},Portail {id_},https://{id_}.exemple.fr,portail,,{techno}{blank}territorial,active"
        for id_, (techno, _) in sorted(PORTALS.items())
    ]
    (depot / "data/plateformes.csv").write_text("\n".join([HEADER, *lines, ""]))
    portals = {}
    for number, (id_, (_, face)) in enumerate(sorted(PORTALS.items()), 3):
        accounts = [account(f"Commune {i}", nb_jeux=i) for i in range(1, number)]
        portals[id_] = Portal(face(accounts), validators=True)
    with Simulator(*portals.values()):
        yield portals


def harvest_all(depot: Path, portals: dict[str, Portal], *options: str) -> int:
    bases = [f"--base={id_}={portal.url}" for id_, portal in portals.items()]
    return main(["harvest", "--depot", str(depot), "--date", "2026-11-23", *bases, *options])


def fresh(depot: Path, name: str) -> Path:
    """The same register, never harvested."""
    other = depot.parent / f"{depot.name}-{name}"
    shutil.copytree(depot, other, ignore=shutil.ignore_patterns("moissons", ".observatoire"))
    (other / "data/moissons").mkdir()
    return other


def test_what_did_not_change_is_not_downloaded_again(
    depot: Path, many: dict[str, Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    assert harvest_all(depot, many) == 0
    first = [len(p.asked) for p in many.values()]
    assert f"5 plateformes, {sum(first)} requêtes dont 0 sans changement (304)" in (
        capsys.readouterr().out
    )
    before = written(depot)
    assert harvest_all(depot, many) == 0
    out = capsys.readouterr().out
    count = sum(first)
    assert f"{count} requêtes dont {count} sans changement (304), 0 octet reçus." in out
    assert "Rien n'a changé." in out
    assert written(depot) == before


def test_without_cache_nothing_is_kept(depot: Path, many: dict[str, Portal]) -> None:
    assert harvest_all(depot, many, "--sans-cache") == 0
    assert not (depot / ".observatoire/cache").exists()


def test_a_failed_harvest_is_asked_anew(depot: Path, many: dict[str, Portal]) -> None:
    many["ods-a"].faults = [faces.truncated()]
    assert harvest_all(depot, many) == 0
    many["ods-a"].faults = []
    many["ods-a"].asked.clear()
    assert harvest_all(depot, many) == 0
    assert not any("if-none-match" in a.headers for a in many["ods-a"].asked)
    assert "ods-a" in (depot / "data/moissons/opendatasoft.csv").read_text()


def test_a_recorded_harvest_is_played_again_without_network(
    depot: Path, many: dict[str, Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    many["ods-b"].faults = [faces.html()]
    other = fresh(depot, "autre")
    kept = depot / "enregistrement"
    assert harvest_all(depot, many, "--enregistrer", str(kept)) == 0
    told = capsys.readouterr()
    for portal in many.values():
        portal.asked.clear()
    assert main(["harvest", "--depot", str(other), "--rejouer", str(kept)]) == 0
    assert written(other) == written(depot)
    assert [p.asked for p in many.values()] == [[]] * 5
    again = capsys.readouterr()
    assert again.err == told.err
    assert "ods-b : " in again.err


def test_the_parts_of_a_harvest_give_the_bytes_of_one(
    depot: Path, many: dict[str, Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    many["ods-b"].faults = [faces.status(500)]
    other = fresh(depot, "autre")
    assert harvest_all(depot, many) == 0
    one = capsys.readouterr()
    folders = [str(depot / f"machine-{n}") for n in (1, 2, 3)]
    for number, folder in enumerate(folders, 1):
        assert harvest_all(other, many, "--part", f"{number}/3", "--parties", folder) == 0
    assert written(other) == {}
    capsys.readouterr()
    assert main(["harvest", "--depot", str(other), "--assembler", *folders]) == 0
    assert written(other) == written(depot)
    assert capsys.readouterr().err == one.err


def test_a_missing_part_is_an_outage_of_its_platforms(
    depot: Path, many: dict[str, Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    harvest_all(depot, many)
    before = written(depot)
    there = set()
    for number in (1, 3):
        harvest_all(depot, many, "--part", f"{number}/3")
        part = json.loads((depot / f".observatoire/parties/partie-{number}-sur-3.json").read_text())
        there |= {p["plateforme"] for p in part["plateformes"]}
    gone = sorted(many.keys() - there)
    parts = str(depot / ".observatoire/parties")
    capsys.readouterr()
    assert main(["harvest", "--depot", str(depot), "--assembler", parts]) == 1
    [said, *_] = capsys.readouterr().err.splitlines()
    assert said.startswith(f"la partie 2 sur 3 manque : {len(gone)} plateforme")
    assert all(name in said for name in gone)
    assert written(depot) == before
    heard = json.loads((depot / ".observatoire/moisson.json").read_text())
    assert sorted(p for found in heard.values() for p in found) == sorted(there)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        ("http://a.fr/b?c=d : trop lent.", "p : trop lent (http://a.fr/b?c=d)."),
        ("plus de réponse.", "p : plus de réponse."),
        (
            "ni l'un ni l'autre : http://a.fr : refusé ; http://b.fr : refusé.",
            "p : ni l'un ni l'autre : http://a.fr : refusé ; http://b.fr : refusé.",
        ),
        (f"http://{'a' * 200} : éteint.", f"p : éteint (http://{'a' * 92}…)."),
    ],
)
def test_a_failure_is_one_line_with_its_cause_first(error: str, line: str) -> None:
    assert list(report.failures([Outcome("ckan", "p", error=error)])) == [line]


def test_missing_parts_are_told_in_one_sentence() -> None:
    names = [f"p{n:02}" for n in range(12)]
    assert report.missing([Share(2, 4), Share(3, 4)], names) == (
        "les parties 2 et 3 sur 4 manquent : 12 plateformes en panne, dernières lignes gardées"
        " (p00, p01, p02, p03, p04, p05, p06, p07, p08, p09 et 2 autres)."
    )


def test_a_platform_that_moved_is_told(
    depot: Path, many: dict[str, Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    new = f"http://localhost:{many['ods-b'].port}"

    def away(ask: Ask, _: Answer) -> Answer:
        return Answer(301, headers={"Location": f"{new}{ask.path}?{urlencode(ask.query)}"})

    many["ods-a"].faults = [faces.Fault(away)]
    assert harvest_all(depot, many, f"--base=ods-b={new}") == 0
    assert f"ods-a : {many['ods-a'].url} redirige vers {new}." in capsys.readouterr().err


def test_an_empty_folder_has_no_part(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["harvest", "--depot", str(depot), "--assembler", str(depot / "rien")]) == 1
    assert "aucune partie de moisson" in capsys.readouterr().err


def test_what_is_no_recording_is_told(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["harvest", "--depot", str(depot), "--rejouer", str(depot)]) == 1
    assert "n'est pas l'enregistrement d'une moisson" in capsys.readouterr().err
