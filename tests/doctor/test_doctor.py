"""`observatoire doctor`: what is in place, what is missing, in words, with what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatoire import cli, files
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account, Pipeline, Variable
from observatoire.doctor.checks import adresse_du_depot
from observatoire.doctor.engine import discover
from observatoire.files import Folder
from observatoire.git import Person, Repo
from observatoire.register import Register
from observatoire.table import from_records

TOKEN = "glpat-un-jeton-tres-secret-0123456789"
ANNE = Person("Anne", "anne@example.org")
DAY = "2026-11-23"
ADDRESS = "https://gitlab.com/groupe/observatoire"
GOOD_SCOPES = ("api", "write_repository", "repo")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with this repository's set-up and a few small tables."""
    source = Path(__file__).parents[2]
    place = tmp_path_factory.mktemp("depot") / "registre"
    ours = Folder(source)
    kept = [*ours.names("schemas"), *ours.names(".gitlab"), *ours.names(".github")]
    kept += [".gitlab-ci.yml", "requirements.lock", "datapackage.json", "data/thematiques.csv"]
    content = {name: ours.read(name) for name in kept}
    files.write(place, content)
    repo = Repo(place)
    repo.run("init", "--quiet", "--template=", "--initial-branch=main", ".")
    repo.run("config", "user.name", "Anne")
    repo.run("config", "user.email", "anne@example.org")
    assert cli.main(["package", "--depot", str(place), "--adresse", ADDRESS]) == 0
    content["datapackage.json"] = (place / "datapackage.json").read_bytes()
    sha = repo.commit(repo.write_tree("", content), [], "premier", ANNE, "2026-11-01")
    repo.update_ref("refs/heads/main", sha, "")
    return place


@pytest.fixture
def place(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model, tmp_path / "registre")
    return tmp_path / "registre"


@pytest.fixture(params=["gitlab", "github"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def forge(
    kind: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ForgeFictive]:
    """A project that is set up, with a pipeline that succeeded and a site."""
    fictive = ForgeFictive(tmp_path / "forge")
    store = fictive.store
    Repo(place).run("push", str(store.repo.path), "HEAD:refs/heads/main")
    token = fictive.admit(Account(11, "robot", "Robot", "r@example.org", level=50), TOKEN)
    secret = {"protected": True, "masked": True, "scope": "robot"}
    store.variables["OBSERVATOIRE_JETON"] = Variable("OBSERVATOIRE_JETON", "x", **secret)  # type: ignore[arg-type]
    store.pipelines.append(Pipeline(1, "main", "success", "schedule", f"{DAY}T02:20:00Z"))
    store.pages = "https://odf.example/registre"
    with fictive:
        for name, value in environment(kind, fictive.url).items():
            monkeypatch.setenv(name, value)
        assert cli.main(["init-forge", "--depot", str(place), "--appliquer"]) == 0
        level = 40 if kind == "gitlab" else 50
        robot = Account(11, "robot", "Robot", "r@example.org", level=level)
        fictive.admit(robot, TOKEN, GOOD_SCOPES if kind == "github" else token_scopes(token.scopes))
        yield fictive


def token_scopes(scopes: frozenset[str]) -> tuple[str, ...]:
    return tuple(scopes - {"repo"})


def environment(kind: str, url: str) -> dict[str, str]:
    if kind == "github":
        api = {"GITHUB_SERVER_URL": url, "GITHUB_API_URL": f"{url}/api/v3"}
        return {"GITHUB_REPOSITORY": "observatoire/registre", "GITHUB_TOKEN": TOKEN, **api}
    where = {"CI_SERVER_URL": url, "CI_PROJECT_PATH": "observatoire/registre"}
    return where | {"OBSERVATOIRE_JETON": TOKEN}


def doctor(place: Path, *words: str) -> int:
    return cli.main(["doctor", "--depot", str(place), "--date", DAY, *words])


def states(place: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[tuple[str, str]]]:
    """What is said by check, with its state."""
    capsys.readouterr()
    doctor(place, "--format", "json")
    found = json.loads(capsys.readouterr().out)["constats"]
    out: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        out.setdefault(one["controle"], []).append((one["etat"], one["constat"]))
    return out


def rewrite(place: Path, name: str, rows: list[dict[str, str]]) -> None:
    register = Register(Folder(place))
    table = from_records(register.schema(name).columns, rows)
    files.write(place, {f"data/{name}.csv": register.bytes_of(name, table)})
    cli.main(["package", "--depot", str(place)])


def test_a_clone_in_order_has_nothing_to_correct(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(place) == 0
    said = capsys.readouterr().out
    assert "✓ Identité Git" in said
    assert "! Moissons" in said
    assert "La forge n'a pas été regardée" in said
    assert "anne@example.org" not in said


def test_each_check_is_said_once_in_json(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    local = {c.replace("_", "-") for c, check in discover().items() if not check.ONLINE}
    assert set(states(place, capsys)) == local


def test_what_is_missing_here_is_said_with_what_to_do(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / ".gitlab-ci.yml").write_text("stages: []\n")
    (place / ".gitlab/issue_templates/Signaler une erreur.md").write_text("autre\n")
    (place / "data/thematiques.csv").write_text("n'importe quoi\n")
    Repo(place).run("config", "user.name", "")
    assert doctor(place) == 1
    said = capsys.readouterr().out
    assert "✗ Pipeline" in said
    assert "→ observatoire signalements --modeles" in said
    assert "→ observatoire validate" in said
    assert "git config --global user.name …" in said


def test_old_harvests_dead_locks_and_old_libraries_are_told(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"source": "datagouv", "plateforme": "data-gouv-fr", "lignes": "1", "empreinte": "a"}
    rewrite(place, "moissons/journal", [{**line, "derniere_reussite": "2026-10-01"}])
    lock = {"table": "organisations", "cle": "1", "champ": "nom", "motif": "m", "statut": "actif"}
    rewrite(place, "verrous", [{**lock, "echeance": "2026-01-01"}])
    found = states(place, capsys)
    assert found["moissons"] == [
        ("manque", "Dernière moisson le 1er octobre 2026 : il y a plus de 14 jours.")
    ]
    assert found["verrous"][0][0] == "attention"
    cli.main(["doctor", "--depot", str(place), "--date", "2027-11-23"])
    assert "! Bibliothèques" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://gitlab.com/odf/registre.git", "gitlab.com/odf/registre"),
        ("https://jeton@gitlab.com/odf/registre/", "gitlab.com/odf/registre"),
        ("git@gitlab.com:odf/registre.git", "gitlab.com/odf/registre"),
        ("ssh://git@gitlab.com/odf/registre", "gitlab.com/odf/registre"),
        ("../registre.git", ""),
        ("", ""),
    ],
)
def test_a_repository_is_the_same_however_it_is_reached(address: str, seen: str) -> None:
    assert adresse_du_depot._place(address) == seen


def test_another_origin_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Repo(place).run("remote", "add", "origin", "https://secret@forge.example/a/b.git")
    doctor(place)
    said = capsys.readouterr().out
    assert "ce dossier vient de « forge.example/a/b »" in said
    assert "secret" not in said


def test_a_project_that_is_set_up_is_in_order(
    forge: ForgeFictive, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert doctor(place) == 0
    said = capsys.readouterr().out
    assert "Étiquettes : tout est en place" in said
    assert "https://odf.example/registre" in said
    assert "✗" not in said
    assert TOKEN not in said


def test_what_the_project_lacks_is_said_with_the_page(
    forge: ForgeFictive, kind: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del forge.store.labels["anomalie"]
    forge.store.variables.clear()
    forge.store.pages = ""
    forge.store.options.clear()
    forge.store.pipelines[:] = [
        Pipeline(n, "main", "failed", "schedule", f"{DAY}T02:20:00Z") for n in (1, 2, 3)
    ]
    capsys.readouterr()
    assert doctor(place) == 1
    said = capsys.readouterr().out
    assert "« anomalie »" in said
    assert "→ observatoire init-forge --appliquer" in said
    assert "Les derniers pipelines programmés échouent." in said
    assert "! Site" in said
    if kind == "gitlab":
        assert "OBSERVATOIRE_JETON" in said
        assert "/-/settings/ci_cd#js-cicd-variables-settings" in said
        assert "le pipeline d'une copie ne tourne jamais ici" in said


@pytest.mark.parametrize("kind", ["gitlab"], indirect=True)
@pytest.mark.parametrize(
    "case",
    [
        (50, ("api",), "", "attention", "propriétaire du projet"),
        (30, ("api",), "", "attention", "ne peut ni publier"),
        (40, ("api", "sudo"), "", "attention", "plus qu'il ne faut : sudo"),
        (40, ("api",), "2026-12-01", "attention", "expire le 1er décembre 2026"),
        (40, ("api",), "2027-12-01", "bon", "bon jusqu'au 1er décembre 2027"),
    ],
)
def test_a_token_that_is_too_broad_too_weak_or_ends_soon_is_told(
    forge: ForgeFictive,
    place: Path,
    capsys: pytest.CaptureFixture[str],
    case: tuple[int, tuple[str, ...], str, str, str],
) -> None:
    level, scopes, expires, state, said = case
    account = Account(11, "robot", "Robot", "r@example.org", level=level)
    token = forge.admit(account, TOKEN, scopes)
    forge.store.tokens[TOKEN] = type(token)(TOKEN, account, token.scopes, expires=expires)
    assert any(state == s and said in what for s, what in states(place, capsys)["jeton"])


@pytest.mark.parametrize("kind", ["gitlab"], indirect=True)
def test_silent_schedules_and_a_forge_that_hides_are_told(
    forge: ForgeFictive, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.store.pipelines[0].created = "2026-11-01T00:00:00Z"
    assert "Plus aucun pipeline programmé" in str(states(place, capsys)["pipelines-recents"])
    forge.store.pipelines.clear()
    assert "n'a encore tourné" in str(states(place, capsys)["pipelines-recents"])
    forge.store.tokens.clear()
    capsys.readouterr()
    assert doctor(place) == 2
    said = capsys.readouterr().out
    assert "? Projet" in said
    assert "refuse le jeton" in said
    assert doctor(place, "--ici") == 0
