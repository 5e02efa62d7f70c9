"""The local forge: requests as files, a main that follows the clone, a merge that refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from propose_literals import proposal
from propose_place import ANNE, BRANCH, DAY, REF, Place

from observatoire.git import MergeConflict, Person
from observatoire.propose import forges
from observatoire.propose.forges import ForgeError, Raced, Wish
from observatoire.propose.forges.local import FOLDER, LocalForge

WISH = proposal(organisations=b"siren,nom\n1,Un\n2,Deux\n")


def test_without_a_token_the_forge_is_local(tmp_path: Path) -> None:
    forge = forges.connect(tmp_path, {})
    assert isinstance(forge, LocalForge)
    assert forge.folder == tmp_path / FOLDER
    assert not forge.folder.exists()


def test_reading_a_forge_that_does_not_exist_makes_nothing(tmp_path: Path) -> None:
    forge = LocalForge(tmp_path / "forge")
    assert forge.all() == []
    assert not forge.folder.exists()
    with pytest.raises(ForgeError, match="pas de demande numéro 3"):
        forge.get(3)


def test_main_follows_the_clone(place: Place) -> None:
    bare, clone = place.forge.repo, place.repo
    assert bare.resolve("main") == clone.resolve("main")
    old = clone.resolve("main") or ""
    new = clone.commit(clone.write_tree(old, {"x": b"1"}), [old], "m", ANNE, DAY)
    clone.update_ref("refs/heads/main", new, old)
    assert place.forge.base(clone) == new
    assert bare.resolve("main") == old
    place.forge.prepare(clone)
    assert bare.resolve("main") == new


def test_a_clone_that_is_behind_builds_on_the_forge_s_main(place: Place) -> None:
    newer = place.commits("main", {"x": b"1"})
    place.forge.prepare(place.repo)
    assert place.forge.base(place.repo) == newer
    assert place.forge.repo.resolve("main") == newer


def test_a_main_that_diverged_is_reported_with_the_way_out(place: Place) -> None:
    place.commits("main", {"x": b"1"})
    clone = place.repo
    old = clone.resolve("main") or ""
    new = clone.commit(clone.write_tree(old, {"y": b"1"}), [old], "m", ANNE, DAY)
    clone.update_ref("refs/heads/main", new, old)
    with pytest.raises(ForgeError, match=r"a divergé .* git pull"):
        place.forge.prepare(clone)


def test_a_second_open_request_on_a_branch_is_refused(place: Place) -> None:
    place.settle(WISH)
    with pytest.raises(Raced, match="déjà ouverte"):
        place.forge.create(BRANCH, Wish("t", "b"))
    with pytest.raises(Raced, match="n'existe plus"):
        place.forge.create("autre", Wish("t", "b"))


def test_a_closed_request_can_be_neither_rewritten_nor_closed_again(place: Place) -> None:
    place.settle(WISH)
    place.forge.close(1, "fin", DAY)
    for act in (
        lambda: place.forge.update(1, Wish("t", "b")),
        lambda: place.forge.close(1, "b", DAY),
        lambda: place.forge.merge(1, ANNE, DAY),
    ):
        with pytest.raises(Raced, match="n'est plus ouverte"):
            act()


def test_a_merge_keeps_both_histories_and_deletes_the_branch(place: Place) -> None:
    place.settle(WISH)
    tip = place.tip() or ""
    other = place.commits("main", {"lisez-moi.md": b"autre\n"})
    merged = place.forge.merge(1, ANNE, DAY)
    bare = place.forge.repo
    assert bare.resolve("main") == merged
    assert bare.is_ancestor(tip, merged)
    assert bare.is_ancestor(other, merged)
    assert place.read("data/organisations.csv", "main") == b"siren,nom\n1,Un\n2,Deux\n"
    assert place.read("lisez-moi.md", "main") == b"autre\n"
    assert bare.log("-1", merged)[0].subject == f"Fusion de la demande 1 : {WISH.title}"
    assert place.tip() is None
    [request] = place.requests()
    assert (request.state, request.closed, request.head) == ("fusionnee", DAY, tip)


def test_a_merge_that_conflicts_changes_nothing(place: Place) -> None:
    place.settle(WISH)
    main = place.commits("main", {"data/organisations.csv": b"siren,nom\n1,Autre\n"})
    tip = place.tip()
    with pytest.raises(MergeConflict) as conflict:
        place.forge.merge(1, ANNE, DAY)
    assert conflict.value.paths == ("data/organisations.csv",)
    assert (place.forge.repo.resolve("main"), place.tip()) == (main, tip)
    assert place.requests()[0].state == "ouverte"


def test_a_request_whose_branch_is_gone_cannot_be_merged(place: Place) -> None:
    place.settle(WISH)
    place.forge.repo.update_ref(REF, "", place.tip() or "")
    with pytest.raises(ForgeError, match="n'existe plus"):
        place.forge.merge(1, ANNE, DAY)
    assert place.settle(WISH).action == "actualisee"
    assert place.tip() is not None


def test_the_page_shows_the_request_to_a_person(place: Place) -> None:
    place.settle(WISH)
    place.forge.label(1, "bot::pause")
    [request] = place.requests()
    page = Path(request.place).read_text("utf-8")
    assert page.startswith(
        f"# Demande 1 : {WISH.title}\n\n"
        "Ouverte. Branche `bot-moisson-datagouv` vers `main`. Étiquettes : `bot::pause`.\n\n---\n\n"
    )
    place.forge.write_note(1, "un mot", None)
    place.forge.write_note(1, "un mot de plus", place.forge.notes(1)[0])
    page = Path(request.place).read_text("utf-8")
    assert page.endswith("## Notes du robot\n\nun mot de plus\n")
    assert place.requests()[0].body == request.body


def test_a_page_that_was_lost_or_left_half_done_is_made_again(place: Place) -> None:
    place.settle(WISH)
    [request] = place.requests()
    path = Path(request.place)
    whole = path.read_text("utf-8")
    for broken in ("", "# Demande 1\n", whole.replace("cle=sha256:", "cle=sha256:0")):
        path.write_text(broken, "utf-8")
        assert place.requests() == [request]
        assert path.read_text("utf-8") == whole
    path.unlink()
    assert place.requests() == [request]
    assert path.read_text("utf-8") == whole


def test_a_file_that_is_no_more_json_is_named(place: Place) -> None:
    place.settle(WISH)
    path = place.forge.folder / "merge-requests" / "1.json"
    path.write_text("{", "utf-8")
    with pytest.raises(ForgeError, match=r"1\.json est illisible"):
        place.forge.all()


def test_a_diff_shows_what_merging_would_change(place: Place) -> None:
    place.settle(WISH)
    place.commits("main", {"lisez-moi.md": b"autre\n"})
    diff = place.forge.diff(place.requests()[0])
    assert "+2,Deux" in diff
    assert "lisez-moi" not in diff


def test_a_hook_in_the_repository_is_not_run(place: Place, tmp_path: Path) -> None:
    hook = Path(place.forge.remote) / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert place.settle(WISH).action == "ouverte"


def test_the_bot_is_a_person_of_its_own(place: Place) -> None:
    assert place.forge.whoami() == Person("Robot de l'Observatoire", "robot@observatoire.invalid")
