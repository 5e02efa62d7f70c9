"""A version on data.gouv.fr: resources replaced in place, against a simulated platform."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_register import files

from observatoire import cli
from observatoire.demo.datagouv_depot import Depot
from observatoire.demo.faces import Answer, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.files import write
from observatoire.git import Person, Repo
from observatoire.model import Breakdown
from observatoire.publish import datagouv
from observatoire.publish.datagouv_depot import DataGouvDepot

KEY = "une-cle-tres-secrete-0123456789"
JEU = "5f3f8ed2a1b2c3d4e5f60718"
ABOUT = {"registre.zip": "Tout le registre", "CHANGEMENTS.md": "Ce qui change"}
FILES = {"registre.zip": b"PK archive", "CHANGEMENTS.md": b"# Un\n"}


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Simulator(made := Portal(Depot(JEU, KEY))):
        yield made


def depot(portal: Portal, key: str = KEY) -> DataGouvDepot:
    return DataGouvDepot(JEU, key, portal.url)


def publish(portal: Portal, contents: dict[str, bytes]) -> list[str]:
    there = depot(portal)
    plan = list(datagouv.steps(there.resources(), contents, ABOUT))
    datagouv.take(there, plan, contents, ABOUT)
    return [step.sentence() for step in plan]


def seen(portal: Portal) -> dict[str, tuple[str, bytes]]:
    face = portal.face
    assert isinstance(face, Depot)
    return {r["id"]: (r["title"], face.files[r["id"]]) for r in face.resources}


def test_files_are_added_then_nothing_is_left_to_do(portal: Portal) -> None:
    assert publish(portal, FILES) == ["ajouter registre.zip", "ajouter CHANGEMENTS.md"]
    assert publish(portal, FILES) == []
    assert seen(portal) == {
        "00000000": ("Tout le registre", b"PK archive"),
        "00000001": ("Ce qui change", b"# Un\n"),
    }


def test_a_new_version_keeps_the_address_and_the_title_of_each_file(portal: Portal) -> None:
    publish(portal, FILES)

    assert publish(portal, FILES | {"registre.zip": b"PK new"}) == ["remplacer registre.zip"]
    assert seen(portal)["00000000"] == ("Tout le registre", b"PK new")


def test_what_others_put_in_the_dataset_stays(portal: Portal) -> None:
    assert isinstance(portal.face, Depot)
    portal.face.resources.append({"id": "x", "title": "Notice", "extras": {}})
    portal.face.files["x"] = b"note"
    publish(portal, FILES)

    assert seen(portal)["x"] == ("Notice", b"note")


def test_words_that_changed_are_written_again(portal: Portal) -> None:
    publish(portal, FILES)
    assert isinstance(portal.face, Depot)
    portal.face.resources[0]["title"] = "registre.zip"

    assert publish(portal, FILES) == ["décrire registre.zip"]


@pytest.mark.parametrize("calls", range(1, 5))
def test_a_run_cut_after_any_call_ends_with_the_same_resources(portal: Portal, calls: int) -> None:
    left = [calls]

    def cut(ask: object, answer: Answer) -> Answer:
        left[0] -= getattr(ask, "method", "") != "GET"
        return Answer(500, b"{}") if left[0] == 0 else answer

    portal.faults = [Fault(cut)]
    with pytest.raises(Breakdown, match="erreur 500"):
        publish(portal, FILES)
    portal.faults = []
    publish(portal, FILES)

    assert sorted(seen(portal).values()) == [
        ("Ce qui change", b"# Un\n"),
        ("Tout le registre", b"PK archive"),
    ]


def test_a_wrong_key_is_said_without_showing_it(portal: Portal) -> None:
    with pytest.raises(Breakdown, match="Vérifiez la clé") as refused:
        depot(portal, "autre-cle-secrete").add("a.zip", b"a")
    assert "autre-cle-secrete" not in str(refused.value)


def test_the_key_goes_nowhere_else(portal: Portal) -> None:
    def away(ask: object, answer: Answer) -> Answer:
        return Answer(302, headers={"Location": "http://127.0.0.1:9/"})

    portal.faults = [Fault(away)]
    with pytest.raises(Breakdown):
        depot(portal).resources()
    with pytest.raises(Breakdown, match="n'est pas une adresse où envoyer un jeton"):
        DataGouvDepot(JEU, KEY, "http://data.example.org")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "registre"
    folder.mkdir()
    write(folder, files())
    repo = Repo(folder)
    repo.run("init", "--quiet", "--initial-branch=main", ".")
    who = Person("Une personne", "personne@example.org")
    commit = repo.commit(repo.write_tree("", files()), [], "Données", who, "2026-11-23")
    repo.update_ref("refs/heads/main", commit, "")
    return folder


def call(root: Path, portal: Portal, *words: str) -> int:
    place = ("--jeu", JEU, "--site", portal.url, "--depot", str(root))
    return cli.main(["datagouv", *place, *words])


def test_the_command_looks_first_then_writes_once(
    root: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, portal, "--a-blanc") == 2
    assert "aucune version n'est publiée" in capsys.readouterr().err
    assert cli.main(["release", "--depot", str(root)]) == 0
    assert call(root, portal) == 2
    assert call(root, portal, "--a-blanc") == 0
    assert seen(portal) == {}
    monkeypatch.setenv("OBSERVATOIRE_CLE_DATAGOUV", KEY)
    assert call(root, portal) == 0
    assert "registre.xlsx" in {r["extras"][datagouv.MARK] for r in portal.face.resources}  # type: ignore[attr-defined]
    assert call(root, portal) == 0
    assert "Rien à faire" in capsys.readouterr().out
