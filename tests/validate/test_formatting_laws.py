"""Laws of `format`: any spreadsheet comes back whole, twice is once, quick is careful."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest
from formatting_bench import GOOD, HEADER, SCHEMA, formatted
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.model import Malformed
from observatoire.table import Table, canonical, serialize
from observatoire.validate.formatting import plainly
from observatoire.validate.formatting.repairs import GHOSTS
from observatoire.validate.formatting.tidy import Tidied, tidy

# In Windows-1252 a µ after an accented letter is the second half of a letter in UTF-8.
LETTERS = st.characters(
    whitelist_categories=("Lu", "Ll", "Nd"), max_codepoint=0xFF, blacklist_characters="µ"
)
NAMES = st.text(LETTERS, max_size=6).filter(lambda n: n not in GHOSTS)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 10**9 - 1).map("{:09}".format),
        st.sampled_from(["01", "2A", "35", ""]),
        NAMES.map(lambda n: f"{n}, {n}" if len(n) > 3 else n),
        st.decimals(-90, 90, places=4).map("{:f}".format) | st.just(""),
        st.integers(0, 10**7).map(str) | st.just(""),
        st.dates(date(1900, 1, 1)).map(str) | st.just(""),
        st.lists(NAMES, max_size=2).map("|".join),
        st.sampled_from(["actif", "a_verifier"]),
    ),
    max_size=6,
    unique_by=lambda r: r[0],
)


def french(row: Sequence[str]) -> list[str]:
    """A row as a French spreadsheet shows it."""
    siren, departement, nom, latitude, nb, jour, themes, statut = row
    if jour:
        jour = "/".join(reversed(jour.split("-")))
    if nb:
        nb = f"{int(nb):,}".replace(",", "\u00a0")
    return [
        siren,
        departement.lstrip("0"),
        nom,
        latitude.replace(".", ","),
        nb,
        jour,
        themes,
        statut,
    ]


@settings(max_examples=60)
@given(
    ROWS,
    st.sampled_from(";\t,"),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_table_saved_by_any_spreadsheet_comes_back_whole(
    rows: list[tuple[str, ...]], mark: str, encoding: str, end: str, quoting: int
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(SCHEMA.columns)
    writer.writerows(map(french, rows))
    done = tidy(out.getvalue().encode(encoding), "t.csv", SCHEMA)
    assert done.content == serialize(canonical(Table(SCHEMA.columns, rows), SCHEMA))


@settings(max_examples=100)
@given(
    st.lists(
        st.lists(
            st.text(',;"\n\r\t |0123456789/.éa\u200e\u00a0', max_size=8), min_size=8, max_size=8
        ),
        max_size=5,
    ),
    st.sampled_from(",;\t"),
)
def test_formatting_twice_is_formatting_once(rows: list[list[str]], mark: str) -> None:
    out = io.StringIO()
    # Unquoted, the standard writer of Python 3.11 would let a lone carriage return cut the line.
    writer = csv.writer(out, delimiter=mark, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(SCHEMA.columns)
    writer.writerows(rows)
    once = formatted(out.getvalue())
    assert tidy(once.content, "t.csv", SCHEMA) == Tidied(once.content, ())
    assert bool(once.changes) == (once.content != out.getvalue().encode())


@settings(max_examples=100)
@given(st.binary(max_size=120))
def test_any_bytes_are_formatted_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        formatted(f"{HEADER}\n".encode() + data)
    except Malformed as problem:
        message = str(problem)
    else:
        message = "."
    assert message.endswith((".", "»", "statut"))


LINES = st.lists(
    st.sampled_from(
        [
            GOOD,
            GOOD.replace("01,", "1,"),
            GOOD.replace("a|b", "b|a"),
            GOOD.replace("210100012", "210100020"),
            GOOD.replace("Évry", '"Évry, Lyon"'),
            GOOD.replace("Évry", '"Évry"'),
            GOOD.replace("Évry", "NaN"),
            GOOD.replace("48.1", "48.10"),
            GOOD.replace("48.1", "-0"),
            GOOD.replace("2026-11-23", "2024-02-29"),
            GOOD.replace("actif", ""),
            GOOD.replace("57", "007"),
            GOOD.replace("210100012", "99"),
            ",,,,,,,",
            GOOD.replace("Évry", "Le Mans"),
        ]
    ),
    max_size=6,
)


@settings(max_examples=150)
@given(LINES)
def test_the_quick_answer_is_that_of_the_careful_reading(lines: list[str]) -> None:
    data = "".join(f"{line}\n" for line in [HEADER, *lines]).encode()
    quick = tidy(data, "t.csv", SCHEMA)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plainly, "tidied", lambda *_: None)
        assert tidy(data, "t.csv", SCHEMA) == quick
