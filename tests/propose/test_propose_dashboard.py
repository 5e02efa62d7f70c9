"""`observatoire dashboard`: what a maintainer sees at a glance, and nothing when nothing moved."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from propose_register import ACIGNE, KNOWN, NEW, Desk

from observatoire.propose.dashboard import MOST, RECENT, write
from observatoire.propose.forges import MergeRequest
from observatoire.propose.situation import Situation, Source


@pytest.fixture
def desk(clone: Desk) -> Desk:
    clone.settled(KNOWN)
    return clone


def dashboard(desk: Desk, day: str = "2026-01-06") -> str:
    """The page, once the command has run."""
    assert desk.observatoire("dashboard", "--date", day) == 0
    return (desk.forge.folder / "tableau-de-bord.md").read_text("utf-8")


def test_a_quiet_register_says_so(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    said = dashboard(desk)
    assert said.startswith("# Tableau de bord du robot\n\nLe robot tient ce ticket à jour")
    assert "\n## Demandes ouvertes\n\nAucune demande ouverte : rien n'attend" in said
    assert "| data.gouv.fr | 1 sur 1 | 1 | 1er janvier 2026 |" in said
    assert "## En attente" not in said
    assert "0 valeur refusée (`data/refus.csv`), 0 cellule verrouillée" in said
    assert "Tableau de bord ouvert." in capsys.readouterr().out


def test_the_same_situation_another_day_is_not_written_again(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dashboard(desk)
    stamp = (desk.forge.folder / "tableau-de-bord.md").stat().st_mtime_ns
    assert dashboard(desk, "2026-01-09") == before
    assert (desk.forge.folder / "tableau-de-bord.md").stat().st_mtime_ns == stamp
    assert "Tableau de bord inchangé" in capsys.readouterr().out


def test_what_waits_then_what_is_open_then_what_was_refused(desk: Desk) -> None:
    dashboard(desk)
    desk.harvest(KNOWN, NEW)
    assert "## En attente\n\n- data.gouv.fr : data.gouv.fr : 1 entrée\n" in dashboard(desk)
    desk.propose()
    said = dashboard(desk)
    assert "## En attente" not in said
    assert "- n° 1 data.gouv.fr : 1 entrée\n" in said
    desk.observatoire("requests", "label", "1", "bot::pause")
    assert "- n° 1 data.gouv.fr : 1 entrée (en pause)\n" in dashboard(desk)
    desk.observatoire("requests", "close", "1")
    said = dashboard(desk)
    assert "Aucune demande ouverte" in said
    assert "Dernières demandes fermées sans fusion :\n\n- n° 1 data.gouv.fr : 1 entrée\n" in said
    assert "## En attente" not in said


def test_numbers_that_wait_for_the_week_say_until_when(desk: Desk) -> None:
    desk.harvest({**KNOWN, "nb_jeux": "12"})
    assert "- data.gouv.fr : des chiffres à jour, sans plus : attend le 8 " in dashboard(desk)


def test_a_portal_that_fails_for_two_weeks_is_named(desk: Desk) -> None:
    assert "sans nouvelles" in dashboard(desk, "2026-01-15")
    said = dashboard(desk, "2026-01-16")
    assert "- data.gouv.fr (data-gouv-fr) : depuis le 1er janvier 2026\n" in said


def test_a_source_in_trouble_does_not_hide_the_others(desk: Desk) -> None:
    (desk.root / "data" / "moissons" / "autre.csv").write_bytes(b"\xff\xfe\n")
    said = dashboard(desk)
    assert "## En panne\n\n- autre : `data/moissons/autre.csv" in said
    assert "| data.gouv.fr | 1 sur 1 |" in said


def test_a_dry_run_shows_the_text_and_writes_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.observatoire("dashboard", "--date", "2026-01-06", "--a-blanc") == 0
    assert "## Demandes ouvertes" in capsys.readouterr().out
    assert not desk.forge.folder.exists()


def test_refusals_and_locks_of_main_are_counted(desk: Desk) -> None:
    cell = {"table": "publications", "cle": f"{ACIGNE} data-gouv-fr aaa", "champ": "url"}
    desk.holds("verrous", [{**cell, "motif": "m", "statut": "actif"}])
    desk.holds("refus", [{**cell, "valeur": "x", "date": "2026-01-01"}])
    assert "1 valeur refusée (`data/refus.csv`), 1 cellule verrouillée" in dashboard(desk)


def request(number: int, title: str) -> MergeRequest:
    return MergeRequest(
        number=number,
        title=title,
        body="",
        branch="b",
        target="main",
        state="ouverte",
        labels=(),
        draft=False,
        place="",
        head="",
        kept="",
        closed="",
    )


def test_hostile_words_stay_inert_and_lists_stay_short() -> None:
    title = "@all /merge ![](javascript:x) <img src=x> | #1 !2"
    situation = Situation(
        sources=[Source(title, {"p": "2026-01-01"}, 3)],
        opened=[request(n, title) for n in range(MOST + 5)],
        refused=[request(n, title) for n in range(MOST)],
        waiting=[(title, f"\n/close\n{title}")],
        broken=[(title, title)],
        late=[(f"p{n}", "") for n in range(MOST + 1)],
        refusals=1,
        locks=0,
        mark="!",
    )
    said = write(situation)
    html = MarkdownIt("commonmark").enable("table").render(said)
    assert "<img" not in html
    assert "<a " not in html
    assert not any(line.lstrip("- ").startswith(("/", "@")) for line in said.splitlines())
    assert html.count("<li>") <= 4 * MOST
    assert "- … et 5 autres\n" in said
    refused = said.partition("Dernières demandes fermées sans fusion :")[2].split()
    shown = [word for word in refused if word.startswith("!") and word[1:].isdigit()]
    assert [n for n in shown if n != "!2"] == [f"!{MOST - 1 - n}" for n in range(RECENT)]
