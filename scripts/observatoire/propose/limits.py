"""How much at once: what a person can read in a minute, and what must wait."""

from __future__ import annotations

from typing import NamedTuple

MAX_OPEN = 20
"""Open requests of the bot. There is one per source, and a dozen technologies of portals: past
twenty, something else is going on (openstates had 114 open ones, a hundred of them failing)."""

MAX_NEW = 20
"""Requests opened in one run: all the sources of a first run, and no more."""

MAX_LINES = 2000
"""Lines of the register that a request changes: a body shows as many, so that each can be read."""

MAX_QUESTIONS = 50
"""Boxes that a request has at once, ten seconds each; twice as many lines with the answers."""

COUNT_DAYS = 7
"""Days between two requests that only bring numbers up to date: a week, as the journal's date.
Where such updates come every day, people stop reading them (forges.md, 1.1, schedule noise)."""


class Limits(NamedTuple):
    """The limits of one run."""

    opened: int = MAX_OPEN
    new: int = MAX_NEW
    lines: int = MAX_LINES
    count_days: int = COUNT_DAYS
    questions: int = MAX_QUESTIONS
