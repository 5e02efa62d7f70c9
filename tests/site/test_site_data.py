"""The page of the data: files, sums, tables field by field, and examples that run."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import pytest
from small_site import PROJECT, content

from loopback import serving
from observatoire.files import Memory
from observatoire.site import dictionary, examples, shelves
from observatoire.site.build import build
from observatoire.site.content import Content
from observatoire.site.forge import Pages
from observatoire.site.pages.donnees import PLACE

GITLAB, GITHUB = Pages("https://gitlab.com/a/b"), Pages("https://github.com/a/b")


@pytest.fixture(scope="module")
def version() -> Content:
    return content()


@pytest.fixture(scope="module")
def made(version: Content) -> dict[str, bytes]:
    return dict(build(version))


@pytest.fixture(scope="module")
def folder(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The downloads, side by side."""
    out = tmp_path_factory.mktemp("donnees")
    for path, data in made.items():
        if path.startswith(f"{PLACE}/") and path.count("/") == 1:
            (out / Path(path).name).write_bytes(data)
    return out


def example(name: str) -> examples.Example:
    return next(e for e in examples.EXAMPLES if e.name == name)


def test_each_file_is_there_once_with_its_size_and_its_sum(
    version: Content, made: dict[str, bytes]
) -> None:
    page = made["donnees/index.html"].decode()

    for file in version.listed():
        assert f'href="{file.name}" download' in page
        assert sha256(made[f"donnees/{file.name}"]).hexdigest() in page
    found = shelves.shelved(version.listed(), (), Pages(""), "v1")
    assert sum(len(items) for _, items in found) == len(version.listed())


def test_addresses_that_last_are_those_of_the_forge(made: dict[str, bytes]) -> None:
    page = made["donnees/index.html"].decode()

    assert f"{PROJECT}/-/releases/permalink/latest/downloads/registre.xlsx" in page
    assert f"{PROJECT}/-/releases/v1.0.0/downloads/registre.xlsx" in page
    assert "downloads/vue-datami.csv" not in page


@pytest.mark.parametrize("project", ["", "javascript:alert(1)"])
def test_without_a_repository_no_address_is_invented(project: str) -> None:
    page = dict(build(content(project)))["donnees/index.html"].decode()

    assert "permalink" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (GITLAB.download("x.csv"), "/-/releases/permalink/latest/downloads/x.csv"),
        (GITLAB.download("x.csv", "v1.0.0"), "/-/releases/v1.0.0/downloads/x.csv"),
        (GITHUB.download("x.csv"), "/releases/latest/download/x.csv"),
        (GITHUB.download("x.csv", "v1.0.0"), "/releases/download/v1.0.0/x.csv"),
        (GITLAB.edit("data/é.csv"), "/-/edit/main/data/%C3%A9.csv"),
        (GITHUB.edit("data/a.csv"), "/edit/main/data/a.csv"),
        (GITLAB.report("Signaler"), "/-/issues/new?issuable_template=Signaler"),
        (GITHUB.report("Signaler"), "/issues/new/choose"),
        (GITLAB.release("v1"), "/-/releases/v1"),
        (GITHUB.release("v1"), "/releases/tag/v1"),
    ],
)
def test_addresses_are_those_of_each_forge(address: str, expected: str) -> None:
    assert address.removeprefix("https://gitlab.com/a/b").removeprefix(
        "https://github.com/a/b"
    ) == (expected)


def test_every_table_is_described_field_by_field(version: Content, made: dict[str, bytes]) -> None:
    schemas = [p for p in version.files if p.startswith("schemas/")]
    assert len(schemas) > 20

    for path in schemas:
        name = Path(path).stem
        page = made[f"donnees/schemas/{name}/index.html"].decode()
        for field in json.loads(version.files[path])["fields"]:
            assert f'id="champ-{field["name"]}"' in page
        assert made[f"donnees/schemas/{name}.json"] == version.files[path]


def test_a_field_says_its_form_its_rules_and_what_its_codes_mean() -> None:
    schema = {
        "title": "T",
        "primaryKey": "a",
        "foreignKeys": [{"fields": "b", "reference": {"resource": "u", "fields": "c"}}],
        "fields": [
            {"name": "a", "type": "integer", "constraints": {"required": True, "minimum": 1000}},
            {
                "name": "b",
                "type": "string",
                "separator": "|",
                "constraints": {"pattern": "[a-z]+", "enum": ["x", "y"]},
                "labels": {"x": "Un <b>"},
            },
        ],
    }
    files = Memory({"schemas/t.json": json.dumps(schema).encode()})
    (document,) = dictionary.documents(files, [{"path": "data/t.csv", "schema": "schemas/t.json"}])
    first, second = document.fields

    assert (first.kind, first.rules) == ("nombre entier", ("obligatoire", "au moins 1\u202f000"))
    assert (second.kind, second.pattern) == ("texte, plusieurs séparés par |", "[a-z]+")
    assert second.values == (("x", "Un <b>"), ("y", ""))
    assert document.links == (("b", "u"),)
    assert document.paths == ("data/t.csv",)


def test_codes_of_the_flat_view_have_the_words_that_datami_shows(version: Content) -> None:
    found = {d.name: d for d in dictionary.documents(version.files, ())}
    fields = {f.name: dict(f.values) for f in found["vue-datami"].fields}

    assert fields["type"]["COM"] == "Commune"
    assert fields["tranche_ptf"]["d_1_5"] == "1 à 5 jeux"
    assert fields["merge"]["ptf"] == "Portail local"


def test_versions_are_those_that_the_note_tells() -> None:
    note = (
        "# Version v1.1.0 du registre, 1er janvier 2027\n\n* x\n\n"
        "# Version v1.0.0 du registre, 23 novembre 2026\n\nPremière.\n"
    )
    found = shelves.versions(note, GITLAB)

    assert [(v.tag, v.date) for v in found] == [
        ("v1.1.0", "1er janvier 2027"),
        ("v1.0.0", "23 novembre 2026"),
    ]
    assert found[0].page == "https://gitlab.com/a/b/-/releases/v1.1.0"
    assert shelves.retitled(note).count("\n## Version") == 2


def test_every_example_has_its_test_and_its_files(folder: Path) -> None:
    assert {e.name for e in examples.EXAMPLES} == {"verifier", "python", "duckdb", "sqlite"}
    for one in examples.EXAMPLES:
        assert all((folder / name).exists() for name in one.files)


def test_the_sums_can_be_checked(folder: Path) -> None:
    shell = shutil.which("sh")
    assert shell
    done = subprocess.run(
        [shell, "-c", example("verifier").text],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )

    assert done.returncode == 0, done.stderr
    assert "registre.zip: OK" in done.stdout


@pytest.fixture
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = partial(Quiet, directory=str(folder))
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}/"


def test_the_python_example_prints_the_rate_of_each_state(served: str) -> None:
    out = io.StringIO()
    (found,) = [e for e in examples.placed(served) if e.name == "python"]
    with contextlib.redirect_stdout(out):
        exec(compile(found.text, "exemple", "exec"), {})  # noqa: S102 -- our own text

    assert out.getvalue().splitlines() == [
        "2022-12-31 : 18.2 % (2 sur 11)",
        "2026-11-23 : 18.2 % (2 sur 11)",
    ]


def test_the_duckdb_example_counts_organisations_and_datasets(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    assert duckdb.sql(example("duckdb").text).fetchall() == [("COM", 1, 34), ("MET", 1, 57)]


def test_the_sqlite_example_finds_an_organisation(folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(folder / "registre.sqlite")) as base:
        rows = base.execute(example("sqlite").text).fetchall()

    assert [row[:4] for row in rows] == [
        ("Rennes", "213502388", "data-gouv-fr", 4),
        ("Rennes", "213502388", "rennes-metropole", 30),
        ("Rennes Métropole", "243500139", "rennes-metropole", 57),
    ]


def test_examples_are_shown_with_the_address_of_the_site() -> None:
    page = dict(build(content(address="https://exemple.fr/obs")))["donnees/index.html"].decode()

    assert "ADRESSE = &#34;https://exemple.fr/obs/donnees/&#34;" in page
    assert examples.SOURCE not in page


def test_the_page_is_light(made: dict[str, bytes]) -> None:
    sheets = sum(len(made[name]) for name in ("style.css", "documents.css"))

    for path, data in made.items():
        if path.startswith("donnees/") and path.endswith(".html"):
            assert len(data) + sheets < 150_000
