"""Many pages of places: lists are cut, neighbours are chosen, a change rewrites few of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from small_register import TABLES
from small_site import METROPOLE, RENNES, content, organisation, read
from whole import Seen, text

from observatoire.site import output
from observatoire.site.build import Planned, build, plan
from observatoire.site.content import Content
from observatoire.site.pages import organisations, territoires
from observatoire.site.render import page as rendered


def test_neighbours_are_those_who_publish_nearby(version: Content) -> None:
    page = organisation(version, RENNES)
    hrefs = [e.attrib["href"] for e in page.all("a")]

    assert f"../../organisations/{METROPOLE}/index.html" in hrefs
    assert "Dans la même intercommunalité, Rennes Métropole" in text(page)
    assert "Communes membres qui publient" in text(organisation(version, METROPOLE))


def communes(count: int, departement: str = "35") -> dict[str, str]:
    """That many more communes of an EPCI, all open, the first the most populated."""
    bodies = {f"21{departement}{9000 + n}9"[:9]: n for n in range(count)}
    assert len(bodies) == count
    reference = [
        f"{departement}{n:03},{siren},Commune {n:04},{departement},{METROPOLE},,{9000 - n},53"
        for siren, n in bodies.items()
    ]
    rows = [f"{siren},Commune {n:04},COM,{departement},,,,,,,actif" for siren, n in bodies.items()]
    accounts = [
        f"{siren},data-gouv-fr,{siren},,{n + 1},,,manuel,publie" for siren, n in bodies.items()
    ]
    return {
        "organisations": merged("organisations", rows),
        "publications": merged("publications", accounts),
        "reference__2022__communes": merged("reference/2022/communes", reference),
    }


def merged(table: str, rows: Iterable[str]) -> str:
    head, *lines = TABLES[table].rstrip("\n").split("\n")
    return "\n".join([head, *sorted([*lines, *rows]), ""])


@pytest.fixture(scope="module")
def many() -> Content:
    return content(**communes(850))


def test_the_closest_in_size_are_chosen_and_the_rest_is_counted(many: Content) -> None:
    (one,) = [s for s in organisations.sheets(many).all() if s.nom == "Commune 0450"]
    (same,) = one.neighbours

    assert (same.links[0].label, same.links[1].label) == ("Rennes Métropole", "Rennes")
    assert len(same.links) + same.left == 851


def test_the_closest_in_size_are_chosen_outside_the_intercommunalite() -> None:
    apart = communes(30)
    apart["reference__2022__communes"] = apart["reference__2022__communes"].replace(
        f",{METROPOLE},,8", ",200069193,,8"
    )
    (one,) = [s for s in organisations.sheets(content(**apart)).all() if s.nom == "Rennes"]
    alike = one.neighbours[-1]

    assert [link.label for link in alike.links] == [f"Commune {n:04}" for n in range(1, 9)]


def test_a_departement_of_850_publishers_is_cut_in_light_pages(many: Content) -> None:
    made = {p.path: p.make() for p in plan(many) if p.path.startswith("departements/35/")}
    pages = [Seen(path, made[path]) for path in sorted(made)]
    listed = [e.attrib["href"] for page in pages for e in page.all("a")]
    listed = [href for href in listed if "/organisations/" in href]

    assert sorted(made) == [f"departements/35/{n}index.html" for n in ("", "suite-2/", "suite-3/")]
    assert max(map(len, made.values())) < 120_000
    assert len({*listed}) == 852


def test_a_region_lists_the_greatest_and_says_how_many_are_left(many: Content) -> None:
    page = read(many, "regions/53/index.html")

    assert len(page.source) < 120_000
    assert "852 organismes publient" in text(page)
    assert f"{852 - territoires.OF_REGION} autres" in text(page)


def places(planned: Iterable[Planned]) -> Iterator[Planned]:
    return (
        p for p in planned if p.path.startswith(("organisations/", "departements/", "regions/"))
    )


def test_ten_lines_that_change_rewrite_the_pages_that_show_them_and_no_other(
    many: Content, tmp_path: Path
) -> None:
    output.write(tmp_path, places(plan(many)))
    tables = communes(850)
    for n in range(100, 110):
        tables["publications"] = tables["publications"].replace(f",,{n + 1},,,", f",,{n + 2001},,,")
    after = content(**tables)
    done = output.write(tmp_path, places(plan(after)))

    written = [p for p in done.written if p.startswith("organisations/")]
    assert len(written) == 10
    assert done.rendered < 20
    changed = {p.path: p.make() for p in places(plan(after)) if p.path in {*done.written}}
    assert {p: (tmp_path / p).read_bytes() for p in changed} == changed


def test_a_new_version_rewrites_no_page_of_organisation(version: Content) -> None:
    later = replace(version, tag="v1.0.1", date="2026-12-24")

    def digests(of: Content) -> Mapping[str, str]:
        return {p.path: p.digest for p in plan(of) if p.path.startswith("organisations/")}

    assert digests(later) == digests(version)
    assert all(digests(version).values())


def test_a_closed_page_cannot_read_more_than_its_values(version: Content) -> None:
    """What its digest does not cover, it is not given."""
    for item in organisations.pages(version):
        assert item.closed
        assert b"Observatoire" in rendered(item, version.frame)


def test_every_page_of_a_version_is_light() -> None:
    heavy = {path: len(page) for path, page in build(content()) if path.endswith(".html")}

    assert max(heavy.values()) < 100_000


def test_links_of_neighbours_always_lead_to_pages(many: Content) -> None:
    paths = {p.path for p in organisations.pages(many)}
    sheets = list(organisations.sheets(many).all())

    assert {link.path for s in sheets for g in s.neighbours for link in g.links} <= paths
    assert all(re.fullmatch(r"organisations/[0-9]{9}/index\.html", path) for path in paths)
