"""The connector reads real answers of data.gouv.fr, recorded in 2025 and 2026."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from observatoire import schema
from observatoire.demo import datagouv_files
from observatoire.demo.accounts import account
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import Row, SourceError
from observatoire.sources import datagouv
from observatoire.sources.kit import door, licences
from observatoire.web import Web

TODAY = date(2025, 9, 30)


@dataclass
class Recorded:
    """Plays recorded answers, by a piece of their path or query."""

    answers: dict[str, Answer] = field(default_factory=dict)

    def answer(self, ask: Ask) -> Answer:
        """The first recorded answer whose mark stands in the request."""
        wanted = f"{ask.path}?{'&'.join(f'{k}={v}' for k, v in ask.query.items())}"
        return next((a for mark, a in self.answers.items() if mark in wanted), Answer(404))


@pytest.fixture
def recorded(shared: Path) -> Path:
    return shared / "data/sources/datagouv"


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal(Recorded())
    with Simulator(portal):
        yield portal


def harvest(portal: Portal, answers: dict[str, Answer], root: Path) -> dict[str, Row]:
    portal.face = Recorded(answers)
    described = schema.parse("moissons", (root / "schemas/moissons.json").read_bytes())

    async def work() -> list[Row]:
        platform = {"id": "dg", "url": "https://www.data.gouv.fr", "url_api": portal.url}
        async with Web(allowed=[portal.url]) as web:
            return [row async for row in datagouv.harvest(platform, web, TODAY)]

    return {r["nom"]: r for r in door.admit(asyncio.run(work()), described)}


def catalogue(recorded: Path) -> dict[str, bytes]:
    """The recorded files by kind, without the one dataset that lost three cells on its way here."""
    files = {
        kind: (recorded / f"catalogue_{kind}s.recorded.csv").read_bytes()
        for kind in datagouv_files.RESOURCES.values()
    }
    lines = files["dataset"].splitlines(keepends=True)
    files["dataset"] = b"".join(line for line in lines if b"60232259b50cb565807ce5b2" not in line)
    return files


def served(files: dict[str, bytes]) -> dict[str, Answer]:
    return {
        id_: Answer(200, files[kind], "text/csv") for id_, kind in datagouv_files.RESOURCES.items()
    }


def test_the_recorded_catalogue_is_read(portal: Portal, recorded: Path, root: Path) -> None:
    files = catalogue(recorded)
    rows = harvest(portal, served(files), root)
    ours = rows["data.gouv.fr"]
    assert ours["identifiant"] == "646b7187b50b2a93b1ae3d45"
    assert ours["siren_declare"] == "130025265"
    assert ours["categorie"] == "certified|public-service"
    assert ours["url"] == "https://www.data.gouv.fr/organizations/data-gouv-fr/"
    real = [
        r
        for r in csv.DictReader(files["dataset"].decode().splitlines(), delimiter=";")
        if r["organization"] == "data.gouv.fr" and r["archived"] == "False"
    ]
    downloads = sum(int(r["metric.resources_downloads"]) for r in real)
    assert ours["nb_jeux"] == ours["nb_licence_ouverte"] == str(len(real))
    assert ours["nb_telechargements"] == str(downloads)
    assert ours["qualite"] == "0.84"
    assert rows["Agence Nationale de l'Habitat"]["derniere_mise_a_jour"] == "2025-09-18"


def test_a_recorded_line_that_lost_cells_condemns_the_file(
    portal: Portal, recorded: Path, root: Path
) -> None:
    whole = (recorded / "catalogue_datasets.recorded.csv").read_bytes()
    with pytest.raises(SourceError, match="une ligne compte 37 cellules au lieu de 40"):
        harvest(portal, served(catalogue(recorded) | {"dataset": whole}), root)


def test_the_recorded_lists_are_read(portal: Portal, recorded: Path, root: Path) -> None:
    def text(name: str) -> str:
        host = "https://www.data.gouv.fr/api/"
        return (recorded / name).read_text(encoding="utf-8").replace(host, f"{portal.url}/api/")

    rows = harvest(
        portal,
        {
            "organizations/?page=2": Answer(
                200, text("organizations_v1_list_page2.derived.json").encode()
            ),
            "organizations/?": Answer(200, text("organizations_v1_list.derived.json").encode()),
            "datasets/?": Answer(200, text("datasets_v1_list.derived.json").encode()),
        },
        root,
    )
    assert len(rows) == 6
    lyon = rows["Métropole de Lyon"]
    assert (lyon["siren_declare"], lyon["nb_jeux"], lyon["statut"]) == ("200046977", "0", "vide")
    assert rows["SGAR Auvergne-Rhône-Alpes"]["siren_declare"] == "200053767"
    assert rows["Agence Départementale D'Aide aux Collectivités Locales des Landes"]["categorie"]


def test_a_list_under_a_mask_is_read(portal: Portal, recorded: Path, root: Path) -> None:
    masked = json.loads((recorded / "organizations_v1_masked.derived.json").read_bytes())
    masked["next_page"] = None
    masked["total"] = len(masked["data"])
    empty = json.dumps({"data": [], "next_page": None, "total": 0}).encode()
    answers = {
        "organizations/?": Answer(200, json.dumps(masked).encode()),
        "datasets/?": Answer(200, empty),
    }
    rows = harvest(portal, answers, root)
    assert len(rows) == len(masked["data"])
    assert rows["Métropole de Lyon"]["siren_declare"] == "200046977"
    assert {r["statut"] for r in rows.values()} == {"vide"}


def test_an_error_is_no_list(portal: Portal, recorded: Path, root: Path) -> None:
    body = (recorded / "error_404.constructed.json").read_bytes()
    with pytest.raises(SourceError, match="cette page n'existe pas"):
        harvest(portal, {"organizations/?": Answer(404, body)}, root)
    with pytest.raises(SourceError, match="n'a pas la forme d'une liste"):
        harvest(portal, {"organizations/?": Answer(200, body)}, root)


def test_every_recorded_licence_is_known(recorded: Path) -> None:
    for one in json.loads((recorded / "licenses.recorded.json").read_text(encoding="utf-8")):
        expected = one["id"] if "okd_compliant" in one["flags"] else ""
        for name in (one["id"], one["title"], *one["alternate_titles"]):
            assert licences.identify(name) == expected


@pytest.mark.parametrize("kind", ["organization", "dataset", "resource", "reuse"])
def test_the_simulated_files_have_the_columns_of_the_real_ones(recorded: Path, kind: str) -> None:
    with (recorded / f"catalogue_{kind}s.recorded.csv").open(encoding="utf-8") as stream:
        real = next(csv.reader(stream, delimiter=";"))
    platform = DataGouv([account("A", nb_jeux=1)])
    body = datagouv_files.WRITERS[kind](platform.entries, platform.accounts, platform.day)
    simulated = next(csv.reader(body.decode().splitlines(), delimiter=";"))
    assert set(simulated) <= set(real)
    assert [c for c in real if c in simulated] == simulated


def test_the_simulated_lists_have_the_shape_of_the_real_ones(recorded: Path) -> None:
    def keys(name: str) -> tuple[set[str], dict[str, Any]]:
        page = json.loads((recorded / name).read_text(encoding="utf-8"))
        return set(page), page["data"][0]

    platform = DataGouv([account("A", nb_jeux=1)])
    for path, name in (
        ("organizations", "organizations_v1_list.derived.json"),
        ("datasets", "datasets_v1_list.derived.json"),
    ):
        page = json.loads(platform.answer(Ask("http://p", f"/api/1/{path}/")).body)
        envelope, item = keys(name)
        assert set(page) == envelope
        assert set(page["data"][0]) <= set(item)
