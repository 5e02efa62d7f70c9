"""Two processes give what one gives."""

from __future__ import annotations

import os
from datetime import date

import pytest
import specimen

from observatoire.validate import engine, halves

TODAY = date(2026, 11, 23)


def test_both_results_come_back_in_order() -> None:
    assert halves.both(lambda: (os.getpid(), "one"), lambda: (0, "other")) == (
        (os.getpid(), "one"),
        (0, "other"),
    )


def test_the_second_half_runs_in_another_process() -> None:
    here, there = halves.both(os.getpid, os.getpid)
    assert (here, there == here) == (os.getpid(), (os.cpu_count() or 1) < 2)


def test_a_child_that_dies_leaves_its_work_to_the_parent() -> None:
    parent = os.getpid()

    def die_unless_parent() -> int:
        if os.getpid() != parent:
            os._exit(3)
        return 7

    assert halves.both(lambda: 1, die_unless_parent) == (1, 7)


def test_a_register_read_in_two_halves_gives_the_same_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    communes = specimen.TABLES["reference/2026/communes"]
    wrong = specimen.register(
        organisations=specimen.TABLES["organisations"].replace("48.9362", "48.93620"),
        reference__2026__communes=communes.replace("860", "0860"),
    )
    whole = engine.run(wrong, TODAY)
    monkeypatch.setattr(engine, "WORTH_A_PROCESS", 0)
    assert engine.run(wrong, TODAY) == whole
    assert whole.errors == 2
