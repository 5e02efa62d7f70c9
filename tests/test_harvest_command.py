"""`observatoire harvest` from end to end, on a small register."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from harvest_bench import HEADER, LINE, one_portal
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

ROWS, LOG = "data/moissons/datagouv.csv", "data/moissons/journal.csv"


@pytest.fixture
def depot(root: Path, tmp_path: Path) -> Path:
    return one_portal(root, tmp_path)


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
