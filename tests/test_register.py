"""The register: table names, vintages, schemas, reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire.files import Memory
from observatoire.model import Malformed
from observatoire.register import Register, find_root, kind_of, path_of
from observatoire.table import Table

SCHEMA = b'{"fields": [{"name": "id"}, {"name": "fin"}], "primaryKey": "id"}'


def register(**tables: bytes) -> Register:
    content = {path_of(n.replace("__", "/")): data for n, data in tables.items()}
    return Register(Memory({"schemas/t.json": SCHEMA, **content}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("organisations", "organisations"),
        ("moissons/datagouv", "moissons"),
        ("moissons/journal", "journal"),
        ("indicateurs/i01_acteurs_ouverts", "indicateur"),
        ("rapprochements/datagouv", "rapprochements"),
        ("editions/2022/publications", "publications"),
        ("reference/2026/communes", "reference-communes"),
        ("reference/communes", "reference-communes"),
        ("reference/identifiants", "reference-identifiants"),
    ],
)
def test_a_table_is_described_by_the_schema_of_its_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_names_are_paths_under_data_without_extension() -> None:
    assert register(t=b"", editions__2022__t=b"").names() == ["editions/2022/t", "t"]


def test_a_reference_without_vintage_is_the_newest_one() -> None:
    years = register(reference__2022__communes=b"", reference__2026__communes=b"")
    assert years.vintages() == ["2022", "2026"]
    assert years.resolve("reference/communes") == "reference/2026/communes"
    assert years.resolve("reference/identifiants") == "reference/identifiants"
    assert years.resolve("organisations") == "organisations"
    assert register().resolve("reference/communes") == "reference/communes"


def test_a_table_that_does_not_exist_is_empty() -> None:
    assert register().table("t") == Table(("id", "fin"))
    assert not register().has("t")


def test_a_table_is_read_once_with_its_columns_in_schema_order() -> None:
    one = register(t=b"fin,id\nx,1\n")
    assert one.table("t").rows == [("1", "x")]
    assert one.table("t") is one.table("t")
    assert one.keyed("t") == {("1",): {"id": "1", "fin": "x"}}


def test_a_table_without_schema_is_refused_in_french() -> None:
    with pytest.raises(Malformed, match="aucun schéma ne décrit cette table"):
        register(u=b"a\n").table("u")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"fields": 1}',
        b'{"fields": [{}]}',
        b"[" * 100_000,
        b'{"fields": [{"name": "a", "constraints": {"pattern": "["}}]}',
        b'{"fields": [{"name": "a"}], "foreignKeys": [{}]}',
    ],
)
def test_a_broken_schema_is_refused_in_a_sentence(text: bytes) -> None:
    broken = Register(Memory({"schemas/t.json": text, "data/t.csv": b"a\n"}))
    with pytest.raises(Malformed, match="n'est pas un Table Schema lisible"):
        broken.table("t")


def test_bytes_are_canonical() -> None:
    one = register()
    assert (
        one.bytes_of("t", Table(("fin", "id"), [("x", "b"), (" y", "a")])) == b"id,fin\na,y\nb,x\n"
    )


def test_the_root_is_found_from_any_folder_inside(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "datapackage.json").write_text("{}")
    (tmp_path / "data" / "deep").mkdir(parents=True)
    assert find_root(tmp_path / "data" / "deep") == tmp_path


def test_outside_any_register_the_message_says_where_to_stand(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="aucun registre ici"):
        find_root(tmp_path)
