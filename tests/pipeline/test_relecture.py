"""The trusted reading of a request: its tables are judged as main would have them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
import small_register
from pipeline_yard import WHO

from observatoire import cli, git
from observatoire.commands import relecture
from observatoire.git import Repo
from observatoire.propose.forges import Wish, local_reviewer
from observatoire.propose.forges.local import FOLDER, LocalForge
from observatoire.relecture import quarantine, sorting
from observatoire.relecture.entries import Entry
from observatoire.screen import Screen

TABLE = "data/organisations.csv"
BLOB = "1" * 40
DAY = "2026-01-05"


def entry(path: str, mode: str = "100644", size: int = 10) -> Entry:
    return Entry(path, mode, BLOB, "", size)


def codes(*entries: Entry) -> list[str]:
    return [f.code for f in sorting.sort(entries).findings]


@pytest.mark.parametrize(
    "path",
    [
        *("../x.csv", "data/../../x.csv", "/etc/passwd", "data//x.csv", "data/./x.csv", "data/x."),
        *(".git/config", "data/.GIT/x", "data/.git. /x", "data/git~1", "data/GIT~1/x"),
        *("data/.g\u200dit/x", "data\\x.csv", "c:/x.csv", "data/x\n.csv", "data/\u202ex.csv"),
        *("data/.git::$INDEX_ALLOCATION/x", "data/x\udcff.csv", "data/\x1b[2Jx.csv"),
    ],
)
def test_a_name_that_some_system_takes_for_another_is_dangerous(path: str) -> None:
    assert codes(entry(path))[:1] == ["nom-dangereux"]


@pytest.mark.parametrize(
    "path", ["data/organisations.csv", "data/moissons/data-gouv_2.csv", "data/a/b/c.csv"]
)
def test_a_table_is_read(path: str) -> None:
    assert [e.path for e in sorting.sort([entry(path)]).tables] == [path]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("README.md", "d'autres fichiers"),
        ("data/reference/contours/regions.geojson", "d'autres fichiers"),
        (".gitlab-ci.yml", "la chaîne de contrôle"),
        ("pyproject.toml", "le programme"),
        ("schemas/organisations.json", "les schémas"),
        ("docs/.gitattributes", "les réglages de Git"),
        ("publication/vue-datami.csv", "ce que le programme calcule"),
    ],
)
def test_the_rest_is_for_a_person(path: str, place: str) -> None:
    assert sorting.sort([entry(path)]).outside == ((place, path),)


@pytest.mark.parametrize(
    ("mode", "code"),
    [("120000", "lien-symbolique"), ("160000", "sous-module"), ("100755", "fichier-executable")],
)
def test_what_is_no_plain_file_is_refused(mode: str, code: str) -> None:
    assert codes(entry(TABLE, mode, -1 if mode == "160000" else 10)) == [code]


def test_a_program_may_be_executable_where_programs_are() -> None:
    assert codes(entry(".ci/run", "100755")) == []


def test_sizes_add_up_to_a_limit() -> None:
    half = sorting.LIMIT // 2 + 1
    assert codes(entry("data/a.csv", size=half), entry("data/b.csv", size=half)) == [
        "demande-trop-grosse"
    ]
    assert codes(entry("data/a.csv", size=sorting.LIMIT + 1))[:1] == ["fichier-trop-gros"]


# The whole reading, on the local forge


@dataclass
class Office:
    """A small register, its local forge, and people's branches."""

    repo: Repo
    forge: LocalForge
    base: str

    def propose(self, changes: dict[str, bytes | None], base: str = "") -> int:
        """A person opens a request."""
        base, bare = base or self.base, self.forge.repo
        number = len(self.forge.all()) + 1
        sha = bare.commit(bare.write_tree(base, changes), [base], "une main", WHO, DAY)
        bare.update_ref(f"refs/heads/correction-{number}", sha, "")
        return self.forge.create(f"correction-{number}", Wish("Une correction", "")).number

    def main(self, changes: dict[str, bytes | None]) -> None:
        """Main moves on the forge."""
        tip, bare = self.forge.repo.resolve("main") or "", self.forge.repo
        sha = bare.commit(bare.write_tree(tip, changes), [tip], "une fusion", WHO, DAY)
        bare.update_ref("refs/heads/main", sha, tip)

    def review(self, *words: str) -> tuple[int, str]:
        """Run the command."""
        out = io.StringIO()
        line = ["relecture", "--depot", str(self.repo.path), "--date", DAY, *words]
        return cli.execute(Screen(out, out), line), out.getvalue()

    def note(self, number: int) -> str:
        """The only note of a request."""
        (note,) = self.forge.notes(number)
        return note.body

    def mark(self, number: int) -> tuple[str, str]:
        """The only mark of a request: the commit that it is on, its colour."""
        (mark,) = self.forge.cabinet.read(number)[local_reviewer.FIELD].values()
        return mark["commit"], mark["etat"]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    repo = git.init_bare(tmp_path / "modele.git")
    sha = repo.commit(repo.write_tree("", small_register.files()), [], "premier", WHO, DAY)
    repo.update_ref("refs/heads/main", sha, "")
    clone = git.clone(str(repo.path), tmp_path / "registre")
    forge = LocalForge(clone.path / FOLDER)
    forge.prepare(clone)
    return Office(clone, forge, sha)


def organisations(before: str, after: str) -> bytes:
    return small_register.edited("organisations", before, after)["organisations"].encode()


WRONG = organisations("213502388", "213502389")
RIGHT = organisations("Rennes,COM", "Ville de Rennes,COM")


def test_a_sound_correction_is_told_so_once(office: Office) -> None:
    number = office.propose({TABLE: RIGHT})
    status, said = office.review()
    assert status == 0, said
    assert "✅" in office.note(number)
    before = office.note(number)
    assert "Dit dans la demande" in said
    assert "Dit dans la demande" not in office.review()[1]
    assert office.note(number) == before


def test_the_same_note_turns_red_then_green(office: Office) -> None:
    number = office.propose({TABLE: WRONG})
    assert office.review()[0] == 1
    assert "213502389" in office.note(number)
    bare, branch = office.forge.repo, f"refs/heads/correction-{number}"
    tip = bare.resolve(branch) or ""
    assert office.mark(number) == (tip, "rouge")
    sha = bare.commit(bare.write_tree(tip, {TABLE: RIGHT}), [tip], "corrigé", WHO, DAY)
    bare.update_ref(branch, sha, tip)
    assert office.review()[0] == 0
    assert "❌" not in office.note(number)
    assert office.mark(number) == (sha, "vert")


def test_a_weakened_schema_lets_nothing_through(office: Office) -> None:
    """Whatever the request does to the schemas, those of main judge."""
    schema = b'{"fields": [{"name": "siren", "type": "string"}], "primaryKey": ["siren"]}'
    number = office.propose({TABLE: WRONG, "schemas/organisations.json": schema})
    assert office.review()[0] == 1
    assert "213502389" in office.note(number)
    assert "les schémas : `schemas/organisations.json`" in office.note(number)


def test_a_table_that_main_changed_elsewhere_is_judged_merged(office: Office) -> None:
    number = office.propose({TABLE: RIGHT})
    office.main({TABLE: organisations("Rennes Métropole,MET", "Rennes et alentours,MET")})
    assert office.review()[0] == 0
    assert "✅" in office.note(number)


def test_a_table_that_main_changed_at_the_same_line_is_a_conflict_in_words(office: Office) -> None:
    number = office.propose({TABLE: RIGHT})
    office.main({TABLE: organisations("Rennes,COM", "Rennes la belle,COM")})
    assert office.review()[0] == 1
    assert "a changé aux mêmes lignes" in office.note(number)


def test_a_table_that_both_sides_created_is_a_conflict_in_words(office: Office) -> None:
    table = "data/editions/2030/thematiques.csv"
    number = office.propose({table: b"nom,etiquettes,statut\nA,,actif\n"})
    office.main({table: b"nom,etiquettes,statut\nB,,actif\n"})
    assert office.review()[0] == 1
    assert "a changé aux mêmes lignes" in office.note(number)


def test_what_main_got_meanwhile_is_not_held_against_a_request(office: Office) -> None:
    number = office.propose({"README.md": b"autre\n"})
    office.main({TABLE: WRONG})
    assert office.review()[0] == 0
    assert "Aucune table changée" in office.note(number)


def test_a_request_from_elsewhere_is_told_to_start_from_a_fork(office: Office) -> None:
    bare = office.forge.repo
    stranger = bare.commit(bare.write_tree("", {TABLE: RIGHT}), [], "rien à voir", WHO, DAY)
    number = office.propose({"x.txt": b"x\n"}, stranger)
    assert office.review()[0] == 1
    assert "aucun commit en commun" in office.note(number)


def test_a_request_that_costs_too_much_is_told_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a megabyte that does not compress, where git may write a hundred kilobytes."""
    noise = b"".join(hashlib.sha256(bytes([n % 251, n // 251])).digest() for n in range(16_000))
    number = office.propose({"data/bruit.csv": noise})
    monkeypatch.setattr(quarantine, "LEASH", 'ulimit -f 200 && shift && exec "$@"')
    status, said = office.review()
    assert "Traceback" not in said
    assert status == 1, said
    assert "trop grosse ou trop abîmée" in office.note(number)


def test_a_dry_run_writes_nothing(office: Office) -> None:
    number = office.propose({TABLE: WRONG})
    status, said = office.review("--a-blanc")
    assert status == 1
    assert "213502389" in said
    assert "rien n'a été écrit" in said
    assert office.forge.notes(number) == []


def test_one_request_may_be_asked_for(office: Office) -> None:
    office.propose({TABLE: RIGHT})
    number = office.propose({TABLE: WRONG})
    assert "n° 1" not in office.review("--demande", str(number))[1]
    assert office.review("--demande", "12") == (2, "la demande 12 n'est pas ouverte.\n")


def test_a_flood_of_requests_is_bounded_and_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relecture, "MOST", 1)
    office.propose({TABLE: RIGHT})
    number = office.propose({TABLE: RIGHT})
    _, said = office.review()
    assert "seules les 1 plus anciennes" in said
    assert office.forge.notes(number) == []
