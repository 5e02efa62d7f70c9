"""The doors for contributors: forms, tables, guide, on the forge that the version names."""

from __future__ import annotations

import pytest
from small_site import PROJECT, content

from observatoire.publish.datami import contribution
from observatoire.site.build import build
from observatoire.site.content import Content
from observatoire.site.forge import Pages
from observatoire.site.pages.contribuer import lead
from observatoire.site.policy import HOME

GUIDE = """\
# Contribuer au registre

Voir [les contrôles](docs/controles.md#siren-cle), [le code](scripts/README.md), [plus bas](#été).

## Été
"""


@pytest.fixture(scope="module")
def version() -> Content:
    made = content()
    made.files[".gitlab/issue_templates/Signaler une erreur.md"] = b"x"
    made.files[".gitlab/issue_templates/Signaler un portail.md"] = b"x"
    made.files["CONTRIBUTING.md"] = GUIDE.encode()
    return made


@pytest.fixture(scope="module")
def made(version: Content) -> dict[str, bytes]:
    return dict(build(version))


def test_each_form_opens_a_prefilled_issue_the_error_first(made: dict[str, bytes]) -> None:
    page = made["contribuer/index.html"].decode()
    error = f"{PROJECT}/-/issues/new?issuable_template=Signaler%20une%20erreur"

    assert error in page
    assert page.index("Signaler%20une%20erreur") < page.index("Signaler%20un%20portail")


def test_each_table_that_people_edit_leads_to_its_editor_and_its_fields(
    made: dict[str, bytes],
) -> None:
    page = made["contribuer/index.html"].decode()

    for name in contribution.TABLES:
        assert f"{PROJECT}/-/edit/main/data/{name}.csv" in page
        assert f'href="../donnees/schemas/{name}/index.html"' in page


def test_the_doors_load_nothing_and_datami_waits_on_its_own_page(made: dict[str, bytes]) -> None:
    assert HOME.replace("'", "&#39;").encode() in made["contribuer/index.html"]
    assert b"datami-multi-files" not in made["contribuer/index.html"]
    assert b"datami-multi-files" in made["contribuer/tables/index.html"]


def test_the_guide_is_the_contributing_file_with_links_of_the_site(made: dict[str, bytes]) -> None:
    page = made["contribuer/guide/index.html"].decode()

    assert "<h1>Contribuer au registre</h1>" in page
    assert 'href="../../methodologie/controles/index.html#siren-cle"' in page
    assert f'href="{PROJECT}/-/blob/main/scripts/README.md"' in page
    assert 'href="#ete"' in page
    assert 'id="ete"' in page
    assert 'href="guide/index.html"' in made["contribuer/index.html"].decode()


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://exemple.fr/a", "https://exemple.fr/a"),
        ("docs/methodologie.md", "../../methodologie/index.html"),
        ("docs/schemas.md", "../../donnees/index.html#tables"),
        ("docs/schemas.md#plateformes", "../../donnees/schemas/plateformes/index.html"),
        ("LICENSE", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_without_a_repository_what_only_a_forge_shows_has_no_link(
    target: str, expected: str
) -> None:
    assert lead(target, Pages("")) == expected


def test_without_a_repository_the_doors_say_what_is_missing() -> None:
    page = dict(build(content("")))["contribuer/index.html"].decode()

    assert "les formulaires manquent ici" in page
    assert "/edit/main/" not in page
    assert 'href="tables/index.html"' not in page
