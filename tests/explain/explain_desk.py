"""A desk where the tests of `explain` write lines and read what the command says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from propose_register import ACIGNE, ANNE, Desk

from observatoire import files
from observatoire.files import Folder
from observatoire.register import Register, path_of
from observatoire.table import from_records

Rows = Iterable[Mapping[str, str]]
ORGANISATIONS = [
    {"siren": ACIGNE, "nom": "Acigné", "type": "COM", "departement": "35", "statut": "actif"},
    {"siren": "130004658", "nom": "GIP Littoral", "type": "OACT", "statut": "actif"},
    {"siren": "213501331", "nom": "Saint-Aubin", "type": "COM", "departement": "35"},
    {"siren": "212100325", "nom": "SAINT AUBIN", "type": "COM", "departement": "21"},
]


def write(desk: Desk, name: str, rows: Rows) -> None:
    """Give a table these lines, in the working folder and in a commit."""
    register = Register(Folder(desk.root))
    content = register.bytes_of(name, from_records(register.schema(name).columns, rows))
    commit(desk, {path_of(name): content}, f"écrit {name}")


def commit(desk: Desk, changes: Mapping[str, bytes], said: str) -> None:
    files.write(desk.root, changes)
    head = desk.repo.resolve("HEAD") or ""
    tree = desk.repo.write_tree(head, changes)
    made = desk.repo.commit(tree, [head], said, ANNE, "2026-02-03")
    desk.repo.update_ref("refs/heads/main", made, head)


def explain(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """What the command says."""
    capsys.readouterr()
    assert desk.observatoire("explain", "--date", "2026-03-01", *words) == status
    said = capsys.readouterr()
    return said.err if status else said.out
