"""The method on the site: the text of the documentation, inert, with links that lead somewhere."""

from __future__ import annotations

import pytest
from small_site import content

from observatoire.site import markdown
from observatoire.site.build import build
from observatoire.validate import engine


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(build(content()))


def test_the_page_of_the_method_has_the_figures_of_the_version(made: dict[str, bytes]) -> None:
    page = made["methodologie/index.html"].decode()

    assert "<h1>La méthode de l’Observatoire</h1>" in page
    assert "Une ligne vide, en trop." in page
    assert 'href="../indicateurs/I3/index.html"' in page
    assert 'href="#contester-un-chiffre"' in page
    assert 'id="contester-un-chiffre"' in page


def test_every_check_has_its_place_on_the_site(made: dict[str, bytes]) -> None:
    page = made["methodologie/controles/index.html"].decode()

    for check in engine.discover():
        assert f'id="{check.CODE}"' in page
        assert f'href="#{check.CODE}"' in page


def test_raw_html_and_scripts_of_a_text_are_shown_and_not_obeyed() -> None:
    made = markdown.document(
        "# T\n\n<script>alert(1)</script> [a](javascript:alert(1)) <b onclick=x>\n"
    )

    assert "<script" not in made.html
    assert "<b" not in made.html
    assert "href" not in made.html


def test_headings_have_ids_of_their_own_and_the_first_is_the_title() -> None:
    made = markdown.document("# Été\n\n## L'été\n\n## L'été\n\n### Ça\n")

    assert made.title == "Été"
    assert [name for name, _ in made.parts] == ["l-ete", "l-ete-2"]
    assert '<h3 id="ca">' in made.html


def test_typography_reaches_words_and_not_code() -> None:
    made = markdown.document("L'eau : 3 500 m et `l'eau : 3 500`\n")

    assert "L’eau\u00a0: 3\u202f500 m" in made.html
    assert "<code>l'eau : 3 500</code>" in made.html


def test_a_table_scrolls_by_itself_and_says_what_it_is() -> None:
    made = markdown.document("## Les types\n\n| a | |\n| :-- | --- |\n| 1 | 2 |\n")

    assert (
        '<div class="defile" tabindex="0" role="region" aria-label="Tableau\u00a0: Les types">'
        in (made.html)
    )
    assert "style" not in made.html
    assert '<th scope="col">a</th>\n<td></td>' in made.html


def test_a_link_without_a_place_on_the_site_keeps_its_words() -> None:
    leads = {"a.md": "../a/index.html"}
    made = markdown.document("[A](a.md) et [B *b*](b.md)", lambda to: leads.get(to, ""))

    assert '<a href="../a/index.html">A</a> et B <em>b</em>' in made.html


def test_wide_parts_scroll_from_the_keyboard_each_with_its_own_name() -> None:
    made = markdown.document("## A\n\n|a|\n|-|\n\n|b|\n|-|\n\n```sh\nmake\n```\n")

    for name in ("Tableau\u00a0: A", "Tableau\u00a0: A (2)", "Exemple\u00a0: A"):
        assert f'tabindex="0" role="region" aria-label="{name}"' in made.html
