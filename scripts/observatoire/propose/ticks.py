"""The boxes that people ticked in a body: kept when the bot rewrites it."""

from __future__ import annotations

import re

BOX = re.compile(r"^- \[[ xX]\] (?P<text>.*)$", re.M)
TICKED = re.compile(r"^- \[[xX]\] (?P<text>.*)$", re.M)


def keep(old: str, new: str) -> str:
    """The new body with the ticks of the old one, on the lines that say the same thing."""
    ticked = {m["text"].strip() for m in TICKED.finditer(old)}

    def box(line: re.Match[str]) -> str:
        return f"- [x] {line['text']}" if line["text"].strip() in ticked else line[0]

    return BOX.sub(box, new) if ticked else new
