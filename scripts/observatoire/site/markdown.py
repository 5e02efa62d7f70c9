"""A Markdown text of the project as a part of a page: nothing active, French typography."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from observatoire.site.render import prose

_NOT_WORD = re.compile(r"[^a-z0-9]+")

OPENINGS = {"table_open": "Tableau", "fence": "Exemple", "code_block": "Exemple"}
CLOSINGS = {"table_close", "fence", "code_block"}

Lead = Callable[[str], str]
"""Where a link of the text leads in the page; "" leaves its words without a link."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text as HTML, without its title; ``parts`` are its second headings, with their ids."""

    title: str
    parts: tuple[tuple[str, str], ...]
    html: Markup


def same(target: str) -> str:
    """A link that leads where it says."""
    return target


def document(text: str, lead: Lead = same) -> Document:
    """The whole text; raw HTML in it is shown, not obeyed."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title, tokens = _title(tokens)
    parts = tuple(_anchored(tokens))
    tokens = _wrapped(tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = list(_inline(token.children or [], lead))
    html = parser.renderer.render(_unstyled(tokens), parser.options, {})
    return Document(title, parts, Markup(html))  # noqa: S704 -- made by the parser, raw HTML off


def anchor(words: str) -> str:
    """The id of a heading: its words without accents, as forges make it."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return _NOT_WORD.sub("-", plain).strip("-") or "partie"


def _title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The first heading goes to the head of the page."""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return tokens[1].content, tokens[3:]
    return "", tokens


def _anchored(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Give each heading an id of its own; the second headings with theirs."""
    seen: set[str] = set()
    for opening, words in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        name = base = anchor(words.content)
        rank = 2
        while name in seen:
            name, rank = f"{base}-{rank}", rank + 1
        seen.add(name)
        opening.attrSet("id", name)
        if opening.tag == "h2":
            yield name, prose(words.content)


def _wrapped(tokens: list[Token]) -> list[Token]:
    """What is wide scrolls by itself, from the keyboard too; each such part has its own name."""
    out: list[Token] = []
    heading, seen = "", Counter[str]()
    for rank, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[rank + 1].content
        if token.type in OPENINGS:
            name = f"{OPENINGS[token.type]} : {heading}"
            seen[name] += 1
            out.append(_region(prose(name if seen[name] == 1 else f"{name} ({seen[name]})")))
        out.append(token)
        if token.type in CLOSINGS:
            out.append(Token("div_close", "div", -1, block=True))
    return out


def _region(name: str) -> Token:
    around = Token("div_open", "div", 1, block=True)
    around.attrs = {"class": "defile", "tabindex": "0", "role": "region", "aria-label": name}
    return around


def _inline(children: Sequence[Token], lead: Lead) -> Iterator[Token]:
    """Words with their typography; links where they lead in the page."""
    dropped = 0
    for token in children:
        if token.type == "text":
            token.content = prose(token.content)
        if token.type == "link_open":
            target = lead(str(token.attrGet("href") or ""))
            dropped += not target
            if not target:
                continue
            token.attrSet("href", target)
        if token.type == "link_close" and dropped:
            dropped -= 1
            continue
        yield token


def _unstyled(tokens: list[Token]) -> list[Token]:
    """No style, says the policy of the page; headings of columns, unless they are empty."""
    for rank, token in enumerate(tokens):
        token.attrs.pop("style", None)
        if token.type == "th_open" and tokens[rank + 1].content:
            token.attrSet("scope", "col")
        elif token.type == "th_open":
            token.tag = tokens[rank + 2].tag = "td"
    return tokens
