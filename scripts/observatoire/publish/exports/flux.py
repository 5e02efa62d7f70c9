"""One Atom feed per département (RFC 4287): each version adds what moved there, newest first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from observatoire import french
from observatoire.propose.markdown import flat
from observatoire.publish.draft import FOLDER, Draft
from observatoire.publish.moves import Move

PLACE = "flux"
KIND = "application/atom+xml"
ENTRIES = 20
MOVES = 100
NAME = "tag:opendatafrance.fr,2026:observatoire"
"""Names that stay wherever the feeds are served (RFC 4151)."""

_ENTRY = re.compile(r"<entry>.*?</entry>\n", re.DOTALL)
_LINK = re.compile(r"<link [^>]*/>\n")
_UPDATED = re.compile(r"<updated>([^<]*)</updated>")


def export(draft: Draft) -> Mapping[str, bytes]:
    """The feed of every département of the reference."""
    moved: dict[str, list[Move]] = defaultdict(list)
    for move in draft.news.moved:
        moved[move.departement].append(move)
    return {
        f"{PLACE}/{code}.xml": _feed(draft, code, place.nom, moved[code])
        for code, place in sorted(draft.reference.departements.items())
    }


def served(feed: bytes, address: str, page: str) -> bytes:
    """A feed where it is served: its own address, as RFC 4287 (4.1.1) asks, and the page that it
    goes with; without an address, the feed as it was published."""
    if not address:
        return feed
    head, mark, entries = feed.decode().partition("<entry>")
    links = f'<link rel="self" type="{KIND}" href={quoteattr(address)}/>\n'
    links += f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>\n'
    head = _LINK.sub("", head).replace("</author>\n", f"</author>\n{links}", 1)
    return f"{head}{mark}{entries}".encode()


def _feed(draft: Draft, code: str, name: str, moved: Sequence[Move]) -> bytes:
    """A feed in which nothing moved keeps its day, and so stays the same to the byte."""
    before = (draft.news.past.read(f"{FOLDER}/{PLACE}/{code}.xml") or b"").decode()
    dated = None if moved else _UPDATED.search(before)
    updated = dated[1] if dated else f"{draft.date}T00:00:00Z"
    entries = ([_entry(draft, code, moved)] if moved else []) + _ENTRY.findall(before)
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        f"<id>{NAME}/{PLACE}/{code}</id>",
        f"<title>Open data, {escape(flat(name))} ({code}) : ce qui change</title>",
        f"<updated>{updated}</updated>",
        "<author><name>Observatoire open data des territoires</name></author>",
        *([f"<link href={quoteattr(draft.project)}/>"] if draft.project else []),
        "",
    ]
    return ("\n".join(head) + "".join(entries[:ENTRIES]) + "</feed>\n").encode()


def _entry(draft: Draft, code: str, moved: Sequence[Move]) -> str:
    count = len({m.siren for m in moved})
    lines = [f"<li>{escape(flat(m.nom))} : {escape(flat(m.sentence, 200))}</li>" for m in moved]
    if len(lines) > MOVES:
        lines = [*lines[:MOVES], f"<li>… et {len(lines) - MOVES} de plus.</li>"]
    return "\n".join(
        [
            "<entry>",
            f"<id>{NAME}/{PLACE}/{code}/{draft.tag}</id>",
            f"<title>Version {draft.tag} : {french.counted(count, 'organisme')}</title>",
            f"<updated>{draft.date}T00:00:00Z</updated>",
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><ul>',
            *lines,
            "</ul></div></content>",
            "</entry>",
            "",
        ]
    )
