"""The note of a harvest: who answered, for the step that comes next."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from observatoire import heard
from observatoire.files import Memory


class Gave(NamedTuple):
    source: str
    plateforme: str
    error: str = ""


def test_the_note_is_read_back() -> None:
    outcomes = [
        Gave("ckan", "b"),
        Gave("ckan", "a"),
        Gave("ckan", "c", "panne"),
        Gave("x", "y", "!"),
    ]
    note = Memory({heard.PATH: heard.write(outcomes)})
    assert heard.read(note) == {"ckan": frozenset("ab"), "x": frozenset()}


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b'{"ckan": 3}', b"\xff"])
def test_a_note_that_cannot_be_read_is_none(content: bytes) -> None:
    assert heard.read(Memory({heard.PATH: content})) is None
    assert heard.read(Memory()) is None
