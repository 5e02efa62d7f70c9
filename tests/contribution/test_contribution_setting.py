"""What the register knows of a file: may it be edited, what its rows are called, its locks."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire.contribution.setting import PLACES, VIEW, rules_of
from observatoire.files import Memory
from observatoire.model import Malformed
from observatoire.register import Register

ACCOUNT = ("213500010", "data-gouv-fr", "5aa")


@pytest.fixture
def register(root: Path) -> Register:
    files = Memory({f"schemas/{p.name}": p.read_bytes() for p in (root / "schemas").iterdir()})

    def put(name: str, **cells: str) -> None:
        path = f"data/{name}.csv"
        columns = Register(files).schema(name).columns
        before = files.get(path, (",".join(columns) + "\n").encode()).decode()
        line = ",".join(cells.get(c, "") for c in columns)
        files[path] = f"{before}{line}\n".encode()

    put("organisations", siren="213500010", nom="Acigné", type="COM", statut="actif")
    put("plateformes", id="data-gouv-fr", nom="data.gouv.fr", perimetre="national")
    put("publications", siren=ACCOUNT[0], plateforme=ACCOUNT[1], identifiant=ACCOUNT[2])
    lock = {"table": "publications", "cle": " ".join(ACCOUNT), "motif": "vérifié"}
    put("verrous", **lock, champ="url", statut="actif", echeance="2026-12-31")
    put("verrous", **lock, champ="nb_jeux", statut="actif", echeance="2026-01-01")
    put("verrous", **lock, champ="statut", statut="leve")
    return Register(files)


def test_a_publication_is_called_by_its_body_and_its_portal(register: Register) -> None:
    rules = rules_of(register, "data/publications.csv", "2026-11-23")
    assert rules.names == {ACCOUNT: "Acigné sur data.gouv.fr"}
    assert (rules.table, rules.generated) == ("publications", "")


def test_a_publication_of_nobody_known_is_called_by_its_keys(register: Register) -> None:
    assert isinstance(register.files, Memory)
    for name in ("organisations", "plateformes"):
        path = f"data/{name}.csv"
        register.files[path] = register.files[path].splitlines(keepends=True)[0]
    rules = rules_of(Register(register.files), "data/publications.csv", "2026-11-23")
    assert rules.names == {ACCOUNT: "213500010 sur data-gouv-fr"}


def test_only_a_lock_that_stands_freezes_a_cell(register: Register) -> None:
    rules = rules_of(register, "data/publications.csv", "2026-11-23")
    assert rules.frozen == {(ACCOUNT, "url"): "vérifié"}
    assert rules_of(register, "data/organisations.csv", "2026-11-23").frozen == {}


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("data/moissons/datagouv.csv", "data/publications.csv"),
        ("data/reference/2026/communes.csv", "data/organisations.csv"),
        ("data/editions/2022/organisations.csv", "les tables de data/"),
        ("publication/organisations.csv", "data/organisations.csv"),
    ],
)
def test_a_file_that_is_not_edited_says_where_to_go(
    register: Register, path: str, where: str
) -> None:
    assert where in rules_of(register, path, "2026-11-23").generated


def test_every_column_of_the_flat_view_says_where_it_comes_from(register: Register) -> None:
    rules = rules_of(register, f"publication/{VIEW}.csv", "2026-11-23")
    assert set(rules.locked) == set(rules.schema.columns)
    assert set(PLACES) <= set(rules.schema.columns)
    assert "data/publications.csv, colonne « Nombre de jeux" in rules.locked["nb_ptf"]
    assert "calculée" in rules.locked["tranche_pop"]


@pytest.mark.parametrize(
    "path",
    ["README.md", ".gitlab-ci.yml", "data/inconnue.csv", "data/../a.csv", "data/a`b.csv", ""],
)
def test_any_other_file_is_refused_in_words(register: Register, path: str) -> None:
    with pytest.raises(Malformed) as refusal:
        rules_of(register, path, "2026-11-23")
    assert "data/organisations.csv" in refusal.value.findings[0].message
