"""Publishing: one commit, one tag, the same bytes everywhere; a run that was cut is finished."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from small_register import edited, files

from observatoire.files import Changes, Files, Memory
from observatoire.git import GitError, Person, Repo, Tree, init_bare
from observatoire.model import Breakdown, Malformed
from observatoire.publish import history, migrations, publisher
from observatoire.publish.publisher import Release

SOMEONE = Person("Une personne", "personne@example.org")
PROJECT = "https://gitlab.com/groupe/observatoire"


def save(repo: Repo, content: Memory, date: str = "2026-11-23T10:00:00+01:00") -> str:
    """A new commit on main with exactly these files."""
    head = repo.resolve("refs/heads/main")
    tree = repo.write_tree("", content)
    commit = repo.commit(tree, [head] if head else [], "Données", SOMEONE, date)
    repo.update_ref("refs/heads/main", commit, head or "")
    return commit


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = init_bare(tmp_path / "registre.git")
    save(made, files())
    return made


def prepare(repo: Repo, asked: str = "") -> Release:
    release = publisher.prepare(repo, "", PROJECT, asked)
    assert release is not None
    return release


def release(repo: Repo) -> str:
    return publisher.publish(repo, prepare(repo))


def refs(repo: Repo) -> str:
    return repo.line("for-each-ref", "--format=%(refname) %(objectname)")


def test_the_first_release_adds_only_the_publication_folder(repo: Repo) -> None:
    commit = release(repo)
    changed = repo.changed("refs/heads/main", commit)

    assert repo.line("tag", "--list") == "v1.0.0"
    assert repo.resolve("refs/heads/publie") == commit
    assert changed
    assert all(path.startswith("publication/") for path in changed)


def test_the_tag_is_annotated_and_dated_by_the_commit(repo: Repo) -> None:
    release(repo)

    assert repo.line("cat-file", "-t", "v1.0.0") == "tag"
    assert repo.line("log", "-1", "--format=%cI", "v1.0.0") == "2026-11-23T09:00:00+00:00"
    assert "23 novembre 2026" in repo.line("for-each-ref", "--format=%(contents)", "refs/tags")


def test_a_commit_already_released_is_not_released_again(repo: Repo) -> None:
    commit = release(repo)
    before = refs(repo)

    again = prepare(repo)

    assert again.done
    assert publisher.publish(repo, again) == commit
    assert refs(repo) == before


def test_nothing_new_makes_no_version(repo: Repo) -> None:
    release(repo)
    content = files()
    content["README.md"] = b"# Other words\n"
    save(repo, content)

    assert publisher.prepare(repo, "", PROJECT) is None


@pytest.mark.parametrize(
    ("changed", "tag", "words"),
    [
        (edited("publications", ",57,3,", ",61,3,"), "v1.0.1", "1 ligne modifiée"),
        (
            edited("thematiques", "Social,,actif\n", "Social,,actif\nVoirie,,actif\n"),
            "v1.1.0",
            "1 ligne ajoutée",
        ),
    ],
)
def test_the_number_follows_the_change(
    repo: Repo, changed: dict[str, str], tag: str, words: str
) -> None:
    first = release(repo)
    source = save(repo, files(**changed))
    commit = release(repo)

    assert history.versions(repo)[-1].tag == tag
    assert history.parents(repo, commit)[1:] == [first, source]
    note = Tree(repo, commit).read("publication/CHANGEMENTS.md")
    assert note is not None
    assert words in note.decode()


def renamed() -> Memory:
    """The register once a column has another name."""
    content = files()
    described = content["schemas/thematiques.json"].decode()
    content["schemas/thematiques.json"] = described.replace('"statut"', '"etat"').encode()
    content["data/thematiques.csv"] = content["data/thematiques.csv"].replace(b"statut", b"etat")
    return content


class Renaming:
    """The migration that goes with it."""

    SINCE = "v2.0.0"

    def migrate(self, before: Files) -> Changes:
        table = before.read("data/thematiques.csv") or b""
        return {"data/thematiques.csv": table.replace(b"statut", b"etat")}


def test_a_new_column_is_major_and_its_note_names_it(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(repo)
    monkeypatch.setattr(migrations, "discover", lambda: [Renaming()])
    save(repo, renamed())
    ready = prepare(repo)

    assert ready.tag == "v2.0.0"
    assert "colonne « etat » ajoutée, colonne « statut » retirée" in ready.message


def test_a_schema_that_leaves_old_versions_behind_is_refused(repo: Repo) -> None:
    release(repo)
    save(repo, renamed())

    with pytest.raises(Malformed, match=r"la version v1\.0\.0 ne s'y lit plus") as refused:
        prepare(repo)
    assert "colonne manquante : « etat »" in str(refused.value)


def test_a_migration_is_made_only_for_versions_before_it(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(repo)
    monkeypatch.setattr(migrations, "discover", lambda: [Renaming()])
    save(repo, renamed())
    release(repo)
    content = renamed()
    content["schemas/plateformes.json"] = content["schemas/plateformes.json"].replace(
        b'"title": "Porteur"', b'"title": "Porteur", "constraints": {"pattern": "[A-Z]{0,9}"}'
    )
    save(repo, content)

    assert release(repo)
    assert [v.tag for v in history.versions(repo)] == ["v1.0.0", "v2.0.0", "v3.0.0"]


def test_the_note_tells_who_came_who_went_and_where(repo: Repo) -> None:
    release(repo)
    content = files()
    text = content["data/organisations.csv"].decode()
    gone = "219300597,Syndicat mixte du nord parisien,AGCT,93,,,,120000,,,actif\n"
    come = "200000438,Agence *libre* #1,AGCT,35,,,,,,,actif\n"
    content["data/organisations.csv"] = (
        text.replace("210100012,", f"{come}210100012,", 1).replace(gone, "").encode()
    )
    save(repo, content)
    message = prepare(repo).message

    assert "Organismes entrés dans le registre (1) :" in message
    assert "* `Agence *libre* #1` (" in message
    assert "* Syndicat mixte du nord parisien (" in message
    assert "par département : Ille-et-Vilaine (1), Seine-Saint-Denis (1)" in message


def test_the_note_of_a_version_keeps_those_before(repo: Repo) -> None:
    release(repo)
    save(repo, files(**edited("publications", ",57,3,", ",61,3,")))
    commit = release(repo)
    note = (Tree(repo, commit).read("publication/CHANGEMENTS.md") or b"").decode()
    announced = publisher.announcement(repo, "v1.0.1")

    assert note.index("# Version v1.0.1") < note.index("# Version v1.0.0")
    assert announced.title.startswith("Version v1.0.1 du registre")
    assert "Première version" not in announced.body
    assert "1 ligne modifiée" in announced.body


def test_a_run_cut_after_the_branch_is_finished_by_the_next(repo: Repo) -> None:
    commit = release(repo)
    whole = refs(repo)
    repo.run("tag", "--delete", "v1.0.0")

    assert release(repo) == commit
    assert refs(repo) == whole


def test_what_an_older_run_left_on_the_branch_is_replaced(repo: Repo) -> None:
    first = release(repo)
    save(repo, files(**edited("publications", ",57,3,", ",61,3,")))
    release(repo)
    repo.run("tag", "--delete", "v1.0.1")
    save(repo, files(**edited("publications", ",57,3,", ",62,3,")))
    commit = release(repo)

    assert history.parents(repo, commit)[1] == first
    assert repo.resolve("refs/heads/publie") == commit
    assert [v.tag for v in history.versions(repo)] == ["v1.0.0", "v1.0.1"]


def test_what_a_first_run_left_on_the_branch_is_replaced_too(repo: Repo) -> None:
    release(repo)
    repo.run("tag", "--delete", "v1.0.0")
    source = save(repo, files(**edited("publications", ",57,3,", ",61,3,")))
    commit = release(repo)

    assert history.parents(repo, commit)[1:] == [source]
    assert [v.tag for v in history.versions(repo)] == ["v1.0.0"]


def test_a_branch_that_was_lost_comes_back(repo: Repo) -> None:
    commit = release(repo)
    repo.update_ref("refs/heads/publie", "", commit)

    release(repo)

    assert repo.resolve("refs/heads/publie") == commit


def test_a_person_s_commit_on_the_branch_stops_the_release(repo: Repo) -> None:
    commit = release(repo)
    tree = repo.write_tree(commit, {"publication/vue-datami.csv": b"edited\n"})
    mine = repo.commit(tree, [commit], "Correction", SOMEONE, "2026-11-24")
    repo.update_ref("refs/heads/publie", mine, commit)
    save(repo, files(**edited("publications", ",57,3,", ",61,3,")))

    with pytest.raises(Malformed, match="n'est pas une version"):
        release(repo)
    assert repo.resolve("refs/heads/publie") == mine
    assert repo.line("tag", "--list") == "v1.0.0"


def test_a_register_with_errors_is_refused(repo: Repo) -> None:
    save(repo, files(**edited("publications", ",57,3,", ",beaucoup,3,")))

    with pytest.raises(Malformed, match="rien n'est publié") as refused:
        prepare(repo)
    assert "nb_jeux" in str(refused.value)


def test_an_unknown_branch_is_said(repo: Repo) -> None:
    with pytest.raises(Malformed, match="n'est ni une branche, ni un commit"):
        publisher.prepare(repo, "fantome", PROJECT)


def test_a_tag_is_never_moved(repo: Repo) -> None:
    ready = prepare(repo)
    release(repo)
    before = refs(repo)

    with pytest.raises(GitError):
        publisher.publish(repo, ready)
    assert refs(repo) == before


def test_pushing_twice_is_pushing_once(repo: Repo, tmp_path: Path) -> None:
    release(repo)
    other = init_bare(tmp_path / "ailleurs.git")

    publisher.push(repo, str(other.path), "v1.0.0")
    sent = refs(other)
    publisher.push(repo, str(other.path), "v1.0.0")

    assert "refs/heads/publie" in sent
    assert "refs/tags/v1.0.0" in sent
    assert refs(other) == sent


def test_a_version_is_asked_for_by_its_number_else_the_last_is_meant(repo: Repo) -> None:
    with pytest.raises(Breakdown, match="aucune version n'est publiée"):
        history.chosen(repo)
    release(repo)

    assert {history.chosen(repo, asked) for asked in ("", "1.0.0", "v1.0.0")} == {"v1.0.0"}
    with pytest.raises(Breakdown, match="la version v9"):
        history.chosen(repo, "9.0.0")


def test_downloads_are_whole_and_their_sums_right(repo: Repo) -> None:
    release(repo)
    found = publisher.downloads(repo, "v1.0.0")
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    with zipfile.ZipFile(io.BytesIO(found["registre.zip"])) as archive:
        names = archive.namelist()
        package = archive.read("registre-v1.0.0/datapackage.json").decode()

    assert sums == {n: hashlib.sha256(c).hexdigest() for n, c in found.items() if n != "SHA256SUMS"}
    assert "registre-v1.0.0/data/organisations.csv" in names
    assert "registre-v1.0.0/publication/indicateurs.csv" in names
    assert names == sorted(names)
    assert '"version": "1.0.0"' in package
