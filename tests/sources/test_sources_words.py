"""Licences, formats, schemas and dates under the names that portals give them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.sources.kit import file_formats, licences
from observatoire.sources.kit.dates import any_day, day_of_epoch
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "said",
    [
        *licences.OPEN,
        *(title for titles in licences.OPEN.values() for title in titles),
        "Licence Ouverte / Open Licence v1.0",
        "Licence ouverte (Etalab)",
        "licence_ouverte_1.0",
        "Open Licence 1.0",
        "etalab-1.0",
        "ODbL",
        "ODbL-1.0",
        "Open Database License (ODbL)",
        "ODC-BY-1.0",
        "CC BY",
        "CC BY 4.0",
        "CC-BY-4.0",
        "CC BY-SA 3.0",
        "CC0",
        "CC0-1.0",
        "CC Zero",
        "Creative Commons Attribution 4.0",
        "PDDL-1.0",
        "Open Government Licence v3.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf",
        "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf",
        "https://github.com/etalab/Licence-Ouverte/blob/master/LO.md",
        "http://www.etalab.gouv.fr/pages/Licence_ouverte_Open_licence-5899923.html",
        "http://opendatacommons.org/licenses/odbl/",
        "http://www.opendefinition.org/licenses/odc-odbl",
        "http://www.opendefinition.org/licenses/cc-by",
        "https://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        '<DIV STYLE="text-align:Left;"><P><SPAN>Soumis à la licence Etalab</SPAN></P></DIV>',
        "<p>Donn&eacute;es sous <b>licence&nbsp;ouverte</b>.</p>",
        "DONNÉES SOUS LICENCE OUVERTE",
    ],
)
def test_an_open_licence_is_known_under_its_names(said: str) -> None:
    assert is_open(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "notspecified",
        "License Not Specified",
        "other-closed",
        "custom",
        "none",
        "CC BY-NC 4.0",
        "CC-BY-NC-SA-4.0",
        "CC BY-ND",
        "cc-nc",
        "Creative Commons Non-Commercial (Any)",
        "Creative Commons Attribution - Pas d'Utilisation Commerciale",
        "https://creativecommons.org/licenses/by-nc/4.0/",
        "https://creativecommons.org/licenses/by-nd/4.0/",
        "Tous droits réservés",
        "Licence Mobilités",
        "https://www.exemple.fr/mentions-legales",
        "<P>Voir les conditions d'utilisation</P>",
    ],
)
def test_anything_else_is_not_open(said: str) -> None:
    assert not is_open(said)


def test_one_hint_is_enough_and_a_restriction_outweighs_it() -> None:
    assert is_open("", "custom", "https://opendatacommons.org/licenses/odbl/")
    assert not is_open("CC BY", "https://creativecommons.org/licenses/by-nc/4.0/")
    assert not is_open()


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_licence(text: str) -> None:
    assert is_open(text, text) == is_open(text)


def test_a_huge_licence_is_read_quickly() -> None:
    assert not is_open("<" * 3_000_000, "a" * 3_000_000, "&" * 3_000_000)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["CSV"], True),
        ([".csv"], True),
        (["text/csv; charset=utf-8"], True),
        (["GeoJSON"], True),
        (["ZIP"], True),
        (["Feature Service"], True),
        (["PDF", "csv"], True),
        (["application/pdf"], False),
        (["Microsoft Excel"], False),
        (["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"], False),
        (["XLSX"], False),
        (["HTML", "text/html", "Web Page", "page web", "URL", "application/octet-stream"], False),
        (["", "  "], False),
        ([], False),
    ],
)
def test_a_format_is_open_unless_closed_or_no_file(names: list[str], expected: bool) -> None:
    assert file_formats.any_open(names) is expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["arbre", "SCDL"], True),
        (["https://schema.data.gouv.fr/scdl/deliberations/2.1.3/schema.json"], True),
        (["etalab/schema-irve-statique"], True),
        (["scdlx", "schema"], None),
        ([], None),
    ],
)
def test_a_schema_is_declared_or_nothing_is_known(texts: list[str], expected: bool | None) -> None:
    assert declared(texts) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jeu, 19/12/2019 - 03:00", "2019-12-19"),
        ("Date changed  jeu, 19/12/2019 - 03:00", "2019-12-19"),
        ("Thu, 12/19/2019 - 03:00", "2019-12-19"),
        ("mar, 10/12/2019 - 09:23", "2019-12-10"),
        ("Tue, 12/10/2019 - 09:23", "2019-12-10"),
        ("jeudi 5/12/2019", "2019-12-05"),
        ("2019-09-30 22:00:00", "2019-09-30"),
        ("2019-09-30T22:00:00.123456", "2019-09-30"),
        ("lun, 19/12/2019 - 03:00", ""),
        ("jeu, 99/99/2019", ""),
        ("jeu, 24/12/2026", ""),
        ("19/12/2019", ""),
        ("", ""),
    ],
)
def test_the_day_of_the_week_tells_the_day_from_the_month(text: str, expected: str) -> None:
    assert any_day(text, TODAY) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_773_480_413_000, "2026-03-14"),
        (1_773_480_413_000.0, "2026-03-14"),
        (0, ""),
        (-5, ""),
        (1_900_000_000_000, ""),
        (10**30, ""),
        (float("nan"), ""),
        (float("inf"), ""),
        (True, ""),
        ("1773480413000", ""),
        (None, ""),
    ],
)
def test_milliseconds_since_1970_make_a_day(value: object, expected: str) -> None:
    assert day_of_epoch(value, TODAY) == expected
