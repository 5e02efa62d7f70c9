"""The modules of the explorer, each by itself, run by a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from explorer_lines import TYPES, line, reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from served import held, served

from observatoire.site import explorer, render
from observatoire.site.explorer import NOTHING, UNKNOWN

Run = Callable[..., Any]

LINES = [
    line("213502388", "Rennes", population=225081, datagouv=4, technos="CKAN|udata"),
    line("214202183", "SAINT-ETIENNE", departement="42", region="84", datagouv=UNKNOWN),
    line("200065886", "Sainte-Foy-l'Argentière", departement="69", region="84", publishes=False),
    line("210100012", "Œuilly", type="DEP", population=806, portails=30, themes="Culture"),
]


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Run]:
    """Runs JavaScript where the modules are loaded: ``run("search.fold('É')")``."""
    files = {file.path: file.content for file in render.statics()}
    with served(held(files | {"index.html": b"<!DOCTYPE html><title>Essai</title>"})) as address:
        page = browser.new_page()
        page.goto(f"{address}/index.html")
        page.evaluate(
            """async () => {
              for (const name of ["data", "search", "filter", "state", "words", "download", "view"])
                globalThis[name] = await import(`/explorer/${name}.js`);
            }"""
        )
        yield lambda code, *given: page.evaluate(f"async (given) => {code}", list(given))
        page.close()


@pytest.fixture(scope="module")
def index(run: Run) -> Any:
    """The index of LINES, loaded under the name ``all``."""
    made = orjson.loads(explorer.index(LINES, TYPES, reference(), {"version": "v1.0.0"}))
    run("{ globalThis.all = await data.prepare(given[0]) }", made)
    return made


def names(run: Run, **state: str | int) -> list[str]:
    return run(
        "Array.from(filter.select(all, {...state.EMPTY, ...given[0]}), (row) => all.nom[row])",
        state,
    )


@pytest.mark.parametrize(
    "typed",
    ["saint etienne", "Saint-Étienne", "ST ETIENNE", "st etien", "étienne", "st. Étienne", "2142"],
)
def test_saint_etienne_is_found_however_it_is_written(run: Run, index: Any, typed: str) -> None:
    assert names(run, q=typed) == ["SAINT-ETIENNE"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Rennes", "SAINT-ETIENNE", "Sainte-Foy-l'Argentière", "Œuilly"]),
        ("sainte foy", ["Sainte-Foy-l'Argentière"]),
        ("ste foy", ["Sainte-Foy-l'Argentière"]),
        ("l’argentiere", ["Sainte-Foy-l'Argentière"]),
        ("oeuil", ["Œuilly"]),
        ("enne", ["Rennes", "SAINT-ETIENNE"]),
        ("ain", []),
        ("213 502 388", ["Rennes"]),
        ("<script>", []),
        ("  ", ["Rennes", "SAINT-ETIENNE", "Sainte-Foy-l'Argentière", "Œuilly"]),
    ],
)
def test_words_find_names(run: Run, index: Any, typed: str, found: list[str]) -> None:
    assert names(run, q=typed) == found


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ({"type": "DEP"}, ["Œuilly"]),
        ({"region": "84"}, ["SAINT-ETIENNE", "Sainte-Foy-l'Argentière"]),
        ({"departement": "69"}, ["Sainte-Foy-l'Argentière"]),
        ({"techno": "udata"}, ["Rennes"]),
        ({"theme": "Culture"}, ["Œuilly"]),
        ({"publie": "non"}, ["Sainte-Foy-l'Argentière"]),
        ({"obligee": "oui", "publie": "oui"}, ["Rennes", "SAINT-ETIENNE", "Œuilly"]),
        ({"obligee": "non"}, []),
        ({"region": "84", "q": "etienne"}, ["SAINT-ETIENNE"]),
    ],
)
def test_a_filter_keeps_what_it_says(
    run: Run, index: Any, state: dict[str, str], found: list[str]
) -> None:
    assert names(run, **state) == found


@pytest.mark.parametrize(
    ("column", "way", "first"),
    [
        ("nom", "desc", "Œuilly"),
        ("population", "desc", "Rennes"),
        ("population", "asc", "Œuilly"),
        ("datagouv", "desc", "Rennes"),
        ("departement", "desc", "Sainte-Foy-l'Argentière"),
    ],
)
def test_a_column_sorts(run: Run, index: Any, column: str, way: str, first: str) -> None:
    assert names(run, tri=column, sens=way)[0] == first


@pytest.mark.parametrize("way", ["asc", "desc"])
def test_who_has_no_number_comes_last_after_the_unknown(run: Run, index: Any, way: str) -> None:
    assert names(run, tri="datagouv", sens=way) == [
        "Rennes",
        "SAINT-ETIENNE",
        "Sainte-Foy-l'Argentière",
        "Œuilly",
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from([NOTHING, UNKNOWN, 0, 3, 2_000_000]), st.sampled_from("abc")),
        min_size=1,
        max_size=12,
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_order_holds_every_line_once(run: Run, some: list[tuple[int, str]]) -> None:
    made = orjson.loads(
        explorer.index(
            [line(str(i), n, portails=c) for i, (c, n) in enumerate(some)], {}, reference(), {}
        )
    )
    found = run(
        """{
          const some = await data.prepare(given[0]);
          const ways = state.COLUMNS.flatMap((tri) => ["asc", "desc"].map((sens) => [tri, sens]));
          return ways.map(([tri, sens]) => Array.from(filter.ordered(some, tri, sens)));
        }""",
        made,
    )

    assert all(sorted(order) == list(range(len(some))) for order in found)
    down = found[2 * 4 + 1]
    counts = [some[row][0] for row in down]
    assert counts == sorted(counts, key=lambda c: (c == NOTHING, c == UNKNOWN, -c))


STATES = st.fixed_dictionaries(
    {
        "q": st.text(max_size=20),
        "type": st.sampled_from(["", "COM", "DEP"]),
        "departement": st.sampled_from(["", "42"]),
        "publie": st.sampled_from(["", "oui", "non"]),
        "tri": st.sampled_from(["nom", "population"]),
        "sens": st.sampled_from(["asc", "desc"]),
        "page": st.integers(1, 400),
    }
)


@given(STATES)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_address_keeps_the_state(run: Run, index: Any, some: dict[str, Any]) -> None:
    written, back = run(
        """{
          const whole = {...state.EMPTY, ...given[0]};
          const address = state.write(whole);
          return [address, state.read(address, all.words)];
        }""",
        some,
    )

    assert {k: back[k] for k in some} == {**some, "q": back["q"]}
    assert back["q"] == run("given[0].trim()", some["q"])
    assert written == "" or written.startswith("?")


@pytest.mark.parametrize(
    "address", ["?type=ZZZ", "?page=-1", "?page=2.5", "?tri=siren", "?sens=x", "?publie=1", "?x=y"]
)
def test_an_address_that_nobody_wrote_is_no_error(run: Run, index: Any, address: str) -> None:
    back, empty = run("[state.read(given[0], all.words), state.EMPTY]", address)

    assert back == empty


def test_the_file_for_a_spreadsheet_has_semicolons_and_the_mark_of_utf8(
    run: Run, index: Any
) -> None:
    text = run("download.csv(all, filter.ordered(all, 'nom', 'asc'), download.FORMS.tableur)")
    head, rennes, *_, last = text.split("\r\n")

    assert head.startswith("\ufeffsiren;nom;type;departement;")
    assert rennes == (
        "213502388;Rennes;COM;35;Ille-et-Vilaine;Bretagne;225081;;4;CKAN|udata;;oui;oui"
    )
    assert last == ""


def test_the_other_file_is_in_the_form_of_the_register(run: Run, index: Any) -> None:
    text = run("download.csv(all, [2], download.FORMS.registre)")

    assert text == (
        "siren,nom,type,departement,nom_departement,nom_region,population,jeux_portails,"
        "jeux_datagouv,technologies,thematiques,publie,oblige\n"
        "200065886,Sainte-Foy-l'Argentière,COM,69,Rhône,Auvergne-Rhône-Alpes,,,,,,non,oui\n"
    )


def test_a_hostile_name_is_only_text_in_a_file(run: Run) -> None:
    made = orjson.loads(
        explorer.index(
            [line("1", '=HYPERLINK("http://x")'), line("2", 'a;"b"')], {}, reference(), {}
        )
    )
    text = run("download.csv(await data.prepare(given[0]), [0, 1], download.FORMS.tableur)", made)

    assert ';"\'=HYPERLINK(""http://x"")";' in text
    assert ';"a;""b""";' in text
