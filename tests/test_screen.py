"""What a person sees: results on one stream, problems on the other, bars only on a terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from observatoire.screen import Screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_results_and_problems_go_to_different_streams() -> None:
    out, err = io.StringIO(), io.StringIO()
    screen = Screen(out, err)
    screen.say("trouvé")
    screen.error("perdu")

    assert (out.getvalue(), err.getvalue()) == ("trouvé\n", "perdu\n")


def test_a_problem_stands_after_what_was_said_before_it(tmp_path: Path) -> None:
    journal = tmp_path / "journal.txt"
    with journal.open("a", encoding="utf-8") as out, journal.open("a", 1, "utf-8") as err:
        screen = Screen(out, err)
        screen.say("trouvé")
        screen.error("perdu")
        screen.say("fini")

    assert journal.read_text("utf-8") == "trouvé\nperdu\nfini\n"


class Cut(io.StringIO):
    def flush(self) -> None:
        raise BrokenPipeError


def test_a_problem_is_said_even_where_nobody_reads_the_results() -> None:
    err = io.StringIO()
    Screen(Cut(), err).error("perdu")

    assert err.getvalue() == "perdu\n"


def test_no_bar_is_drawn_where_nobody_watches() -> None:
    out, err = io.StringIO(), io.StringIO()
    with Screen(out, err).bar("data.gouv.fr", 3) as bar:
        bar.total(4)
        bar.advance()

    assert out.getvalue() + err.getvalue() == ""


def test_a_terminal_sees_how_far_the_work_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    err = Terminal()
    with Screen(io.StringIO(), err).bar("data.gouv.fr", 3) as bar:
        bar.total(4)
        bar.advance(3)

    assert "data.gouv.fr" in err.getvalue()
    assert "3/4" in err.getvalue()


def test_several_bars_stand_one_under_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    err = Terminal()
    with Screen(io.StringIO(), err).bars({"CKAN": 2, "udata": 1}) as bars:
        bars["CKAN"].advance()
        bars["udata"].advance()

    assert all(text in err.getvalue() for text in ("CKAN", "1/2", "udata", "1/1"))
