"""Text from outside inside Markdown: it stays text, on GitLab, on GitHub and in plain CommonMark.

A backslash is not enough: both forges look for mentions (@), references (#1, !1, ~label, GH-1) and
addresses in the text that is left once Markdown is read. So a text is either made only of
characters that mean nothing anywhere, or shown as a code span, in which nobody reads anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

WIDTH = 80
URL_WIDTH = 500
PLAIN = re.compile(r"[0-9A-Za-z\u00c0-\u017f \-'’.,;:?&()/+«»°–—…\u202f]*")
"""Latin letters, digits, and punctuation that neither Markdown nor a forge reads inside a line."""
LIVE = re.compile(
    r"www\.|ftp\.|\b[a-z][a-z0-9]*-[0-9]|\b[0-9a-f]{7,40}\b(?<![0-9]{9})|[:&](?! )"
    r"|^[-+.,;:?(/]|^[0-9]+[.)]",
    re.I,
)
"""Plain characters that a forge reads all the same: addresses, tickets, commits, list marks."""
HIDDEN = {"Cf", "Cs", "Co", "Cn"}
BLANK = {"Cc", "Zl", "Zp", "Zs"}
RIGHT_TO_LEFT = {"R", "AL", "AN"}
MARKS_IN_A_ROW = 2
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")


def text(raw: str, width: int = WIDTH) -> str:
    """A text from outside, inert on one line; « — » when nothing is left of it."""
    shown = flat(raw, width)
    if not shown:
        return "—"
    if PLAIN.fullmatch(shown) and not LIVE.search(shown):
        return shown
    return f"`{shown.replace('`', 'ˋ').replace('|', '¦')}`"


def flat(raw: str, width: int = WIDTH) -> str:
    """One line of at most ``width`` visible characters that read from left to right."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", raw[: width * 8]):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in HIDDEN or marks > MARKS_IN_A_ROW:
            continue
        if category in BLANK and char != "\u202f":
            kept.append(" ")
        else:
            kept.append("\ufffd" if unicodedata.bidirectional(char) in RIGHT_TO_LEFT else char)
    line = unicodedata.normalize("NFC", re.sub(" +", " ", "".join(kept))).strip()
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def link(label: str, url: str, home: str) -> str:
    """``label`` (already inert), linked to ``url`` if that is a page of the site ``home``."""
    parts = _split(url)
    if parts is None or not home or parts[0] != (_split(home) or ("",))[0]:
        return label
    return f"[{label}]({_encoded(url)})"


def _split(url: str) -> tuple[str] | None:
    """The host of a web address, without "www."; None for anything unusual."""
    if len(url) > URL_WIDTH or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    usual = parts.scheme in {"http", "https"} and "@" not in parts.netloc and port is None
    return (host.removeprefix("www."),) if usual and HOST.fullmatch(host) else None


def _encoded(url: str) -> str:
    """The address with everything that Markdown could read percent-encoded.

    « + » is a space in a query and « # » begins a fragment: encoded, they would lead elsewhere.
    """
    return quote(url, safe="/:?=&%.-+#")


SIGIL = re.compile(r"(?<!\w)[@#!~%&$](?=[\w\"])|(?<=\w)[#!](?=\d)|(?<=\w)~(?=\w)")


def heading(raw: str) -> str:
    """A title in which a forge sees nobody to call and nothing to close: « @jean » is « @ jean ».

    GitLab reads mentions in titles, and a squashed commit is named after its request: a title may
    close an issue.
    """
    line = " ".join(raw.split()).replace("://", ": //")
    return SIGIL.sub(lambda found: f"{found[0]} ", line)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table; the cells are already inert."""
    return [row(headers), "|" + " --- |" * len(headers), *map(row, rows)]


def row(cells: Sequence[str]) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |"


def details(summary: str, lines: Sequence[str]) -> list[str]:
    """Lines folded under a summary that the reader opens."""
    return ["<details>", f"<summary>{summary}</summary>", "", *lines, "", "</details>"]
