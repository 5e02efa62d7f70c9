"""datapackage.json follows the tables that exist."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from observatoire import cli, files, package, schemas_page
from observatoire.register import Register
from observatoire.site import dictionary

SCHEMA = {"title": "Choses", "fields": [{"name": "id", "type": "string"}], "primaryKey": "id"}


def described(tables: dict[str, str], schemas: dict[str, object]) -> dict[str, dict[str, object]]:
    memory = files.Memory()
    memory.update({f"data/{n}.csv": t.encode() for n, t in tables.items()})
    memory.update({f"schemas/{n}.json": json.dumps(s).encode() for n, s in schemas.items()})
    resources = json.loads(package.describe(Register(memory)))["resources"]
    return {r["name"]: r for r in resources}


def test_every_table_is_a_resource_and_points_at_its_schema() -> None:
    found = described({"choses": "id\n1\n"}, {"choses": SCHEMA})

    assert found["choses"]["path"] == "data/choses.csv"
    assert found["choses"]["schema"] == "schemas/choses.json"


def test_the_newest_vintage_goes_by_its_short_name() -> None:
    tables = {"reference/2022/communes": "id\n", "reference/2026/communes": "id\n"}
    found = described(tables, {"reference-communes": SCHEMA})

    assert found["reference/communes"]["path"] == "data/reference/2026/communes.csv"
    assert found["reference/2022/communes"]["title"] == "Choses (2022)"


def test_a_frozen_edition_points_at_its_own_tables() -> None:
    child = SCHEMA | {
        "foreignKeys": [{"fields": "id", "reference": {"resource": "choses", "fields": "id"}}]
    }
    tables = {"choses": "id\n", "editions/2022/choses": "id\n", "editions/2022/parts": "id\n"}
    found = described(tables, {"choses": SCHEMA, "parts": child})

    schema = found["editions/2022/parts"]["schema"]
    assert isinstance(schema, dict)
    assert schema["foreignKeys"][0]["reference"]["resource"] == "editions/2022/choses"


def test_the_services_that_complete_the_register_are_sources_with_their_licence() -> None:
    sources = json.loads(package.describe(Register(files.Memory())))["sources"]

    assert {
        "title": "Géocodage de la Géoplateforme (Licence Ouverte 2.0)",
        "path": "https://data.geopf.fr/geocodage",
    } in sources


def test_the_committed_description_is_up_to_date(root: Path) -> None:
    folder = files.Folder(root)

    assert folder.read(package.PATH) == package.describe(Register(folder))


def test_the_committed_page_of_the_schemas_is_up_to_date(root: Path) -> None:
    folder = files.Folder(root)
    resources = json.loads(package.describe(Register(folder)))["resources"]
    documents = dictionary.documents(folder, resources)

    assert (root / schemas_page.PATH).read_text("utf-8") == schemas_page.render(documents)


def test_the_page_of_the_schemas_shows_each_column_and_no_stray_markdown(tmp_path: Path) -> None:
    field = {"name": "a_b", "title": "A*B", "description": "un | deux", "example": "x|y"}
    schema = {"title": "Choses", "description": "<des>", "fields": [field], "primaryKey": "a_b"}
    memory = files.Memory({"schemas/choses.json": json.dumps(schema).encode()})
    page = schemas_page.render(dictionary.documents(memory, []))

    assert "## choses\n\nChoses. \\<des\\>\n\nClé : `a_b`." in page
    assert "| `a_b` | **A\\*B** : un \\| deux Exemple : `x\\|y`. |" in page


def test_the_command_says_what_is_stale_then_writes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files.write(tmp_path, {"datapackage.json": b"{}", "schemas/choses.json": b'{"fields": []}'})

    assert cli.main(["package", "--depot", str(tmp_path), "--check"]) == 1
    assert "docs/schemas.md n'est plus à jour" in capsys.readouterr().err
    assert cli.main(["package", "--depot", str(tmp_path)]) == 0
    assert cli.main(["package", "--depot", str(tmp_path), "--check"]) == 0


def test_the_address_of_the_repository_is_given_once_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files.write(
        tmp_path,
        {
            "datapackage.json": b"{}",
            "data/choses.csv": b"id\n1\n",
            "schemas/choses.json": json.dumps(SCHEMA).encode(),
        },
    )

    def told(*words: str) -> str:
        assert cli.main(["package", "--depot", str(tmp_path), *words]) == 0
        return str(json.loads((tmp_path / "datapackage.json").read_bytes())["repository"])

    assert told() == ""
    assert "repository-code" not in (tmp_path / "CITATION.cff").read_text("utf-8")
    assert told("--adresse", "https://forge.example/a/b.git/") == "https://forge.example/a/b"
    assert told() == "https://forge.example/a/b"
    assert "https://forge.example/a/b" in (tmp_path / "CITATION.cff").read_text("utf-8")
    assert told("--adresse", "") == ""
    with pytest.raises(SystemExit):
        told("--adresse", "forge.example/a/b")
    assert "n'est pas l'adresse d'un dépôt" in capsys.readouterr().err


def test_the_program_names_no_repository_of_its_own() -> None:
    assert package.HEADER["repository"] == ""
