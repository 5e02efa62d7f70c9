"""Waits grow, obey the server within reason, and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.web.patience import Patience, retry_after

NOON = 1_700_000_000.0


def test_waits_double_from_the_first_one() -> None:
    patience = Patience(tries=5, first=1.0)
    waits = [patience.wait(n, None, jitter=0.999999) for n in (1, 2, 3, 4)]
    assert waits == pytest.approx([1, 2, 4, 8], rel=1e-3)


def test_the_last_failure_has_no_wait() -> None:
    assert Patience(tries=3).wait(3, None, 0.5) is None
    assert Patience(tries=3).wait(3, 1.0, 0.5) is None


def test_a_server_that_asks_for_too_long_is_left_in_peace() -> None:
    assert Patience(longest=120).wait(1, 121.0, 0.0) is None
    assert Patience(longest=120).wait(1, 120.0, 0.0) == 120


@given(st.integers(1, 60), st.floats(0, 0.999))
def test_a_wait_is_never_longer_than_the_longest(attempt: int, jitter: float) -> None:
    wait = Patience(tries=100).wait(attempt, None, jitter)
    assert wait is not None
    assert 0 < wait <= 120


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("9" * 400, 999_999_999_999.0),
        ("Tue, 14 Nov 2023 22:13:30 GMT", 10.0),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 0.0),
        ("bientôt", None),
        ("-3", None),
        ("٣", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOON) == seconds
