"""The command: what a visitor sent becomes one tidy request, and the visitor is answered."""

from __future__ import annotations

import pytest
from contribution_place import (
    ACIGNE,
    BRANCH,
    FIRST,
    HEAD,
    RENNES,
    SECOND,
    SIGNED,
    TIDY,
    VISITOR,
    Place,
)
from datami_visitor import FILE, save

from observatoire.cli import main
from observatoire.contribution.branch import recognise
from observatoire.contribution.desk import Desk
from observatoire.contribution.reply import dead


def own_tip(place: Place) -> str:
    return place.repo.resolve(BRANCH) or ""


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


@pytest.mark.parametrize("aim", [(), ("--base", "v1.0.0"), ("--base", "publie")])
def test_a_contribution_to_a_tag_goes_to_main(place: Place, aim: tuple[str, ...]) -> None:
    tag = place.put("publie", place.first, {"publication/index.csv": b"a\n"})
    place.repo.tag("v1.0.0", tag, "v1.0.0", VISITOR, "2026-11-23")
    saved = save(FIRST.encode(), {(ACIGNE, "adresse"): "1 place"}, schema=place.schema)
    place.put(BRANCH, tag, {FILE: saved}, SIGNED)
    assert place.run(*aim) == 0
    (tidy,) = place.requests(TIDY)
    assert (tidy.target, tidy.title) == ("main", "Acigné : adresse Place de la Mairie → 1 place")


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
