"""The command, on a small register with history, a visitor's branch, and the local forge."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from datami_visitor import save

from observatoire import schema
from observatoire.cli import main
from observatoire.contribution.branch import recognise
from observatoire.contribution.desk import Desk
from observatoire.contribution.reply import dead
from observatoire.git import Person, Repo
from observatoire.model import Key, Malformed
from observatoire.propose.forges import MergeRequest, Wish
from observatoire.propose.forges.local import LocalForge

FILE = "data/organisations.csv"
BRANCH = "datami-2025-11-23-organisations-csv-e8d052b3-88dc-428e-bdd3-bb9dd5ef5ab0"
TIDY = "bot-contribution-2025-11-23-organisations-e8d052b3"
VISITOR = Person("Jeanne Martin", "jeanne@ville.fr")
SIGNED = (
    "Recompté.\n----\n\nContribution from:\n\nUser name : Jeanne Martin\nEmail : jeanne@ville.fr"
)
ACIGNE, RENNES = ("213500010",), ("243500139",)
HEAD = (
    "siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques,"
    "programmes,statut\n"
)
FIRST = (
    f"{HEAD}213500010,Acigné,COM,35,Place de la Mairie,48.133181,,,,,actif\n"
    "243500139,Rennes Métropole,MET,35,,48.11,,,,,actif\n"
)
SECOND = FIRST.replace("48.11,", "48.1147,")


class Place:
    """A clone of a small register, its forge, and what a visitor does to it."""

    def __init__(self, path: Path, source: Path) -> None:
        self.root = path / "registre"
        self.root.mkdir()
        shutil.copytree(source / "schemas", self.root / "schemas")
        (self.root / "datapackage.json").write_text("{}")
        self.repo = Repo(self.root)
        self.repo.run("init", "--quiet", "--initial-branch=main", ".")
        self.schema = schema.parse("o", (source / "schemas/organisations.json").read_bytes())
        schemas = {
            p.relative_to(self.root).as_posix(): p.read_bytes() for p in self.root.rglob("*.json")
        }
        self.first = self.put("main", "", {**schemas, FILE: FIRST.encode()})
        self.second = self.put("main", self.first, {FILE: SECOND.encode()})
        self.forge = LocalForge(self.root / ".observatoire/forge")

    def put(
        self,
        branch: str,
        start: str,
        changes: Mapping[str, bytes | None],
        message: str = "Version",
    ) -> str:
        """A commit on a branch, on top of ``start``."""
        tree = self.repo.write_tree(start, changes)
        commit = self.repo.commit(tree, [start] if start else [], message, VISITOR, "2026-11-23")
        ref = f"refs/heads/{branch}"
        self.repo.update_ref(ref, commit, self.repo.resolve(ref) or "")
        return commit

    def send(
        self,
        edits: Mapping[tuple[Key, str], str],
        opened: str = SECOND,
        more: Mapping[str, bytes] | None = None,
        aim: str = "main",
    ) -> None:
        """What Datami does: a branch cut from main, the whole file in it, a request."""
        saved = save(opened.encode(), edits, schema=self.schema)
        self.put(BRANCH, self.second, {FILE: saved, **(more or {})}, SIGNED)
        self.forge.prepare(self.repo)
        tip = self.repo.resolve(BRANCH) or ""
        self.repo.push(self.forge.remote, tip, f"refs/heads/{BRANCH}", "")
        body = f"ghost added some contributions on branch '{BRANCH}', to add to branch '{aim}'"
        self.forge.create(BRANCH, Wish("Datami - Contribution from : ghost", body))

    def requests(self, branch: str) -> list[MergeRequest]:
        return list(self.forge.requests(branch))

    def run(self, *args: str) -> int:
        return main(["contribution", "--depot", str(self.root), "--branche", BRANCH, *args])


def own_tip(place: Place) -> str:
    return place.repo.resolve(BRANCH) or ""


@pytest.fixture
def place(tmp_path: Path, root: Path) -> Place:
    return Place(tmp_path, root)


def test_a_contribution_becomes_a_tidy_request_and_its_visitor_is_answered(place: Place) -> None:
    place.send({(RENNES, "adresse"): "4 avenue Henri Fréville"}, opened=FIRST)
    assert place.run() == 0
    (tidy,) = place.requests(TIDY)
    assert tidy.title == "Rennes Métropole : adresse (vide) → 4 avenue Henri Fréville"
    assert (tidy.target, tidy.labels) == ("main", ("contribution",))
    assert place.forge.repo.changed(place.second, tidy.head).keys() == {FILE}
    (blob,) = place.forge.repo.changed(place.second, tidy.head).values()
    content = next(place.forge.repo.blobs([str(blob)])).decode()
    assert content == SECOND.replace("35,,48.1147", "35,4 avenue Henri Fréville,48.1147")
    (own,) = place.requests(BRANCH)
    assert own.state == "fermee"
    (note,) = place.forge.notes(own.number)
    assert f"reprises dans la demande {place.forge.mark}{tidy.number}," in note.body
    assert "version publiée" not in note.body


def test_nobody_is_named_in_what_is_written(place: Place) -> None:
    place.send({(RENNES, "adresse"): "4 avenue Henri Fréville"})
    place.run()
    (tidy,) = place.requests(TIDY)
    message = place.forge.repo.line("log", "--format=%B%an%ae%cn%ce", f"main..{tidy.head}")
    for text in (message, tidy.title, tidy.body):
        assert "Jeanne" not in text
        assert "ville.fr" not in text
    assert "Recompté." in tidy.body


def test_run_twice_nothing_is_written_the_second_time(place: Place) -> None:
    place.send({(RENNES, "adresse"): "4 avenue Henri Fréville"})
    place.run()
    before = {p: p.read_bytes() for p in place.forge.folder.rglob("*.json")}
    tip = place.requests(TIDY)[0].head
    assert place.run() == 0
    assert place.requests(TIDY)[0].head == tip
    assert {p: p.read_bytes() for p in place.forge.folder.rglob("*.json")} == before


def test_a_dry_run_shows_all_and_writes_nothing(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = save(SECOND.encode(), {(RENNES, "latitude"): "48.12"}, schema=place.schema)
    place.put(BRANCH, place.second, {FILE: saved}, SIGNED)
    objects = place.repo.line("count-objects")
    assert place.run("--a-blanc") == 0
    out = capsys.readouterr().out
    assert "Titre : Rennes Métropole : latitude 48.1147 → 48.12" in out
    assert f"Branche : {TIDY}" in out
    assert "+243500139,Rennes Métropole,MET,35,,48.12,,,,,actif" in out
    assert place.repo.line("count-objects") == objects
    assert not place.forge.folder.exists()


def test_a_page_sent_without_an_edit_is_closed_with_a_word(place: Place) -> None:
    place.send({}, opened=FIRST)
    assert place.run() == 0
    assert place.requests(TIDY) == []
    (own,) = place.requests(BRANCH)
    assert (own.state, "rien à relire" in own.body) == ("fermee", True)


def test_a_question_alone_is_asked_in_the_visitors_own_request(place: Place) -> None:
    place.put("main", place.second, {FILE: SECOND.replace("48.1147", "48.2").encode()})
    place.send({(RENNES, "latitude"): "48.12"})
    assert place.run() == 1
    assert place.requests(TIDY) == []
    (own,) = place.requests(BRANCH)
    assert (own.state, own.title) == ("ouverte", "1 question sur 1 organisme (Rennes Métropole)")
    assert own.labels == ("contribution",)
    assert (place.run(), place.requests(BRANCH)[0].body) == (1, own.body)
    assert len(place.forge.notes(own.number)) == 1


def test_other_files_of_the_branch_are_never_taken(place: Place) -> None:
    place.send({(RENNES, "latitude"): "48.12"}, more={".gitlab-ci.yml": b"run: curl evil"})
    assert place.run() == 1
    (tidy,) = place.requests(TIDY)
    assert place.forge.repo.changed(place.second, tidy.head).keys() == {FILE}
    assert "modifie aussi 1 autre fichier" in tidy.body


@pytest.mark.parametrize("aim", [(), ("--base", "v1.0.0"), ("--base", "publie")])
def test_a_contribution_to_a_tag_goes_to_main(place: Place, aim: tuple[str, ...]) -> None:
    tag = place.put("publie", place.first, {"publication/index.csv": b"a\n"})
    place.repo.tag("v1.0.0", tag, "v1.0.0", VISITOR, "2026-11-23")
    saved = save(FIRST.encode(), {(ACIGNE, "adresse"): "1 place"}, schema=place.schema)
    place.put(BRANCH, tag, {FILE: saved}, SIGNED)
    assert place.run(*aim) == 0
    (tidy,) = place.requests(TIDY)
    assert (tidy.target, tidy.title) == ("main", "Acigné : adresse Place de la Mairie → 1 place")


def test_a_generated_file_is_answered_with_the_place_to_edit(place: Place) -> None:
    view = "publication/vue-datami.csv"
    columns = schema.parse("v", (place.root / "schemas/vue-datami.json").read_bytes()).columns
    row = dict.fromkeys(columns, "") | {"siren": "213500010", "nom": "Acigné", "id_odf": "odf_1"}
    text = f"{','.join(columns)}\n{','.join(row.values())}\n"
    tag = place.put("publie", place.second, {view: text.encode()})
    changed = text.replace("Acigné", "ACIGNÉ").replace(",,", ",d_6_10,", 1)
    branch = BRANCH.replace("organisations", "vue-datami")
    tip = place.put(branch, tag, {view: changed.encode()})
    visit = recognise(branch)
    assert visit is not None
    case = Desk(place.repo, place.second, "2026-11-23", [tag]).read(visit, tip)
    found = case.answer.contribution
    assert (found.changes, case.answer.proposal(case.current)) == (False, None)
    assert any("data/organisations.csv, colonne « Nom »" in f.message for f in found.findings)


def test_a_locked_cell_is_not_taken(place: Place) -> None:
    locks = (
        "table,cle,champ,motif,auteur,echeance,statut\n"
        "organisations,213500010,nom,vu avec la mairie,,,actif\n"
        "organisations,243500139,nom,ancien,,2020-01-01,actif\n"
    )
    place.second = place.put("main", place.second, {"data/verrous.csv": locks.encode()})
    place.send({(ACIGNE, "nom"): "ACIGNÉ", (RENNES, "nom"): "Rennes"})
    assert place.run() == 1
    (tidy,) = place.requests(TIDY)
    assert tidy.title == "Rennes Métropole : nom Rennes Métropole → Rennes"
    assert "vu avec la mairie" in tidy.body


@pytest.mark.parametrize("garbage", [b"", b"\x00\x01", b"<html></html>", b"nom\n\n"])
def test_garbage_gives_a_sentence_and_exit_1(
    place: Place, garbage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    place.put(BRANCH, place.second, {FILE: garbage})
    assert place.run() == 1
    assert capsys.readouterr().err.startswith(FILE)


def test_a_branch_that_is_not_datamis_or_not_there_is_said_so(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["contribution", "--depot", str(place.root), "--branche", "main"]) == 2
    assert place.run() == 2
    said = capsys.readouterr().err
    assert "« main » n'est pas une branche créée par Datami." in said
    assert f"« {BRANCH} » n'existe ni ici ni sur la forge locale." in said


@pytest.mark.parametrize("path", ["data/o`r/organisations.csv", "data/inconnue/organisations.csv"])
def test_a_file_of_the_same_name_elsewhere_is_refused(place: Place, path: str) -> None:
    tip = place.put(BRANCH, place.second, {path: SECOND.encode(), FILE: None})
    visit = recognise(BRANCH)
    assert visit is not None
    with pytest.raises(Malformed):
        Desk(place.repo, place.second, "2026-11-23", [place.second]).read(visit, tip)


def test_without_a_name_every_branch_of_datami_is_taken_up(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.send({(RENNES, "latitude"): "48.12"})
    other = BRANCH.replace("e8d052b3-", "aaaaaaaa-")
    place.put(other, place.second, {FILE: b"\x00"})
    assert main(["contribution", "--depot", str(place.root)]) == 1
    said = capsys.readouterr()
    assert said.out.index(other) < said.out.index(BRANCH)
    assert "ce n'est pas un fichier CSV" in said.err
    assert len(place.requests(TIDY)) == 1


def test_without_a_branch_there_is_nothing_to_take_up(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["contribution", "--depot", str(place.root), "--a-blanc"]) == 0
    assert "Aucune contribution" in capsys.readouterr().out


def test_a_dead_branch_is_deleted_on_demand_and_a_living_one_is_kept(place: Place) -> None:
    ref = f"refs/heads/{BRANCH}"
    place.send({(RENNES, "latitude"): "48.12"})
    place.run("--menage")
    assert place.forge.repo.resolve(ref) is not None
    (tidy,) = place.requests(TIDY)
    place.forge.merge(tidy.number, VISITOR, "2026-11-24")
    place.run()
    assert place.forge.repo.resolve(ref) is not None
    base, visit = place.forge.base(place.repo), recognise(BRANCH)
    assert visit is not None
    case = Desk(place.repo, base, "2025-11-29", [base]).read(visit, own_tip(place))
    assert [dead(case, [], day) for day in ("2025-11-29", "2025-11-30")] == [False, True]
    place.run("--menage")
    assert place.forge.repo.resolve(ref) is None


def test_a_table_uploaded_over_another_is_a_draft(place: Place) -> None:
    lines = "".join(f"{n:09d},Commune {n},COM,35,,,,,,,actif\n" for n in range(1, 300))
    place.send({}, opened=HEAD + lines + SECOND.removeprefix(HEAD))
    place.run()
    (tidy,) = place.requests(TIDY)
    assert tidy.draft
    assert "vérifiez avant de fusionner" in tidy.body


def test_a_visitor_of_a_published_version_is_told_where_the_edits_go(place: Place) -> None:
    place.send({(RENNES, "latitude"): "48.12"}, aim="v1.0.0")
    place.run()
    (own,) = place.requests(BRANCH)
    (note,) = place.forge.notes(own.number)
    assert "La page lisait une version publiée : les corrections vont dans `main`." in note.body
