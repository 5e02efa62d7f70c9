"""What a person sees: results on one stream, problems on the other, bars only on a terminal."""

from __future__ import annotations

import io

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
