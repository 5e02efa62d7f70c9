"""`observatoire init-forge` on the doubles: shown first, done once, resumed, never a secret."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatoire import cli
from observatoire.demo.faces import Answer, Fault
from observatoire.demo.forge.faults import Trouble
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account, Guard, Schedule, Variable
from observatoire.files import Folder
from observatoire.git import Person
from observatoire.setup import common
from observatoire.setup.gitlab import UNFINISHED
from observatoire.setup.gitlab_wanted import SETTINGS
from observatoire.setup.labels import labels

TOKEN = "glpat-un-jeton-tres-secret-0123456789"
VALUE = "valeur-tres-secrete-de-variable"
ROBOT = Account(11, "robot", "Robot", "robot@example.org", level=40)
ADMIN = Account(12, "anne", "Anne", "anne@example.org", level=50)
KINDS = ("gitlab", "github")


def environment(kind: str, url: str) -> dict[str, str]:
    project = "observatoire/registre"
    if kind == "github":
        api = {"GITHUB_SERVER_URL": url, "GITHUB_API_URL": f"{url}/api/v3"}
        return {"GITHUB_REPOSITORY": project, "GITHUB_TOKEN": TOKEN, **api}
    place = {"CI_SERVER_URL": url, "CI_PROJECT_PATH": project}
    return place | {"OBSERVATOIRE_JETON": TOKEN}


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "gitlab"))


@pytest.fixture
def forge(
    kind: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ForgeFictive]:
    """A new project whose main has the templates of this repository."""
    fictive = ForgeFictive(tmp_path / "forge")
    ours, bare = Folder(root), fictive.store.repo
    files = {name: ours.read(name) for name in ours.names(".gitlab")}
    who = Person("Anne", "anne@example.org")
    sha = bare.commit(bare.write_tree("", files), [], "premier", who, "2026-01-01")
    bare.update_ref("refs/heads/main", sha, "")
    fictive.admit(ROBOT if kind == "gitlab" else ADMIN, TOKEN)
    with fictive:
        for name, value in environment(kind, fictive.url).items():
            monkeypatch.setenv(name, value)
        yield fictive


def init(root: Path, *words: str) -> int:
    return cli.main(["init-forge", "--depot", str(root), *words])


def writes(forge: ForgeFictive) -> list[str]:
    heard = [(c.method, c.path) for c, _ in forge.heard]
    return [f"{method} {path}" for method, path in heard if method not in {"GET", "HEAD"}]


every = pytest.mark.parametrize("kind", KINDS, indirect=True)


@every
def test_without_being_asked_it_shows_and_writes_nothing(
    root: Path, forge: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(root) == 1
    said = capsys.readouterr().out
    assert "« bot::pause »" in said
    assert "branche « main » (pousser : personne" in said
    assert "Rien n'a été écrit" in said
    assert writes(forge) == []


@every
def test_once_done_a_second_run_has_nothing_to_do(
    root: Path, forge: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.store.variables["OBSERVATOIRE_JETON"] = Variable(
        "OBSERVATOIRE_JETON", VALUE, protected=True, masked=True, scope="robot"
    )
    assert init(root, "--appliquer") == 0
    done = len(writes(forge))
    assert done > 10
    assert {label.name for label in labels()} <= set(forge.store.labels)
    capsys.readouterr()
    assert init(root, "--appliquer") == 0
    assert len(writes(forge)) == done
    said = capsys.readouterr()
    assert "Rien à changer." in said.out
    assert said.err == ""


def test_gitlab_gets_what_is_wanted(root: Path, forge: ForgeFictive) -> None:
    init(root, "--appliquer")
    store = forge.store
    assert store.protected["main"] == Guard(push=0, merge=40)
    assert store.protected["publie"] == Guard(push=40, merge=0)
    assert store.protected_tags["v*"].push == 40
    assert store.options["ci_allow_fork_pipelines_to_run_in_parent_project"] is False
    assert store.options["only_allow_merge_if_pipeline_succeeds"] is True
    assert store.options["ci_config_path"] == ".gitlab-ci.yml@observatoire/registre:main"
    found = {s.variables["ROLE"]: (s.cron, s.active, s.ref, s.zone) for s in store.schedules}
    wanted = {s.role: (s.cron, True, "main", "Europe/Paris") for s in common.SCHEDULES}
    assert found == wanted
    assert not any(s.description.endswith(UNFINISHED) for s in store.schedules)


def test_what_people_chose_stays(root: Path, forge: ForgeFictive) -> None:
    store = forge.store
    mine = Schedule(90, "la nuit, à mon heure", "main", "0 5 * * *", ROBOT)
    mine.variables["ROLE"] = "nuit"
    store.schedules.append(mine)
    store.label(store.open_issue(ADMIN, "x", ""), ["anomalie", "à nous"])
    store.labels["anomalie"].color = "#123456"
    store.protected["main"] = Guard(push=0, merge=0)
    store.protected["publie-vieux"] = Guard()
    init(root, "--appliquer")
    assert (mine.cron, mine.active) == ("0 5 * * *", True)
    assert store.labels["anomalie"].color == "#123456"
    assert "à nous" in store.labels
    assert store.protected["main"] == Guard(push=0, merge=0)
    assert "publie-vieux" in store.protected
    assert [s.variables.get("ROLE") for s in store.schedules].count("nuit") == 1


@every
def test_a_role_too_low_is_said_in_words(
    kind: str, root: Path, forge: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.admit(Account(13, "dev", "Dév", "d@example.org", level=30), TOKEN)
    assert init(root, "--appliquer") == 1
    said = capsys.readouterr()
    role = "Responsable (Maintainer)" if kind == "gitlab" else "Admin"
    assert f"Il faut le rôle {role}." in said.out + said.err
    assert {label.name for label in labels()} <= set(forge.store.labels)


def cut(after: int) -> Trouble:
    """The forge breaks down at the n-th write."""
    seen = [0]

    def spoil(call: object, answer: Answer) -> Answer:
        seen[0] += 1
        return Answer(500, b"{}", "application/json") if seen[0] > after else answer

    return Trouble(Fault(spoil, ""), "POST", early=True)


@pytest.mark.parametrize("after", [0, 3, 9, 11, 12])
def test_cut_anywhere_it_goes_on_where_it_was(root: Path, forge: ForgeFictive, after: int) -> None:
    forge.troubles.append(cut(after))
    assert init(root, "--appliquer") == 1
    forge.troubles.clear()
    init(root, "--appliquer")
    roles = sorted(s.variables["ROLE"] for s in forge.store.schedules)
    assert roles == sorted(s.role for s in common.SCHEDULES)
    assert all(s.active for s in forge.store.schedules)
    assert set(forge.store.protected) == {"main", "publie"}


def test_a_protection_lost_in_between_is_shouted(
    root: Path, forge: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(call: object, answer: Answer) -> Answer:
        return Answer(500, b"{}", "application/json")

    forge.troubles.append(Trouble(Fault(spoil, "/protected_branches"), "POST", early=True))
    assert init(root, "--appliquer") == 1
    assert "« main » n'est plus protégée" in capsys.readouterr().err


def test_a_busy_forge_ends_the_run_with_what_is_left(
    root: Path,
    forge: ForgeFictive,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)

    def spoil(call: object, answer: Answer) -> Answer:
        return Answer(429, b"{}", "application/json", {"Retry-After": "9999"})

    forge.troubles.append(Trouble(Fault(spoil, "/labels"), "POST", early=True))
    assert init(root, "--appliquer") == 1
    said = capsys.readouterr()
    assert "demande d'attendre" in said.err
    assert "relancez la même commande" in said.out
    assert len([w for w in writes(forge) if "/labels" not in w]) == 0


@every
def test_a_project_that_does_not_open_is_one_sentence(
    root: Path, forge: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.store.hidden = True
    forge.admit(Account(14, "x", "X", "x@example.org", member=False), TOKEN)
    assert init(root) == 2
    said = capsys.readouterr()
    assert "n'existe pas, ou est caché" in said.err
    assert "Traceback" not in said.err


@every
def test_no_secret_is_ever_shown(
    root: Path, forge: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.store.variables["OBSERVATOIRE_JETON"] = Variable("OBSERVATOIRE_JETON", VALUE)
    init(root, "--tout")
    init(root, "--appliquer")
    said = capsys.readouterr()
    assert TOKEN not in said.out + said.err
    assert VALUE not in said.out + said.err


def test_an_unprotected_variable_and_another_owner_are_for_a_person(
    root: Path, forge: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.store.variables["OBSERVATOIRE_JETON"] = Variable("OBSERVATOIRE_JETON", VALUE)
    theirs = Schedule(91, "nuit", "main", "0 5 * * *", ADMIN)
    theirs.variables["ROLE"] = "nuit"
    forge.store.schedules.append(theirs)
    assert init(root) == 1
    said = capsys.readouterr().out
    assert "cochez « Protégée » et « Masquée »" in said
    assert "/-/settings/ci_cd#js-cicd-variables-settings" in said
    assert "il tourne avec les droits de Anne" in said


def test_without_a_token_it_tells_what_a_project_would_get(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(root) == 0
    said = capsys.readouterr().out
    assert all(label.name in said for label in labels())
    assert all(setting.name in said for setting in SETTINGS)
    assert "ROLE=nuit" in said
    assert init(root, "--appliquer") == 2


def test_every_label_that_the_code_puts_on_is_declared(root: Path) -> None:
    declared = {label.name for label in labels()}
    used: set[str] = set()
    for path in (root / "scripts" / "observatoire").rglob("*.py"):
        if "demo" not in path.parts:
            used |= set(_labels_in(path.read_text("utf-8")))
    for path in (root / ".gitlab").rglob("*.md"):
        used |= set(re.findall(r'~"([^"]+)"', path.read_text("utf-8")))
    assert used
    assert used <= declared


def _labels_in(source: str) -> Iterator[str]:
    """The values of constants named LABEL, and every word that looks like an order to the bot."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(said))):
                if re.fullmatch(r"(?:\w+_)?LABEL", name):
                    yield said
            case ast.Constant(value=str(said)):
                yield from re.findall(r"\bbot::[a-z]+", said)


def test_each_schedule_is_one_that_the_pipeline_knows(root: Path) -> None:
    pipeline = (root / ".gitlab-ci.yml").read_text("utf-8")
    asked = set(re.findall(r'\$ROLE == "([a-z]+)"', pipeline))
    assert asked == {s.role for s in common.SCHEDULES}


def test_each_variable_that_holds_a_secret_is_declared(root: Path) -> None:
    pipeline = (root / ".gitlab-ci.yml").read_text("utf-8")
    used = set(re.findall(r"\bOBSERVATOIRE_(?:JETON|CLE)\w*", pipeline))
    assert used <= {common.TOKEN.name, common.DATAGOUV.name}
