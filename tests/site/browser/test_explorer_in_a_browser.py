"""The explorer as a visitor uses it: search, filter, share, reload, go back, keyboard, download."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from visit import EXPLORER, Visit, count, named, names, visit


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody on the explorer."""
    with visit(browser, address, viewport={"width": 1280, "height": 900}) as found:
        found.go(EXPLORER)
        found.settle()
        yield found
        assert found.wrong == []


def test_a_search_without_accents_finds_saint_etienne_and_is_shared_by_its_address(
    visitor: Visit, browser: Browser, address: str
) -> None:
    page = visitor.page
    page.fill("[name=q]", "saint etienne")
    expect(page).to_have_url(f"{address}/{EXPLORER}?q=saint+etienne")
    found = names(page)

    assert "SAINT-ETIENNE" in {name.upper().replace("É", "E") for name in found}
    assert len(found) > 1
    visitor.capture(named(EXPLORER, "saint-etienne"))
    page.reload()
    visitor.settle()
    assert names(page) == found
    with visit(browser, address) as other:
        other.page.goto(page.url)
        other.settle()
        assert names(other.page) == found
        assert other.page.input_value("[name=q]") == "saint etienne"


def test_a_line_leads_to_its_departement_even_where_its_body_has_no_page(visitor: Visit) -> None:
    page = visitor.page
    page.fill("[name=q]", "abbeville")
    expect(page.locator("[data-lignes] tr")).to_have_count(1)

    assert page.locator("[data-lignes] th a").count() == 0
    page.click("[data-lignes] td a")
    assert page.locator("h1").inner_text() == "Somme"


def test_filters_narrow_each_other_and_back_undoes_them_one_by_one(visitor: Visit) -> None:
    page = visitor.page
    everybody = count(page)
    page.select_option("[name=region]", "53")
    region = count(page)
    page.select_option("[name=departement]", "35")
    page.select_option("[name=publie]", "oui")

    assert "region=53&departement=35&publie=oui" in page.url
    assert page.locator("[name=departement] option").count() < 10
    assert set(page.locator("[data-lignes] td:nth-child(3)").all_inner_texts()) == {
        "Ille-et-Vilaine (35)"
    }
    page.go_back()
    page.go_back()
    assert count(page) == region
    assert page.input_value("[name=publie]") == ""
    page.go_back()
    assert count(page) == everybody
    page.go_forward()
    assert count(page) == region


def test_another_region_forgets_a_departement_that_is_not_there(visitor: Visit) -> None:
    page = visitor.page
    page.select_option("[name=departement]", "35")
    page.select_option("[name=region]", "11")

    assert page.input_value("[name=departement]") == ""
    assert "departement" not in page.url


def test_every_filter_of_every_list_answers(visitor: Visit) -> None:
    page = visitor.page
    for name in ("type", "techno", "theme", "publie", "obligee"):
        option = page.locator(f"[name={name}] option").nth(1).get_attribute("value")
        page.select_option(f"[name={name}]", option)
        assert " sur " in count(page)
        page.select_option(f"[name={name}]", "")


def test_the_number_of_results_is_announced_once_the_visitor_pauses(visitor: Visit) -> None:
    page = visitor.page
    page.locator("[name=q]").press_sequentially("rennes")

    expect(page.locator("[role=status]")).to_have_text(page.locator("[data-nombre]").inner_text())
    page.fill("[name=q]", "zzzzz")
    expect(page.locator("[role=status]")).to_have_text(
        "Aucun organisme ne répond à cette recherche."
        " Essayez un nom plus court, ou enlevez des filtres."
        " Une commune de moins de 3\u202f500 habitants n’est ici que si l’Observatoire lui connaît"
        " une publication."
    )
    assert page.locator("[data-csv]").first.is_disabled()


def test_a_title_sorts_then_turns_the_order_round(visitor: Visit) -> None:
    page = visitor.page
    head = page.locator("[data-tri=population]")
    head.get_by_role("button").click()

    assert head.get_attribute("aria-sort") == "descending"
    first = names(page)[0]
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.locator("[aria-sort]").count() == 1
    assert names(page)[0] != first
    assert "tri=population&sens=asc" in page.url


def test_pages_follow_each_other_and_can_be_shared(visitor: Visit) -> None:
    page = visitor.page
    first = names(page)
    page.get_by_role("link", name="Suivante").click()

    assert names(page) != first
    assert page.url.endswith("?page=2")
    assert page.evaluate("document.activeElement.id") == "resultats"
    assert page.get_by_role("link", name="Première").get_attribute("href") == f"/{EXPLORER}"
    page.reload()
    visitor.settle()
    assert "Page 2 sur " in page.locator("[data-pages]").inner_text()


def test_the_file_holds_what_is_filtered(visitor: Visit) -> None:
    page = visitor.page
    page.select_option("[name=type]", "REG")
    shown = names(page)
    with page.expect_download() as download:
        page.locator("[data-csv=tableur]").click()
    raw = download.value.path().read_bytes()

    assert download.value.suggested_filename.startswith("organismes-v")
    assert raw.startswith(b"\xef\xbb\xbfsiren;nom;")
    rows = raw.decode("utf-8-sig").splitlines()[1:]
    assert [row.split(";")[1] for row in rows] == shown


def test_the_keyboard_alone_searches_filters_and_turns_pages(visitor: Visit) -> None:
    page = visitor.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "evitement"
    page.keyboard.press("Enter")
    until(page, "e => e.name === 'q'")
    page.keyboard.type("a")
    until(page, "e => e.name === 'type'")
    page.keyboard.press("ArrowDown")
    assert "type=" in page.url
    until(page, "e => e.type === 'reset'")
    page.keyboard.press("Enter")
    assert count(page).endswith("organismes.")
    until(page, "e => e.closest('[data-tri=datagouv]')")
    page.keyboard.press("Enter")
    assert "tri=datagouv" in page.url
    until(page, "e => e.textContent === 'Suivante'", most=160)
    page.keyboard.press("Enter")
    assert "page=2" in page.url


def until(page: Page, reached: str, most: int = 30) -> None:
    """Press Tab until the focus is there; the focus must always be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"Boolean(({reached})(document.activeElement))"):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none"
            return
    raise AssertionError(f"jamais atteint au clavier : {reached}")


def test_the_search_of_the_home_page_leads_to_the_answer(browser: Browser, address: str) -> None:
    with visit(browser, address) as somebody:
        somebody.go("index.html")
        somebody.page.fill("[name=q]", "st etienne")
        somebody.page.keyboard.press("Enter")
        somebody.page.wait_for_url("**/explorer/index.html?q=st+etienne")
        somebody.settle()

        assert " sur " in count(somebody.page)
        assert somebody.wrong == []
