"""Hostile text in Markdown: parsed by a real parser, it must stay text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from observatoire.propose.markdown import flat, heading, link, row, table, text

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOME = "https://www.data.gouv.fr"
LIVE = re.compile(r"@\w|[#!~%&$^]\w|www\.|://|:\w+:|\bGH-\d", re.I)
"""What GitLab or GitHub turns into a mention, a reference, a link or an emoji in plain text."""

WORDS = (
    *("@all", "/merge", "``", "`", "|", "![x](javascript:alert(1))", "[a](http://b.c)", "<b>"),
    *("<!--", "-->", "&copy;", "\\", "**", "__", "~~", "www.evil.example", "#12", "!3", "$x^2$"),
    *(":smile:", "GH-7", "https://e.vil", "\n", "\r", "\t", "\u202e", "\u200b", "```sh", "---"),
    *("1.", "- [ ]", "+", ">", "#", "\u2028", "a@b.fr", "0123abc", "œuvre", "l'Haÿ-les-Roses"),
)
NASTY = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))


def leaves(markdown: str) -> list[Token]:
    out: list[Token] = []
    for token in MARKDOWN.parse(markdown):
        out.append(token)
        out.extend(token.children or [])
    return out


def inert(markdown: str) -> None:
    """Nothing but text and code, and no text that a forge would bring to life."""
    for token in leaves(markdown):
        assert token.type not in {"link_open", "image", "html_inline", "html_block", "fence"}, token
        assert token.type not in {"em_open", "strong_open", "s_open", "heading_open"}, token
        if token.type == "text":
            assert not LIVE.search(token.content), token.content


@settings(max_examples=150)
@given(NASTY)
@example("@all")
@example("/merge")
@example("a ` b")
@example("fin \\")
@example("![x](javascript:alert(1))")
@example("<!-- observatoire v1 sujet=x cle=y empreinte=z -->")
def test_a_text_from_outside_stays_text_in_a_paragraph(raw: str) -> None:
    shown = text(raw)
    inert(f"- organismes : {shown}, et la suite")
    assert "\n" not in shown
    assert not shown.startswith("/")


@settings(max_examples=150)
@given(NASTY, NASTY)
@example("|", "a|b")
@example("\\", "`|`")
def test_a_text_from_outside_does_not_break_a_table(one: str, other: str) -> None:
    markdown = "\n".join(table(("A", "B"), [(text(one), text(other)), ("fin", "fin")]))
    inert(markdown)
    tokens = MARKDOWN.parse(markdown)
    assert sum(t.type == "tr_open" for t in tokens) == 3
    assert sum(t.type == "td_open" for t in tokens) == 4
    assert [t.type for t in tokens].count("table_open") == 1


@settings(max_examples=100)
@given(st.text(max_size=300), st.integers(5, 80))
def test_a_line_is_bounded_visible_and_reads_from_left_to_right(raw: str, width: int) -> None:
    line = flat(raw, width)
    assert len(line) <= width
    assert line == line.strip()
    for char in line:
        assert unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        assert unicodedata.bidirectional(char) not in {"R", "AL", "AN", "RLO", "RLE", "RLI"}
    assert flat(line, width) == line


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Mairie de L'Haÿ-les-Roses", "Mairie de L'Haÿ-les-Roses"),
        ("Communauté de communes (CC) du Pays, n° 2", "Communauté de communes (CC) du Pays, n° 2"),
        ("  deux   blancs\n", "deux blancs"),
        ("Orléans & Métropole : le reste ; ou pas ?", "Orléans & Métropole : le reste ; ou pas ?"),
        ("a:b:c", "`a:b:c`"),
        ("&copy;", "`&copy;`"),
        ("&12", "`&12`"),
        ("fin :", "`fin :`"),
        ("@all", "`@all`"),
        ("a|b`c", "`a¦bˋc`"),
        ("www.evil.example", "`www.evil.example`"),
        ("JIRA-12", "`JIRA-12`"),
        ("deadbeef1", "`deadbeef1`"),
        ("213500010", "213500010"),
        ("1. liste", "`1. liste`"),
        ("\u202egnp.exe", "gnp.exe"),
        ("שלום", "`\ufffd\ufffd\ufffd\ufffd`"),
        ("e\u0301" + "\u0301" * 50, "`é\u0301\u0301`"),
        ("\u200b\u2060", "—"),
        ("", "—"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_usual_names_are_shown_as_they_are_and_the_rest_as_code(raw: str, shown: str) -> None:
    assert text(raw) == shown


def test_a_megabyte_costs_no_more_than_its_first_line() -> None:
    assert text("a" * 1_000_000) == "a" * 79 + "…"


@settings(max_examples=100)
@given(st.text(max_size=40), NASTY)
def test_only_a_page_of_the_portal_itself_is_linked(path: str, name: str) -> None:
    for url in (f"https://www.data.gouv.fr/{path}", f"https://data.gouv.fr/?q={path}", path):
        markdown = row([link(text(name), url, HOME), "fin"])
        found = [
            t for t in leaves(f"| a | b |\n| --- | --- |\n{markdown}") if t.type == "link_open"
        ]
        assert len(found) <= 1
        for token in found:
            href = str(token.attrs["href"])
            assert re.match(r"https://(www\.)?data\.gouv\.fr(/|\?)", href), href
            assert not re.search(r"[\s<>()\"'`|\\@!]", href), href


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://evil.example/organizations/x/",
        "https://www.data.gouv.fr@evil.example/",
        "https://www.data.gouv.fr:8443/",
        "https://www.data.gouv.fr.evil.example/",
        "//www.data.gouv.fr/",
        "https://[::1]/",
        "https://[/",
        "https://www.data.gouv.fr/" + "a" * 600,
        "",
    ],
)
def test_no_other_address_is_linked(url: str) -> None:
    assert link("la page", url, HOME) == "la page"


def test_a_portal_without_a_known_address_gets_no_link() -> None:
    assert link("la page", "https://www.data.gouv.fr/x", "") == "la page"


def test_a_link_is_encoded() -> None:
    shown = link("x", "https://data.gouv.fr/a b(c)_d|<e>?q=é&f=*#@z", HOME)
    assert shown == "[x](https://data.gouv.fr/a%20b%28c%29_d%7C%3Ce%3E?q=%C3%A9&f=%2A#%40z)"


def test_an_encoded_link_still_leads_to_the_same_page() -> None:
    page = "https://data.gouv.fr/explore/?refine.publisher=Le+Croisic#/table"
    assert link("x", page, HOME) == f"[x]({page})"


CALLS = re.compile(r"(?<!\w)@\w|#\d|!\d|~\w|://|(?<!\w)[%$&]\w")
"""What a forge obeys in a title, or in the message of the commit that is named after it."""


@settings(max_examples=100)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=8).map("".join))
@example("Closes #12, !3 et groupe/projet#4")
@example("@all @jean.martin ~bug %jalon")
@example("Fixes https://gitlab.com/a/b/-/issues/3")
def test_a_title_calls_nobody_and_closes_nothing(raw: str) -> None:
    shown = heading(raw)
    assert not CALLS.search(shown)
    assert "\n" not in shown
    assert heading(shown) == shown


def test_an_honest_title_stays_as_it_is() -> None:
    for title in (
        "Rennes Métropole : nombre de jeux 57 → 61",
        "data.gouv.fr : 12 entrées, 3 liens corrigés (10 %)",
        "Isère & Drôme : 2 corrections, C# compris",
    ):
        assert heading(title) == title
