"""Pages of départements and regions: who publishes, who should, as many as the indicators say."""

from __future__ import annotations

import pytest
from small_register import edited
from small_site import content, read
from whole import Seen, linked, text

from observatoire.site.content import Content
from observatoire.site.pages import territoires
from observatoire.site.places.territory import SILENT


@pytest.fixture(scope="module")
def ille(version: Content) -> Seen:
    return read(version, "departements/35/index.html")


def test_those_who_publish_are_as_many_as_the_indicator_says(version: Content) -> None:
    made = territoires.territories(version)
    for kind, places in (
        ("departement", version.atlas.reference.departements),
        ("region", version.atlas.reference.regions),
    ):
        for code in places:
            figure = version.story.figures.at("I12", (kind, code))
            assert figure is not None
            assert len(made.open(kind, code)) == figure.part


def test_those_who_do_not_are_what_is_left_of_the_obliged(version: Content) -> None:
    made = territoires.territories(version)
    for place in version.atlas.reference.departements.values():
        found = made.departement(place)
        assert found.rate is not None
        assert len(found.silent) + found.left == found.rate.of - found.rate.part
    for place in version.atlas.reference.regions.values():
        found = made.region(place)
        assert found.rate is not None
        assert len(found.silent) + found.left == found.rate.of - found.rate.part


def test_the_silent_are_cut_beyond_what_a_page_can_hold(version: Content) -> None:
    made = territoires.territories(version)
    row = next(iter(version.table("liste_obliges_sans_publication.csv").records()))
    made.__dict__["_absences"] = {("departement", "35"): [row] * (SILENT["departement"] + 7)}
    found = made.departement(version.atlas.reference.departements["35"])

    assert (len(found.silent), found.left) == (SILENT["departement"], 7)


def test_a_departement_lists_who_publishes_and_who_should(ille: Seen) -> None:
    said = text(ille)

    assert "2 organismes publient" in said
    assert "Ille-et-VilaineDépartement1 098 325absent du registre" in said
    assert linked(ille, "Bretagne") == "../../regions/53/index.html"
    assert linked(ille, "Suivre ce qui change ici (flux Atom)") == "../../flux/35.xml"


def test_a_territory_says_what_it_still_owes_to_the_past_editions(ille: Seen) -> None:
    old = edited("publications", ",57,3,2022-11-20,moisson,", ",57,3,2022-11-20,reprise,")
    told = "1 publication sur 3 vient encore des éditions passées"

    assert "éditions passées" not in text(ille)
    for path in ("departements/35/index.html", "regions/53/index.html"):
        assert told in text(read(content(**old), path))


def test_a_region_has_its_departements(version: Content) -> None:
    page = read(version, "regions/53/index.html")

    assert linked(page, "Ille-et-Vilaine") == "../../departements/35/index.html"
