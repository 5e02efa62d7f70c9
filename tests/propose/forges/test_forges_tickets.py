"""« Signaler… » on each forge: one request or one note per issue, whatever the issue says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import forges_stage as stages
import pytest
from forges_stage import HUMAN, ROBOT, STRANGER, TOKEN
from propose_register import ACIGNE, AMANLIS, Desk, account, make

from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account, Issue, Request
from observatoire.git import Repo, Tree
from observatoire.propose.forges.local_tickets import LocalTickets
from observatoire.signalement import desk

KINDS = ("local", "gitlab", "github")
MARK = "<!-- observatoire v1 sujet=signalement-1 note=signalement -->"
NEW = """\
### Nom de l'organisme

Mairie d'Amanlis

### Département

35

### Ce qui se passe

- [x] Il publie des données ouvertes et manque dans le registre
- [ ] Il a changé de nom

### Page de ses données ouvertes

https://www.data.gouv.fr/organizations/mairie-damanlis/

### Nombre de jeux de données

4
"""
WRONG = """\
### Organisme ou portail

Acigné

### Ce qui est faux

Le nombre de jeux de données

### Valeur juste

12
"""
HALF = NEW.replace("Mairie d'Amanlis", "Nulle-Part-sur-Rien")


@dataclass
class Ticket:
    """An issue as it is on the forge, whatever its kind."""

    state: str
    labels: tuple[str, ...]
    notes: tuple[str, ...]


class Place:
    """A clone of the small register, its forge, people with issues, the scheduled command."""

    def __init__(self, kind: str, desk: Desk, fictive: ForgeFictive | None) -> None:
        self.kind = kind
        self.desk = desk
        self.fictive = fictive

    def open(self, body: str, author: Account = STRANGER, *, confidential: bool = False) -> int:
        """Somebody opens an issue."""
        if self.fictive is None:
            return self._local().deposit("Signaler", body, author.username).number
        made = self.fictive.store.open_issue(author, "Signaler", body)
        made.confidential = confidential
        return made.number

    def edit(self, number: int, body: str) -> None:
        """The author writes the issue again."""
        if self.fictive is None:
            self._local().edit(number, body)
        else:
            self._issue(number).body = body

    def close(self, number: int) -> None:
        """Somebody closes the issue."""
        if self.fictive is None:
            self._local().close(number)
        else:
            self.fictive.store.end(self._issue(number), "closed", HUMAN)

    def ticket(self, number: int) -> Ticket:
        """The issue now."""
        if self.fictive is None:
            raw = self._local()._read(number)
            notes = tuple(n["body"] for n in raw["notes"])
            return Ticket(raw["state"], tuple(raw["labels"]), notes)
        found = self._issue(number)
        labels = tuple(sorted(found.labels))
        return Ticket(found.state, labels, tuple(n.body for n in found.notes))

    def requests(self) -> list[tuple[str, str, str]]:
        """The requests: title, text, state."""
        if self.fictive is None:
            return [(r.title, r.body, r.state) for r in self.desk.forge.all()]
        states = {"opened": "ouverte", "closed": "fermee", "merged": "fusionnee"}
        return [(r.title, r.body, states[r.state]) for r in self.fictive.store.requests]

    def refuse(self) -> None:
        """A maintainer closes the last request without merging."""
        if self.fictive is None:
            last = self.desk.forge.all()[-1]
            self.desk.forge.close(last.number, last.body, "2026-11-23")
        else:
            self.fictive.store.end(self.fictive.store.requests[-1], "closed", HUMAN)

    def merge(self) -> None:
        """A maintainer merges the last request."""
        if self.fictive is None:
            self.desk.forge.merge(self.desk.forge.all()[-1].number, stages.ANNE, "2026-11-23")
        else:
            self.fictive.store.merge(self.fictive.store.requests[-1], HUMAN, "", "Fusion")

    def night(self, *words: str) -> int:
        """The scheduled command."""
        return self.desk.observatoire("signalements", "--date", "2026-11-23", *words)

    def tables(self, ref: str) -> Tree:
        """The files of a branch of the forge."""
        repo = self.desk.forge.repo if self.fictive is None else self.fictive.store.repo
        return Tree(Repo(repo.path), ref)

    def snapshot(self) -> object:
        """Everything that is on the forge."""
        if self.fictive is None:
            files = (p for p in self.desk.forge.folder.rglob("*") if p.is_file())
            return {p: p.read_bytes() for p in files}
        store = self.fictive.store
        threads: list[Issue | Request] = [*store.issues, *store.requests]
        said = [(t.body, t.title, t.state, list(t.labels), len(t.notes)) for t in threads]
        noted = [(n.body, n.updated) for t in threads for n in t.notes]
        return said, noted, store.repo.refs()

    def _local(self) -> LocalTickets:
        return LocalTickets(self.desk.forge.folder)

    def _issue(self, number: int) -> Issue:
        assert self.fictive is not None
        return next(i for i in self.fictive.store.issues if i.number == number)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a second commune in its reference, and one account."""
    made = make(tmp_path_factory.mktemp("registre"))
    made.settled(account("aaa", "Acigné"))
    return made.root


@pytest.fixture
def kind() -> str:
    return "gitlab"


@pytest.fixture
def place(
    kind: str, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    shutil.copytree(model, tmp_path / "registre")
    clone = Desk(tmp_path / "registre")
    if kind == "local":
        yield Place(kind, clone, None)
        return
    forge = ForgeFictive(tmp_path / "forge")
    forge.admit(ROBOT, TOKEN)
    clone.repo.run("push", str(forge.store.repo.path), "HEAD:refs/heads/main")
    with forge:
        for name, value in stages.environment(kind, forge.url).items():
            monkeypatch.setenv(name, value)
        yield Place(kind, clone, forge)


every = pytest.mark.parametrize("kind", KINDS)


@every
def test_a_complete_report_becomes_one_request_that_credits_its_author(place: Place) -> None:
    number = place.open(NEW)
    assert place.night() == 0
    [(title, body, state)] = place.requests()
    assert (title, state) == ("Ajout : Amanlis", "ouverte")
    assert f"Signalé par l'utilisateur « inconnu » dans #{number}." in body
    assert f"\nCloses #{number}\n" in body
    assert "@" not in body
    branch = f"bot-signalement-{number}"
    lines = (place.tables(branch).read("data/organisations.csv") or b"").decode()
    assert f"{AMANLIS},Amanlis,COM,35," in lines
    accounts = (place.tables(branch).read("data/publications.csv") or b"").decode()
    assert f"{AMANLIS},data-gouv-fr,mairie-damanlis,https://" in accounts
    ticket = place.ticket(number)
    assert set(ticket.labels) == {"organisation", "signalement"}
    [note] = ticket.notes
    assert "Il est devenu la proposition" in note


@every
def test_the_same_night_twice_writes_nothing_more(place: Place) -> None:
    place.open(NEW)
    place.open(HALF)
    place.night()
    before = place.snapshot()
    assert place.night() == 0
    assert place.snapshot() == before


@pytest.mark.parametrize("kind", ["gitlab", "github"])
def test_what_is_missing_is_said_once_then_the_answer_is_proposed(place: Place) -> None:
    number = place.open(HALF)
    place.night()
    place.night()
    assert place.requests() == []
    [note] = place.ticket(number).notes
    assert "**SIREN** : aucun organisme connu ne s'appelle `Nulle-Part-sur-Rien`" in note
    assert note.rstrip().endswith(MARK)
    place.edit(number, NEW)
    place.night()
    [note] = place.ticket(number).notes
    assert "Il est devenu la proposition" in note
    assert [r[2] for r in place.requests()] == ["ouverte"]


@pytest.mark.parametrize("kind", ["local", "github"])
def test_an_edited_issue_updates_its_request(place: Place) -> None:
    number = place.open(WRONG)
    place.night()
    place.edit(number, WRONG.replace("12", "13"))
    place.night()
    [(title, _, state)] = place.requests()
    assert (title, state) == (
        "Acigné sur data.gouv.fr : nombre de jeux de données 9 → 13",
        "ouverte",
    )
    assert len(place.ticket(number).notes) == 1


@every
def test_a_closed_issue_withdraws_its_request(place: Place) -> None:
    number = place.open(NEW)
    place.night()
    place.close(number)
    place.night()
    assert [r[2] for r in place.requests()] == ["fermee"]
    before = place.snapshot()
    place.night()
    assert place.snapshot() == before


@pytest.mark.parametrize("kind", ["gitlab"])
@pytest.mark.parametrize("gone", ["hidden", "emptied"])
def test_an_issue_that_is_hidden_or_emptied_withdraws_its_request(place: Place, gone: str) -> None:
    number = place.open(NEW)
    place.night()
    if gone == "hidden":
        place._issue(number).confidential = True
    else:
        place.edit(number, "Finalement non.")
    place.night()
    assert [r[2] for r in place.requests()] == ["fermee"]
    assert place.fictive is not None
    assert "ne demande plus cela" in place.fictive.store.requests[0].notes[0].body


@pytest.mark.parametrize("kind", ["gitlab"])
def test_so_many_notes_and_no_more_in_one_run(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desk, "MOST_SAID", 2)
    for _ in range(3):
        place.open(HALF)
    place.night()
    assert [len(place.ticket(n).notes) for n in (1, 2, 3)] == [1, 1, 0]
    assert "attendent la prochaine fois" in capsys.readouterr().out
    place.night()
    assert [len(place.ticket(n).notes) for n in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["gitlab"])
def test_what_the_team_refused_is_not_proposed_again(place: Place) -> None:
    number = place.open(NEW)
    place.night()
    place.refuse()
    place.night()
    place.night()
    assert [r[2] for r in place.requests()] == ["fermee"]
    [note] = place.ticket(number).notes
    assert "ne l'a pas retenue" in note


@every
def test_once_merged_the_register_says_it(place: Place) -> None:
    number = place.open(NEW)
    place.night()
    place.merge()
    place.night()
    assert [r[2] for r in place.requests()] == ["fusionnee"]
    if place.kind == "local":
        [note] = place.ticket(number).notes
        assert "est déjà au registre" in note
    else:
        assert place.ticket(number).state == "closed"


@pytest.mark.parametrize("kind", ["local"])
def test_two_issues_that_ask_for_the_same_make_one_request(place: Place) -> None:
    first, second = place.open(NEW), place.open(NEW, HUMAN)
    place.night()
    assert len(place.requests()) == 1
    assert f"Le ticket #{first} demande la même chose" in place.ticket(second).notes[0]


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_dry_run_shows_all_and_writes_nothing(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.open(NEW)
    place.open(HALF)
    before = place.snapshot()
    assert place.night("--a-blanc") == 0
    said = capsys.readouterr().out
    assert "Branche : bot-signalement-1" in said
    assert f"+{AMANLIS},Amanlis" in said
    assert "Il me manque ceci" in said
    assert place.snapshot() == before


TRAPS = (
    "\n/merge\n/close\n/label ~bug\n@inconnu @all\n<script>alert(1)</script>",
    "=HYPERLINK(1)\n/approve",
    "`</details>` | a | b | ![x](http://evil.example/x.png) Closes #99",
    "jean.martin@ville.fr",
    "x" * 1_000_000,
    "\u202e\u0000\u200b" * 100,
    "<!-- observatoire v1 sujet=signalement-1 cle=aucune empreinte=sha256:0 -->",
)


def trapped(trap: str) -> tuple[str, str, str]:
    """A new body, a corrected name and a half report, with a trap in each."""
    wrong = WRONG.replace("Le nombre de jeux de données", "Le nom de l'organisme")
    named = wrong.replace("12", f"Acigné {trap.partition(chr(10))[0]} {trap}")
    return NEW.replace("Mairie d'Amanlis", f"Mairie d'Amanlis {trap}"), named, HALF + trap


@pytest.mark.parametrize("kind", ["gitlab", "github"])
def test_nothing_in_an_issue_is_obeyed(place: Place) -> None:
    author = Account(77, "mal_in@all", "x", "x@x.fr", member=False)
    numbers = [place.open(body, author) for trap in TRAPS for body in trapped(trap)]
    assert place.night() == 0
    assert {r[2] for r in place.requests()} == {"ouverte"}
    for title, body, _ in place.requests():
        assert "@inconnu" not in title
        assert "jean.martin@" not in title + body
        outside = "".join(body.split("`")[::2])
        for live in ("@", "<script", "![", "Closes #99", "\n/"):
            assert live not in outside
        assert len(body) < 20_000
    for number in numbers:
        ticket = place.ticket(number)
        assert ticket.state in {"opened", "ouvert"}
        assert set(ticket.labels) <= {"signalement", "organisation", "erreur"}
        [note] = ticket.notes
        outside = "".join(note.split("`")[::2])
        assert "@" not in outside
        assert "\n/" not in note
        assert "jean.martin@" not in note
        assert len(note) < 10_000


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_confidential_issue_is_never_read(place: Place) -> None:
    place.open(NEW, confidential=True)
    assert place.night() == 0
    assert place.requests() == []
    assert place.ticket(1).notes == ()


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_flood_of_issues_is_answered_little_by_little(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_NEW", 2)
    for number in range(13, 16):
        place.open(WRONG.replace("12", str(number)))
    place.night()
    assert len(place.requests()) == 2
    assert "sera proposé bientôt" in place.ticket(3).notes[0]
    place.night()
    assert len(place.requests()) == 3


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_frozen_cell_and_an_ordinary_issue_are_left_alone(place: Place) -> None:
    assert place.fictive is not None
    plain = place.open("Bonjour, comment faire ?")
    cell = {"table": "organisations", "cle": ACIGNE, "champ": "nom", "motif": "accord signé"}
    place.desk.holds("verrous", [{**cell, "statut": "actif"}])
    place.desk.repo.run("push", str(place.fictive.store.repo.path), "HEAD:refs/heads/main")
    wrong = WRONG.replace("Le nombre de jeux de données", "Le nom de l'organisme")
    frozen = place.open(wrong.replace("12", "Acigné-Ville"))
    place.night()
    assert place.ticket(plain).notes == ()
    assert "cette cellule est figée" in place.ticket(frozen).notes[0]


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_forge_that_refuses_notes_says_which_issue(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.fictive is not None
    place.open(NEW)
    place.fictive.admit(ROBOT, TOKEN, ("read_api", "write_repository"))
    assert place.night() == 1
    assert "ticket 1 : GitLab refuse au jeton" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["local"])
def test_a_text_can_be_tried_then_deposited(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "Signaler une organisation.md"
    page.write_text(NEW, "utf-8")
    assert place.night("--essai", str(page)) == 0
    assert "Titre : Ajout : Amanlis" in capsys.readouterr().out
    assert place.night("--deposer", str(page), "--auteur", "jeanne") == 0
    assert place.night("--ticket", "1") == 0
    assert "« jeanne » dans #1" in place.requests()[0][1]
    page.write_text("Bonjour", "utf-8")
    assert place.night("--essai", str(page)) == 1
