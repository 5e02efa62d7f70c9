"""The merge request that a commit of main comes from, read in the words that forges put there."""

from __future__ import annotations

import re

WORDS = (
    (re.compile(r"^See merge request \S*!(\d+)\s*$", re.M), "!"),
    (re.compile(r"\AMerge pull request #(\d+) "), "#"),
    (re.compile(r"\A[^\n]*\(#(\d+)\)$", re.M), "#"),
    (re.compile(r"\AFusion de la demande (\d+) : "), "n° "),
)
"""GitLab, GitHub (a merge, then a squash), the local forge."""


def request_of(message: str) -> str:
    """« !12 », « #12 » or « n° 12 »; "" when the message names none."""
    found = ((mark, pattern.search(message)) for pattern, mark in WORDS)
    return next((mark + match[1] for mark, match in found if match), "")
