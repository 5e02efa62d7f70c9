"""The lines that begin with a key are those that a full reading finds, sorted or not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.explain import lines
from observatoire.intake import parse
from observatoire.table import Table, serialize

KEYS = st.sampled_from(["a", "b", "ab", "a-b", "a b", "é", "zz", "a,b", "10", "9"])
ROWS = st.lists(st.tuples(KEYS, st.sampled_from(["", "x", "1,5", "é"])), max_size=12)


@given(rows=ROWS, key=KEYS, ordered=st.booleans())
@settings(max_examples=100, deadline=None)
def test_the_lines_of_a_key_are_all_found(
    rows: list[tuple[str, str]], key: str, ordered: bool
) -> None:
    # A version that is not sorted may hold a key twice; its lines then follow each other or not.
    rows = sorted(rows) if ordered else list(dict(rows).items())
    data = serialize(Table(("cle", "valeur"), rows))
    expected = [row for row in parse(data, "t.csv").rows if row[0] == key]
    assert lines.starting(data, key) == expected
    assert lines.starting(bytearray(data), key) == expected


@given(rows=ROWS, key=KEYS, second=st.sampled_from(["", "x", "1,5", "é"]))
@settings(max_examples=100, deadline=None)
def test_the_lines_of_a_longer_key_are_found_too(
    rows: list[tuple[str, str]], key: str, second: str
) -> None:
    found = sorted({(*row, "fin") for row in rows})
    data = serialize(Table(("cle", "valeur", "fin"), found))
    expected = [row for row in found if row[:2] == (key, second)]
    assert lines.starting(data, key, second) == expected


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []),
        (b"cle,valeur\n", []),
        (b"cle,valeur\na,1", [("a", "1")]),
        (b"cle,valeur\r\na,1\r\n", [("a", "1")]),
        (b"cle,valeur\nb,2\na,1\n", [("a", "1")]),
        (b'cle,valeur\na,"x, ""y"""\n', [("a", 'x, "y"')]),
        (b"cle,valeur\na,\xff\n", [("a", "\ufffd")]),
        (b"cle,valeur\naa,1\nba,2\n", []),
    ],
)
def test_old_versions_may_be_of_any_form(data: bytes, found: list[tuple[str, ...]]) -> None:
    assert lines.starting(data, "a") == found


def test_columns_come_without_the_mark_of_an_editor() -> None:
    assert lines.columns(b"\xef\xbb\xbfcle,valeur\r\na,1\r\n") == ("cle", "valeur")
    assert lines.columns(b"cle") == ("cle",)
    assert lines.columns(b"") == ("",)
