"""The command asks the sources that it is told to, writes what they say, and tells it in French."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lookup_bench import HEADER, ROOT

from observatoire import cli
from observatoire.commands import lookup
from observatoire.demo import faces
from observatoire.demo.annuaire import Annuaire
from observatoire.demo.geoplateforme import Geoplateforme
from observatoire.demo.simulator import Portal, Simulator
from observatoire.lookups import discover, schemas
from observatoire.screen import Screen

ALBI = "218100048"
TABLE = "data/reference/entreprises.csv"
TOWN = "1 PLACE DE LA MAIRIE 81000 ALBI"


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    (tmp_path / "datapackage.json").write_text("{}")
    (tmp_path / "data/reference/2026").mkdir(parents=True)
    (tmp_path / "data/reference/2026/communes.csv").write_text(
        f"code,siren,nom,departement,epci,ept,population,region\n81004,{ALBI},Albi,81,,,50000,76\n"
    )
    line = f"{ALBI},Albi,COM,81,,,,,,,actif"
    (tmp_path / "data/organisations.csv").write_text(f"{HEADER}\n{line}\n")
    return tmp_path


def observatoire(depot: Path, *words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    args = cli.parser().parse_args(["lookup", "--depot", str(depot), *words])
    return lookup.run(args, Screen(out, err)), out.getvalue(), err.getvalue()


def test_what_one_source_learns_serves_the_next(depot: Path) -> None:
    found = ("43.928", "2.146", "0.9", "81004")
    annuaire, geo = Portal(Annuaire({ALBI: {}})), Portal(Geoplateforme({TOWN: found}))
    with Simulator(annuaire, geo):
        status, out, err = observatoire(
            depot,
            *("entreprises", "geocodage", "--date", "2026-11-23"),
            *("--base", f"entreprises={annuaire.url}", "--base", f"geocodage={geo.url}"),
        )
    assert (status, err) == (0, "")
    assert "entreprises : 1 organisme demandé sur 1" in out
    assert "geocodage : 1 adresse envoyée, 1 située avec" in out
    assert f"Ce qui change : data/organisations.csv, {TABLE}." in out
    assert ",43.928,2.146," in (depot / "data/organisations.csv").read_text()
    assert ALBI in (depot / TABLE).read_text()


def test_nothing_is_written_in_a_dry_run(depot: Path) -> None:
    portal = Portal(Annuaire({ALBI: {}}))
    with Simulator(portal):
        words = ("entreprises", "--a-blanc", "--base", f"entreprises={portal.url}")
        status, out, _ = observatoire(depot, *words)
    assert (status, (depot / TABLE).exists()) == (0, False)
    assert f"Ce qui changerait : {TABLE}." in out


def test_a_source_that_fails_is_told_and_the_others_go_on(depot: Path) -> None:
    broken = Portal(Annuaire({}), faults=[faces.status(500)])
    geo = Portal(Geoplateforme({}))
    with Simulator(broken, geo):
        status, out, err = observatoire(
            depot,
            *("entreprises", "geocodage"),
            *("--base", f"entreprises={broken.url}", "--base", f"geocodage={geo.url}"),
        )
    assert status == 1
    assert "entreprises : " in err
    assert "en panne (code 500)" in err
    assert "geocodage : Aucune adresse à situer." in out
    assert "Rien n'a changé." in out


def test_an_unknown_source_is_a_usage_error(depot: Path) -> None:
    status, _, err = observatoire(depot, "pluie")
    assert status == 2
    assert "source inconnue : pluie (au choix : entreprises, geocodage, schemas, transport)" in err


@pytest.mark.parametrize("words", [("schemas", "--base", "x"), ("schemas", "--date", "hier"), ()])
def test_wrong_words_are_a_usage_error(depot: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        observatoire(depot, *words)
    assert caught.value.code == 2


def test_a_private_address_is_only_reached_when_the_operator_gives_it(
    depot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = Portal(Annuaire({}))
    with Simulator(portal):
        monkeypatch.setattr(schemas, "LOOKUP", replace(schemas.LOOKUP, base=portal.url))
        status, _, err = observatoire(depot, "schemas")
    assert (status, portal.asked) == (1, [])
    assert "n'est pas publique" in err


def test_every_source_is_told_in_the_help() -> None:
    assert all(f"\n  {name} " in lookup.EPILOG for name in discover())
