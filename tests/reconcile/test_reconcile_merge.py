"""The three-way merge of one cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.reconcile.links import handle, same_link
from observatoire.reconcile.merge import FIELDS, merge

BOT = ("a", "moisson")
OLD = ("a", "reprise")
HAND = ("a", "manuel")
CELLS = st.sampled_from(["", "1", "2", "3"])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "line", "outcome"),
    [
        ("1", "1", "2", BOT, "edit"),
        ("1", "2", "1", BOT, "keep"),
        ("1", "2", "2", BOT, "keep"),
        ("1", "2", "3", BOT, "conflict"),
        ("1", "1", "", BOT, "keep"),
        ("", "", "2", BOT, "edit"),
        ("", "1", "2", OLD, "conflict"),
        ("1", "", "2", BOT, "conflict"),
        (None, "1", "2", OLD, "edit"),
        (None, "1", "2", HAND, "conflict"),
        (None, "1", "2", BOT, "conflict"),
        (None, "", "2", HAND, "edit"),
        (None, "1", "1", HAND, "keep"),
    ],
)
def test_a_cell_moves_only_when_nobody_else_moved_it(base, ours, theirs, line, outcome):
    assert merge("nb_jeux", base, ours, theirs, line) == outcome


@given(CELLS, CELLS, CELLS)
def test_a_conflict_needs_three_different_values(base, ours, theirs):
    if merge("nb_jeux", base, ours, theirs, BOT) == "conflict":
        assert len({base, ours, theirs}) == 3


@given(CELLS, CELLS, CELLS)
def test_a_cell_that_a_person_moved_is_never_edited(base, ours, theirs):
    if base not in ("", ours):
        assert merge("nb_jeux", base, ours, theirs, BOT) != "edit"


@given(st.none() | CELLS, CELLS, st.sampled_from([BOT, OLD, HAND]))
def test_a_silent_source_changes_nothing(base, ours, line):
    assert merge("nb_jeux", base, ours, "", line) == "keep"


def test_a_person_who_empties_a_cell_is_asked_before_it_is_filled_again():
    assert merge("url", "https://a.fr/1", "", "https://a.fr/2", BOT) == "conflict"
    assert merge("url", "https://a.fr/1", "", "https://a.fr/1", BOT) == "keep"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            "https://www.data.gouv.fr/fr/organizations/x/",
            "https://www.data.gouv.fr/organizations/x/",
        ),
        ("https://data.gouv.fr/organizations/x", "https://www.data.gouv.fr/organizations/x/"),
        (
            "https://www.data.gouv.fr/fr/organizations/a/#organization-datasets",
            "https://www.data.gouv.fr/organizations/mairie/",
        ),
    ],
)
def test_two_links_to_the_same_account_are_no_change(ours, theirs):
    assert same_link(ours, theirs, "a")
    assert merge("url", None, ours, theirs, OLD) == "keep"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("http://data.x.fr/organizations/x/", "https://data.x.fr/organizations/x/"),
        ("https://data.y.fr/organizations/a/", "https://data.x.fr/organizations/x/"),
        ("https://data.x.fr/?refine.publisher=X", "https://data.x.fr/?refine.publisher=Y"),
        ("https://data.x.fr/fr-region/x", "https://data.x.fr/x"),
        ("pas une adresse", "https://data.x.fr/x"),
        ("https://[brisee", "https://data.x.fr/x"),
    ],
)
def test_a_link_that_leads_elsewhere_is_a_change(ours, theirs):
    assert not same_link(ours, theirs, "a")
    assert merge("url", ours, ours, theirs, BOT) == "edit"


@pytest.mark.parametrize("base", [None, "", "https://data.x.fr/ancien"])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("https://data.x.fr/recherche?organisme=Bron", "https://data.x.fr"),
        ("http://data.x.fr/geonetwork/srv/fre/catalog.search", "https://data.x.fr/geonetwork/"),
        (
            "https://www.data.gouv.fr/fr/organizations/a/datasets",
            "https://data.gouv.fr/organizations/a",
        ),
    ],
)
def test_a_page_of_a_portal_is_not_exchanged_for_the_portal_itself(base, ours, theirs):
    assert merge("url", base, ours, theirs, OLD) == "keep"


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (
            "https://www.data.gouv.fr/fr/organizations/mairie-d-x/#organization-datasets",
            "mairie-d-x",
        ),
        (
            "https://data.x.fr/explore/?sort=modified&refine.publisher=Commune+d%27Acigné",
            "Commune d'Acigné",
        ),
        ("https://ckan.x.fr/organization/agglo", "agglo"),
        ("https://www.data.gouv.fr/fr/datasets/base-adresse-locale/", ""),
        ("", ""),
        ("https://[brisee", ""),
    ],
)
def test_a_link_names_its_account(url, named):
    assert handle(url) == named


def test_every_merged_field_is_a_column_of_both_tables(root):
    from observatoire.files import Folder
    from observatoire.register import Register

    register = Register(Folder(root))
    assert set(FIELDS) <= set(register.schema("publications").columns)
    assert set(FIELDS.values()) <= set(register.schema("moissons/x").columns)
