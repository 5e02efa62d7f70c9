"""The grammar is never too wide: no check of a single cell finds anything in a line that fits."""

from __future__ import annotations

from datetime import date

import frictionless
import pytest
import specimen
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.files import Memory
from observatoire.register import Register
from observatoire.schema import Field, Schema
from observatoire.table import serialize
from observatoire.validate import blocks, context, engine, grammar
from observatoire.validate.report import Report

TODAY = date(2026, 11, 23)
TABLES = ("organisations", "plateformes", "publications", "thematiques", "verrous")
# fmt: off
WORDS = [
    "NaN", "NULL", "undefined", "=1+1", "-1", "+x", "@x", "#N/A", "#x", "a@b.fr",
    "jean.m@b.fr", "&amp;", "a & b", "Ã©", "Â°", "€", "é", "e\u0301", "’", "«x»", "\u200e",
    "\u00a0", " x", "x ", "x  y", "<b>", "0", "00", "-0", "0.0", "0.10", ".5", "5.", "1e3",
    "90", "89.9", "-90", "180", "180.1", "-179", "1", "1.0", "2026-11-23", "2026-11-24",
    "2026-11-25", "2026-12-01", "2027-01-01", "2022-02-29", "2024-02-29", "2022-2-1",
    "1899-01-01", "2022-04-31", "22-01-01", "2062-11-23", "https://a.fr", "http://a.fr",
    "https://a-.fr", "https://-a.fr", "https://a.b-c.fr/?x=1&y=2", "https://a.fr/é",
    "https://a.local", "https://localhost/x", "https://10.0.0.1/",
    "https://a.fr/;jsessionid=1", "https://a.fr/?utm_source=x", "https://a.fr/@x",
    "https://a.fr/a,b", "https://https://a.fr", "https://A.FR", "https://u:p@a.fr",
    "https://a.xyz/", "HTTPS://a.fr", "https://a..fr", "https://a.fr|", "COM", "com",
    "actif", "publie", "210100012", "21010001", "01", "1", "2A", "974", "null-x", "a--b",
    "ckan", "https://a.fr/?a=1&PHPSESSID=2", "https://a.fr/?Gclid=1", "https://a.fr/x;JSESSIONID=1",
    "https://a.fr/?x=1;Session_id=2", "https://a.fr/?search=x&page=2", "a &eacute; b", "a & b; c",
    "x" * 2_001, "&#233;", "Nantes", "Nonette", "Œuilly", "– x", "nan x", "https://a.fr?utm_x", "https://é.fr",
    "Fr?ville", "?tienne", "Libert?", "Vall?e d?Or", "Vrai ? Oui", "Pr??s",
    "NC", "n/c", "N.C.", "idem", "Id.", "id", "-", "inconnue", "Néant", "xx", "X", "?", "...",
    "aucun", "vide", "sans objet", "–", "NA", "nr", "Nr 3", "Nantua", "Xaintrailles", "Incon",
    "x?y=1", "Où ?", "a? b", "12?", "é?",
]
# fmt: on
CELL = st.sampled_from(WORDS) | st.text(max_size=8) | st.text("aé -=.0129|,'\"#:/", max_size=8)
MUTATIONS = st.lists(
    st.tuples(st.sampled_from(TABLES), st.integers(0, 99), st.integers(0, 99), CELL), max_size=4
)


def mutated(mutations: list[tuple[str, int, int, str]]) -> Memory:
    register = specimen.register()
    rows = {name: [list(r) for r in register.table(name).rows] for name in TABLES}
    for name, row, column, cell in mutations:
        line = rows[name][row % len(rows[name])]
        line[column % len(line)] = cell.replace("\n", " ").replace("\r", " ").replace("\x00", "")
    tables = {
        n: serialize(type(register.table(n))(register.table(n).columns, r)) for n, r in rows.items()
    }
    return specimen.files(**tables)


def everything_suspect(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nothing were known of any line."""
    monkeypatch.setattr(context, "survey", lambda *_: None)


def both(files: Memory) -> tuple[Report, Report]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", 100)  # so that even these tables are read in several blocks
        quick = engine.run(Register(files), TODAY)
    with pytest.MonkeyPatch.context() as patch:
        everything_suspect(patch)
        return quick, engine.run(Register(files), TODAY)


@settings(max_examples=80, deadline=None)
@given(MUTATIONS)
def test_the_report_is_the_same_as_when_every_line_is_looked_at(
    mutations: list[tuple[str, int, int, str]],
) -> None:
    quick, careful = both(mutated(mutations))
    assert quick == careful


@pytest.mark.parametrize("name", TABLES)
def test_every_word_in_every_column_gets_the_same_report(name: str) -> None:
    register = specimen.register()
    table = register.table(name)
    rows = [
        tuple(word if i == column else cell for i, cell in enumerate(table.rows[0]))
        for column in range(len(table.columns))
        for word in WORDS
    ]
    quick, careful = both(specimen.files(**{name: serialize(type(table)(table.columns, rows))}))
    assert quick == careful
    assert careful.errors > 0


def test_the_lines_of_the_real_register_fit_but_a_few(root: object) -> None:
    register = specimen.register()
    one = context.Context(register, register.names(), TODAY)
    assert [s.name for s in one.sheets() if s.suspects] == []


@pytest.mark.parametrize(
    ("today", "cell", "fits"),
    [
        (date(2026, 11, 23), "2026-11-23", True),
        (date(2026, 11, 23), "2026-11-24", False),
        (date(2026, 1, 1), "2026-01-01", True),
        (date(2026, 1, 1), "2026-02-01", False),
        (date(2030, 3, 5), "2029-12-31", True),
        (date(2030, 3, 5), "2030-02-28", True),
        (date(2030, 3, 5), "2031-01-01", False),
        (date(2000, 3, 5), "1999-12-31", True),
        (date(2126, 3, 5), "2022-12-31", False),
    ],
)
def test_a_date_fits_up_to_today(today: date, cell: str, fits: bool) -> None:
    schema = Schema("t", "", "", (Field("d", "date"), Field("e")))
    found = grammar.sound_lines(schema, today).match(f"{cell},x\n")
    assert bool(found and found.end()) is fits


URI = Schema("t", "", "", (Field("url", format="uri"), Field("e")))
ADDRESS = st.from_regex(r"https://[a-z0-9.-]{1,12}(fr|com)[/?#][ -~éà]{0,12}", fullmatch=True)


@settings(max_examples=300, deadline=None)
@given(ADDRESS | st.text("htps:/.fraé%2[]#@?&=", max_size=24))
def test_an_address_that_fits_is_a_uri_for_frictionless(cell: str) -> None:
    found = grammar.sound_lines(URI, TODAY).match(f"{cell},x\n")
    if found and found.end():
        field = frictionless.Field.from_descriptor(
            {"name": "url", "type": "string", "format": "uri"}
        )
        assert field.read_cell(cell) == (cell or None, None)


@pytest.mark.parametrize(
    "cell", ["https://a.fr/x?y=1;z", "https://a.b-c.com", "https://a.fr/%C3%A9", ""]
)
def test_the_usual_addresses_fit(cell: str) -> None:
    found = grammar.sound_lines(URI, TODAY).match(f"{cell},x\n")
    assert found is not None
    assert found.end() == len(cell) + 3
