"""Whether what a portal says of a licence names an open one: ids, titles, addresses, HTML.

Open is what the Open Definition accepts (https://opendefinition.org/licenses/); neither
« pas d'utilisation commerciale » nor « pas de modification » is.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from observatoire.letters import plain
from observatoire.sources.kit import licences
from observatoire.sources.kit.text import MEMORY

LONGEST = 4_000
"""Characters; further, a text is no longer about which licence."""

TAG = re.compile(r"<[^<>]*>")

CLOSED = re.compile(
    r"\b(?:by|cc|by sa) n[cd]\b|\bnc (?:nd|sa)\b|\bnon ?commercial|\bno ?deriv"
    r"|\bpas d utilisation commerciale|\bpas de modification|\btous droits reserves"
    r"|\ball rights reserved"
)
OPEN = re.compile(
    r"\blicen[cs]es? ouvertes?\b|\bopen licen[cs]e\b|\blicen[cs]e etalab\b|\betalab [12]\b"
    r"|\blov2\b|\bodbl\b|\bopen database licen[cs]e\b|\bopen data commons\b"
    r"|\bodc (?:by|odbl|pddl)\b|\bopendatacommons org licenses (?:by|odbl|pddl)\b"
    r"|\bcreativecommons org (?:licenses by(?: sa)? \d|publicdomain\b)"
    r"|\bcc by(?: sa)?(?= \d|\Z)|\bcc ?0\b|\bcc zero\b|\bpddl\b"
    r"|\bcreative commons (?:attribution(?: (?:4|3) 0)?\Z|zero\b)"
    r"|\bopendefinition org licenses (?:cc by|cc zero|odc|fal|gfdl|ogl)\b"
    r"|\bopen government licen[cs]e\b|\bpublic domain dedication\b"
)


def is_open(*hints: str) -> bool:
    """Whether one of the texts about a licence names an open one, and none restricts it."""
    return _is_open(tuple(hint[:LONGEST] for hint in hints))


@lru_cache(MEMORY)
def _is_open(hints: tuple[str, ...]) -> bool:
    said = [(hint, _words(hint)) for hint in hints if hint.strip()]
    if any(CLOSED.search(words) for _, words in said):
        return False
    return any(licences.identify(hint) or OPEN.search(words) for hint, words in said)


def _words(text: str) -> str:
    """The words of a text or HTML page, without accents, case or punctuation."""
    text = html.unescape(TAG.sub(" ", text))
    return re.sub(r"[\W_]+", " ", plain(text)).strip()
