"""The note of looks: what was seen is read again, and a damaged note is no note."""

from __future__ import annotations

from dataclasses import replace

import pytest
from liveness_sights import DAY, MUTE, NO, RULES

from observatoire.files import Memory
from observatoire.liveness import ALIVE, Looks, Sight
from observatoire.liveness.looks import PATH, read, write

LOOKS = Looks(DAY, RULES, {"p": MUTE, "q": Sight(ALIVE, "", "https://q.fr")}, {"https://a.fr": NO})


def test_a_note_says_what_was_seen() -> None:
    assert read(Memory({PATH: write(LOOKS)})) == LOOKS
    without = replace(LOOKS, links=None)
    assert read(Memory({PATH: write(without)})) == without


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff",
        write(LOOKS).replace(b"2026-11-23", b"hier"),
        write(LOOKS).replace(b"muette", b"endormie"),
        write(LOOKS)[:-9],
    ],
)
def test_a_note_that_cannot_be_read_is_no_note(content: bytes) -> None:
    assert read(Memory({PATH: content})) is None
    assert read(Memory()) is None
