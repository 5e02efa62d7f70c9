"""Links of the page of an organisation: they open the right line, or a report filled in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from small_site import PROJECT, RENNES, content, organisation
from whole import Seen, linked

from observatoire.signalement.forms import forms
from observatoire.signalement.reading import read as read_form
from observatoire.site.content import Content
from observatoire.site.pages import organisations
from observatoire.site.places.links import HOLE, Forge, with_holes

TEMPLATE = (Path(__file__).parents[2] / ".gitlab/issue_templates/Signaler une erreur.md").read_text(
    encoding="utf-8"
)


def test_edit_links_lead_to_the_right_lines_of_main(version: Content) -> None:
    for table in ("organisations", "publications"):
        lines = version.files[f"data/{table}.csv"].decode().split("\n")
        found = 0
        for item in organisations.sheets(version).all():
            addresses = [item.edit] if table == "organisations" else [a.edit for a in item.accounts]
            for address in addresses:
                place = f"{PROJECT}/-/edit/main/data/{table}.csv#L"
                assert address.startswith(place)
                assert lines[int(address.removeprefix(place)) - 1].startswith(item.siren)
                found += 1
        assert found == len(lines) - 2


def test_each_publication_leads_to_who_wrote_its_line(version: Content) -> None:
    for item in organisations.sheets(version).all():
        for account in item.accounts:
            assert account.blame == account.edit.replace("/-/edit/", "/-/blame/")


def described(address: str) -> str:
    """The text of the issue that an address opens."""
    (body,) = parse_qs(urlsplit(address).query)["issue[description]"]
    return body


def test_an_error_is_reported_with_the_form_already_filled_in(rennes: Seen) -> None:
    address = linked(rennes, "Signaler une erreur")
    reading = read_form(described(address), (), forms())

    assert urlsplit(address).path == "/groupe/observatoire/-/issues/new"
    assert parse_qs(urlsplit(address).query)["issue[title]"] == ["Signaler une erreur : Rennes"]
    assert reading is not None
    assert reading.form.kind == "erreur"
    assert {name: said for name, said in reading.values.items() if said} == {
        "nom": "Rennes",
        "siren": RENNES,
        "territoire": "35",
    }


def test_the_template_around_the_answers_is_that_of_the_forge() -> None:
    assert with_holes().replace(f"\n{HOLE}\n", "") == TEMPLATE


def test_a_name_cannot_write_in_the_report() -> None:
    body = described(Forge(PROJECT).report("A\n/close\n@tous ![x](y)", "1", ""))

    assert "\n/close" not in body
    assert "`A /close @tous ![x](y)`" in body


def test_on_github_the_same_links_have_the_addresses_of_github() -> None:
    forge = Forge("https://github.com/groupe/observatoire")
    address = urlsplit(forge.report("Rennes", RENNES, "35"))

    edit = "https://github.com/groupe/observatoire/edit/main/data/publications.csv#L7"
    assert forge.edit("publications", 7) == edit
    assert address.path == "/groupe/observatoire/issues/new"
    assert parse_qs(address.query) == {
        "template": ["erreur.yml"],
        "title": ["Signaler une erreur : Rennes"],
        "nom": ["Rennes"],
        "siren": [RENNES],
        "territoire": ["35"],
    }


def test_without_a_repository_people_are_sent_to_the_page_contribuer() -> None:
    page = organisation(content(""), RENNES)

    assert linked(page, "Signaler une erreur") == "../../contribuer/index.html"
    assert "edit/main" not in page.source.decode()
