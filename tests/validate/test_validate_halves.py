"""Two processes give what one gives."""

from __future__ import annotations

import os
import sys
from datetime import date

import pytest
import specimen

from observatoire.validate import engine, halves
from observatoire.validate.blocks import EVERYTHING, Span

TODAY = date(2026, 11, 23)


def test_both_results_come_back_in_order() -> None:
    assert halves.both(lambda: (os.getpid(), "one"), lambda: (0, "other")) == (
        (os.getpid(), "one"),
        (0, "other"),
    )


def test_the_second_half_runs_in_another_process() -> None:
    here, there = halves.both(os.getpid, os.getpid)
    assert (here, there == here) == (os.getpid(), halves.processors() < 2)


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


@pytest.mark.parametrize(
    ("sound", "slip"),
    [("48.9362", "48.93620"), ("Rennes Métropole", "Rennes, Métropole")],
)
def test_a_table_cut_anywhere_gives_the_same_report(
    monkeypatch: pytest.MonkeyPatch, sound: str, slip: str
) -> None:
    text = specimen.TABLES["organisations"]
    wrong = specimen.register(organisations=text.replace(sound, slip))
    whole = engine.run(wrong, TODAY)
    monkeypatch.setattr(engine, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(engine, "both", lambda one, other: (one(), other()))
    for cut in range(1, len(text.encode()) + 1, 7):
        parts = ({"organisations": Span(0, cut)}, {"organisations": Span(cut, sys.maxsize)})
        monkeypatch.setattr(engine, "halved", lambda _, parts=parts: parts)
        assert engine.run(wrong, TODAY) == whole
    assert whole.errors == 1


@pytest.mark.parametrize(
    ("sizes", "here", "there"),
    [
        ({"a": 10, "b": 10}, {"a": EVERYTHING}, {"b": EVERYTHING}),
        ({"a": 10}, {"a": Span(0, 5)}, {"a": Span(5, sys.maxsize)}),
        ({"a": 0, "b": 9, "c": 1}, {"a": EVERYTHING, "b": Span(0, 5)}, {"b": ..., "c": ...}),
    ],
)
def test_each_half_has_the_same_number_of_bytes(
    sizes: dict[str, int], here: dict[str, Span], there: dict[str, object]
) -> None:
    one, other = engine.halved(sizes)
    assert one.keys() | other.keys() == sizes.keys()
    assert sum(_bytes(s, sizes[n]) for n, s in one.items()) == sum(sizes.values()) // 2
    assert one == here
    assert other.keys() == there.keys()


def _bytes(span: Span, size: int) -> int:
    return min(span.end, size) - span.start
