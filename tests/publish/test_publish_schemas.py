"""A schema that changes: the number says it, and the three last versions still hold once migrated.

Real tags in a real repository, real migration files; what needs one is refused without it.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from small_register import edited, files

from observatoire import package
from observatoire.files import Memory
from observatoire.git import Person, Repo, Tree, init_bare
from observatoire.intake import parse
from observatoire.model import Malformed
from observatoire.publish import gate, history, migrations, publisher, upgrade
from observatoire.register import Register

SOMEONE = Person("Une personne", "personne@example.org")
PROJECT = "https://gitlab.com/groupe/observatoire"
ROW = "243500139,data-gouv-fr,5a83f81fc751df6f8573eb8a,,12,,,reprise,publie\n"
LAST = "243500139,rennes-metropole,Rennes Métropole,,57,3,"
STATES = (
    files(),
    files(**edited("publications", ",57,3,", ",61,3,")),
    files(**edited("publications", LAST, ROW + LAST.replace(",57,3,", ",61,3,"))),
)
"""The register of three versions: a first one, a value that changes, a line that comes."""

Edit = Callable[[dict[str, Any]], None]


def save(repo: Repo, content: Memory) -> None:
    head = repo.resolve("refs/heads/main")
    tree = repo.write_tree("", content)
    commit = repo.commit(tree, [head] if head else [], "Données", SOMEONE, "2026-11-23T10:00:00Z")
    repo.update_ref("refs/heads/main", commit, head or "")


def release(repo: Repo, asked: str = "") -> str:
    ready = publisher.prepare(repo, "", PROJECT, asked)
    assert ready is not None
    publisher.publish(repo, ready)
    return ready.tag


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with three releases."""
    repo = init_bare(tmp_path_factory.mktemp("versions") / "registre.git")
    for state in STATES:
        save(repo, state)
        release(repo)
    assert [v.tag for v in history.versions(repo)] == ["v1.0.0", "v1.0.1", "v1.1.0"]
    return repo.path


@pytest.fixture
def repo(published: Path, tmp_path: Path) -> Repo:
    """A copy of it to go on with."""
    return Repo(shutil.copytree(published, tmp_path / "registre.git"))


def changed(schema: str, edit: Edit, table: Callable[[str], str] = str) -> Memory:
    """The last state once a schema changed, and with it the tables that it describes."""
    content = Memory(STATES[-1])
    described = json.loads(content[f"schemas/{schema}.json"])
    edit(described)
    content[f"schemas/{schema}.json"] = json.dumps(described).encode()
    for path in (f"data/{schema}.csv", f"data/editions/2022/{schema}.csv"):
        if path in content:
            content[path] = table(content[path].decode()).encode()
    content["datapackage.json"] = package.describe(Register(content))
    return content


def field(described: dict[str, Any], name: str) -> dict[str, Any]:
    return next(f for f in described["fields"] if f["name"] == name)


def at_the_column(text: str, name: str, work: Callable[[list[str], int], None]) -> str:
    """Each line of a CSV without quotes, its cells changed around a column."""
    header, *lines = text.splitlines()
    at = header.split(",").index(name)
    rows = [row.split(",") for row in (header, *lines)]
    for row in rows:
        work(row, at)
    return "".join(f"{','.join(row)}\n" for row in rows)


@dataclass(frozen=True)
class Case:
    """A change of the register, the number that it makes, the migration that it needs, if any."""

    content: Callable[[], Memory]
    tag: str
    migration: str = ""


def described_better() -> Memory:
    return changed("plateformes", lambda d: field(d, "nom").update(description="Son nom."))


def one_value_more() -> Memory:
    return changed(
        "publications", lambda d: field(d, "origine")["constraints"]["enum"].append("declare")
    )


def a_column_more() -> Memory:
    return changed(
        "thematiques",
        lambda d: d["fields"].insert(
            2, {"name": "rang", "type": "integer", "constraints": {"required": True}}
        ),
        lambda text: at_the_column(
            text, "statut", lambda row, at: row.insert(at, "rang" if row[at] == "statut" else "1")
        ),
    )


def a_column_less() -> Memory:
    return changed(
        "plateformes",
        lambda d: d["fields"].remove(field(d, "porteur")),
        lambda text: at_the_column(text, "porteur", lambda row, at: row.__delitem__(at)),
    )


def a_column_renamed() -> Memory:
    return changed(
        "thematiques",
        lambda d: field(d, "statut").update(name="etat"),
        lambda text: text.replace("statut", "etat"),
    )


def columns_moved() -> Memory:
    return changed(
        "thematiques",
        lambda d: d["fields"].insert(0, d["fields"].pop(1)),
        lambda text: at_the_column(text, "nom", lambda row, at: row.insert(1, row.pop(at))),
    )


def a_rule_tightened() -> Memory:
    return changed(
        "publications",
        lambda d: field(d, "origine")["constraints"]["enum"].remove("reprise"),
        lambda text: text.replace(",reprise,", ",manuel,"),
    )


MIGRATION = '''
"""{title}"""
SINCE = "v2.0.0"
PATHS = ("data/{table}.csv", "data/editions/2022/{table}.csv")
def migrate(files):
    found = ((path, files.read(path)) for path in PATHS)
    return {{path: rewritten(data.decode()).encode() for path, data in found if data is not None}}
def rewritten(text):
    header, *lines = [line.split(",") for line in text.splitlines()]
    {body}
    return "".join(",".join(row) + "\\n" for row in (header, *lines))
'''


def migration(table: str, body: str) -> str:
    return MIGRATION.format(title=f"Rewrite {table}.", table=table, body=body)


CASES = {
    "PATCH : description": Case(described_better, "v1.1.1"),
    "MINOR : règle assouplie": Case(one_value_more, "v1.2.0"),
    "MAJOR : colonne ajoutée": Case(
        a_column_more,
        "v2.0.0",
        migration(
            "thematiques",
            'header.insert(2, "rang"); lines = [[*row[:2], "1", *row[2:]] for row in lines]',
        ),
    ),
    "MAJOR : colonne retirée": Case(
        a_column_less,
        "v2.0.0",
        migration(
            "plateformes", 'at = header.index("porteur"); [r.pop(at) for r in (header, *lines)]'
        ),
    ),
    "MAJOR : colonne renommée": Case(
        a_column_renamed,
        "v2.0.0",
        migration("thematiques", 'header[header.index("statut")] = "etat"'),
    ),
    "MAJOR : colonnes déplacées": Case(columns_moved, "v2.0.0"),
    "MAJOR : règle resserrée": Case(
        a_rule_tightened,
        "v2.0.0",
        migration(
            "publications",
            'lines = [["manuel" if c == "reprise" else c for c in row] for row in lines]',
        ),
    ),
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files are migrations too."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    monkeypatch.setattr(migrations, "__path__", [*migrations.__path__, str(folder)])
    importlib.invalidate_caches()
    yield folder
    for path in folder.glob("*.py"):
        sys.modules.pop(f"{migrations.__name__}.{path.stem}", None)


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_three_last_versions_hold_under_a_schema_that_changed(
    case: Case, repo: Repo, place: Path
) -> None:
    content = case.content()
    save(repo, content)
    if case.migration:
        with pytest.raises(Malformed, match=r"ne s'y lit plus \(\d+ erreur") as refused:
            publisher.prepare(repo, "", PROJECT)
        assert "scripts/observatoire/publish/migrations/" in str(refused.value)
        (place / f"v2_0_0_{case.content.__name__}.py").write_text(case.migration, "utf-8")
    before = figures(repo, "v1.1.0")

    assert release(repo) == case.tag
    older = history.versions(repo)[:-1]
    assert [known.tag for known in older] == ["v1.0.0", "v1.0.1", "v1.1.0"]
    for known in older:
        data = history.load(repo, known.commit, upgrade.WHOLE)
        migrated = upgrade.upgraded(data, known.tag, content, migrations.discover())
        gate.refuse_errors(Register(migrated), "2026-11-23")
    assert figures(repo, case.tag) == {**before, "v1.1.0": before["actuel"]}


def figures(repo: Repo, tag: str) -> dict[str, str]:
    """How many actors are open, by edition and version, as a version tells it."""
    text = Tree(repo, f"refs/tags/{tag}").read("publication/indicateurs.csv") or b""
    return {
        row["millesime"]: row["valeur"]
        for row in parse(text, "indicateurs.csv").records()
        if (row["indicateur"], row["dimension"]) == ("I1", "ensemble")
    }


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (
            lambda d: field(d, "nom").update(constraints={"required": True, "minLength": 2}),
            "« minLength » de la colonne « nom »",
        ),
        (lambda d: field(d, "nom").update(format="default"), "« format » de la colonne « nom »"),
        (lambda d: d.update(missingValues=[""]), "« missingValues »"),
    ],
    ids=["constraint", "field", "schema"],
)
def test_a_change_that_nobody_classified_is_refused_unless_its_number_is_chosen(
    repo: Repo, edit: Edit, words: str
) -> None:
    save(repo, changed("plateformes", edit))

    with pytest.raises(Malformed, match="n'est pas classée") as refused:
        publisher.prepare(repo, "", PROJECT)
    assert words in str(refused.value)
    assert "schemas/plateformes.json" in str(refused.value)
    assert len(refused.value.findings) == 1
    with pytest.raises(Malformed, match=r"demande au moins v2\.0\.0"):
        publisher.prepare(repo, "", PROJECT, "1.2.0")
    assert release(repo, "2.0.0") == "v2.0.0"
