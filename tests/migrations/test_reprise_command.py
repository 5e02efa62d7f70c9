"""The command `observatoire reprise`, on old files in miniature."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from reprise_literals import HUB, body, on_portal, past, portal, seen

from observatoire.cli import main
from observatoire.files import Folder
from observatoire.migrations.reprise_2022 import sources
from observatoire.model import Row
from observatoire.register import Register
from observatoire.table import from_records, serialize

WRITTEN = {
    *("data/organisations.csv", "data/plateformes.csv", "data/publications.csv"),
    *("data/thematiques.csv", "data/verrous.csv", "data/refus.csv", "data/redirections.csv"),
    *(
        f"data/editions/{year}/{name}.csv"
        for year in ("2021", "2022")
        for name in ("organisations", "plateformes", "publications", "corrections")
    ),
}


@pytest.fixture
def depot(tmp_path: Path, root: Path) -> Path:
    """A register with schemas and a reference of one commune, without any table of people."""
    for name in Folder(root).names("schemas"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((root / name).read_bytes())
    (tmp_path / "datapackage.json").write_text("{}")
    _table(tmp_path, "reference/identifiants", [])
    for year in ("2022", "2026"):
        place = {"code": "35", "nom": "Ille-et-Vilaine", "region": "53", "zone": "metro"}
        commune = {"code": "35001", "siren": "213500010", "nom": "Acigné", "departement": "35"}
        _table(tmp_path, f"reference/{year}/communes", [{**commune, "region": "53"}])
        _table(tmp_path, f"reference/{year}/departements", [place])
        for name in ("epci", "regions", "anciennes"):
            _table(tmp_path, f"reference/{year}/{name}", [])
    return tmp_path


@pytest.fixture
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The six old files, one line each."""
    folder = tmp_path_factory.mktemp("anciens")
    hub = {**dict.fromkeys(sources.NEEDED[sources.NATIONALES], ""), **HUB}
    theme = {"Name": "Culture", "Tags": "", "Organisations_Id": ""}
    _csv(folder / sources.EDITION, [on_portal(), body(siren="212201628", nom="PAIMPOL")])
    _csv(folder / sources.EXPORT, [past(on_portal(), ptf="Data Rennes Métropole")])
    _csv(folder / sources.PLATEFORMES, [portal()])
    _csv(folder / sources.NATIONALES, [hub])
    _csv(folder / sources.THEMATIQUES, [theme])
    view = seen("213500010", "Place de la Mairie 35690 Acigné", "48.13", "-1.53")
    _csv(folder / sources.VUE, [view], ";")
    return folder


def _table(root: Path, name: str, rows: Sequence[Row]) -> None:
    path = root / "data" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = Register(Folder(root)).schema(name).columns
    path.write_bytes(serialize(from_records(columns, rows)))


def _csv(path: Path, rows: Sequence[Row], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def _run(depot: Path, old: Path, *more: str) -> int:
    return main(["reprise", "--depot", str(depot), "--sources", str(old), *more])


def test_the_register_and_both_editions_are_written_and_can_be_read(depot: Path, old: Path) -> None:
    assert _run(depot, old) == 0
    assert {n for n in Folder(depot).names("data") if "/reference/" not in n} == WRITTEN
    register = Register(Folder(depot))
    assert [key[0] for key in register.keyed("organisations")] == ["212201628", "213500010"]
    assert len(register.table("verrous")) == 0
    for name in register.names():
        assert register.files.read(f"data/{name}.csv") == register.bytes_of(
            name, register.table(name)
        )


def test_a_second_run_changes_no_byte(
    depot: Path, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(depot, old)
    before = {n: (depot / n).read_bytes() for n in Folder(depot).names("data")}
    capsys.readouterr()
    assert _run(depot, old) == 0
    assert {n: (depot / n).read_bytes() for n in Folder(depot).names("data")} == before
    assert "Rien à changer" in capsys.readouterr().out


def test_a_dry_run_writes_nothing_and_says_what_it_would(
    depot: Path, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(depot, old, "--a-blanc") == 0
    assert not (depot / "data/organisations.csv").exists()
    out = capsys.readouterr().out
    assert "15 fichiers à réécrire" in out
    assert "SIREN absent du référentiel officiel" in out


def test_locks_of_people_are_left_alone(depot: Path, old: Path) -> None:
    lock = {"table": "organisations", "cle": "213500010", "champ": "nom", "motif": "x"}
    _table(depot, "verrous", [{**lock, "statut": "actif"}])
    _run(depot, old)
    assert len(Register(Folder(depot)).table("verrous")) == 1


def test_a_table_that_somebody_changed_is_kept_unless_told(
    depot: Path, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(depot, old)
    table = depot / "data/organisations.csv"
    rebuilt = table.read_bytes()
    edited = rebuilt.replace(b"ACIGNE", "Acigné".encode())
    table.write_bytes(edited)
    capsys.readouterr()
    assert _run(depot, old) == 0
    assert table.read_bytes() == edited
    assert "data/organisations.csv a été modifié depuis" in capsys.readouterr().out
    assert _run(depot, old, "--remplacer") == 0
    assert table.read_bytes() == rebuilt


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda f: f.unlink(), "ce fichier manque"),
        (lambda f: f.write_text("nom,type\nA,B\n"), "il manque parmi les colonnes : url, porteur"),
        (lambda f: f.write_bytes(b"nom\n\xe9\n"), "n'est pas en UTF-8"),
        (lambda f: f.write_bytes(f.read_bytes() + b"A,B\n"), "ligne 3"),
        (lambda f: f.write_text(""), "ce fichier est vide"),
    ],
)
def test_an_old_file_that_cannot_be_read_is_a_french_sentence(
    depot: Path, old: Path, capsys: pytest.CaptureFixture[str], break_it, message: str
) -> None:
    break_it(old / sources.NATIONALES)
    assert _run(depot, old) == 1
    said = capsys.readouterr().err
    assert message in said
    assert sources.NATIONALES in said
    assert not (depot / "data/organisations.csv").exists()
