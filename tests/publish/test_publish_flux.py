"""Feeds by département, and the citation."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import yaml
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from small_register import edited, files

from observatoire.files import Memory
from observatoire.publish.draft import Draft
from observatoire.publish.exports import citation, flux
from observatoire.publish.moves import Move, moves
from observatoire.publish.news import News
from observatoire.register import Register

PROJECT = "https://gitlab.com/groupe/observatoire"
ELSEWHERE = "https://github.com/groupe/observatoire"
ROOT = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"


def feeds(
    *moved: Move,
    past: Memory | None = None,
    tag: str = "v1.1.0",
    day: str = "2026-11-23",
    project: str = PROJECT,
) -> dict[str, bytes]:
    news = News("v1.0.0", (), moved, past or Memory())
    draft = Draft(files(), tag, day, project, (), news)
    return dict(flux.export(draft))


def links(feed: bytes) -> list[tuple[str, str]]:
    return [
        (a.get("rel", "alternate"), a.get("href", "")) for a in parsed(feed).iter(f"{ATOM}link")
    ]


def published(made: dict[str, bytes]) -> Memory:
    return Memory({f"publication/{name}": content for name, content in made.items()})


def parsed(content: bytes) -> Element:
    found: Element = ElementTree.fromstring(content)
    return found


def move(departement: str = "35", nom: str = "Rennes", sentence: str = "publie sur X") -> Move:
    return Move("213502388", nom, "Commune", departement, "publication", sentence)


def test_every_departement_has_its_feed_from_the_first_version() -> None:
    made = feeds()

    assert sorted(made) == ["flux/01.xml", "flux/35.xml", "flux/93.xml", "flux/974.xml"]
    assert parsed(made["flux/35.xml"]).find(f"{ATOM}entry") is None
    title = parsed(made["flux/35.xml"]).findtext(f"{ATOM}title")
    assert title == "Open data, Ille-et-Vilaine (35) : ce qui change"


def test_a_feed_has_what_atom_asks_for() -> None:
    feed = parsed(feeds(move())["flux/35.xml"])
    entry = feed.find(f"{ATOM}entry")

    assert entry is not None
    for part in (feed, entry):
        assert part.findtext(f"{ATOM}id")
        assert part.findtext(f"{ATOM}title")
        assert part.findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"
    assert feed.find(f"{ATOM}author") is not None
    assert "Rennes : publie sur X" in "".join(entry.itertext())


def test_what_moves_in_a_departement_moves_its_feed_alone() -> None:
    before = feeds()
    after = feeds(move(), past=published(before))

    assert [n for n in after if after[n] != before[n]] == ["flux/35.xml"]


def test_a_feed_in_which_nothing_moves_keeps_its_day_and_takes_the_new_address() -> None:
    past = published(feeds(move(), day="2026-01-31"))
    quiet, moved = feeds(past=past, project=ELSEWHERE), feeds(move(), past=past)

    assert parsed(quiet["flux/35.xml"]).findtext(f"{ATOM}updated") == "2026-01-31T00:00:00Z"
    assert links(quiet["flux/35.xml"]) == [("alternate", ELSEWHERE)]
    assert parsed(moved["flux/35.xml"]).findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"


def test_identifiers_stay_and_no_two_are_alike() -> None:
    first = feeds(move(), move("01"), tag="v1.1.0")
    second = feeds(move(), move("01"), past=published(first), tag="v1.2.0")
    both = [
        {part.text for feed in made.values() for part in parsed(feed).iter(f"{ATOM}id")}
        for made in (first, second)
    ]

    assert both[0] < both[1]
    assert [len(ids) for ids in both] == [4 + 2, 4 + 4]


def test_a_feed_says_where_it_is_served_and_which_page_it_goes_with() -> None:
    made = feeds(move(nom="<link a/>"))["flux/35.xml"]
    served = flux.served(made, "https://o.example.org/flux/35.xml?a&b", "https://o.example.org/35/")

    assert links(served) == [
        ("self", "https://o.example.org/flux/35.xml?a&b"),
        ("alternate", "https://o.example.org/35/"),
    ]
    assert served.partition(b"<entry>")[2] == made.partition(b"<entry>")[2]
    assert flux.served(made, "", "") == made


def test_entries_pile_up_newest_first_and_the_oldest_leave() -> None:
    made = feeds()
    for number in range(flux.ENTRIES + 5):
        made = feeds(move(), past=published(made), tag=f"v1.{number}.0")
    titles = [e.findtext(f"{ATOM}title") for e in parsed(made["flux/35.xml"]).iter(f"{ATOM}entry")]

    assert titles[0] == "Version v1.24.0 : 1 organisme"
    assert len(titles) == flux.ENTRIES


def test_a_version_with_a_thousand_moves_is_cut_short() -> None:
    made = feeds(*(move(sentence=f"publie sur {i}") for i in range(1000)))

    assert b"et 900 de plus" in made["flux/35.xml"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_from_outside_breaks_the_feed(nom: str, sentence: str) -> None:
    content = feeds(move(nom=f"</li>{nom}", sentence=f"<script>{sentence}"))["flux/35.xml"]
    feed = parsed(content)

    assert len(list(feed.iter(f"{ATOM}entry"))) == 1
    assert b"<script" not in content
    assert feed.find(".//{http://www.w3.org/1999/xhtml}script") is None


def test_the_moves_of_two_registers_end_in_the_feed_of_their_departement() -> None:
    after = Register(files(**edited("publications", ",57,3,", ",61,3,")))
    made = feeds(*moves(Register(files()), after))

    assert "61 jeux sur « Rennes Métropole » au lieu de 57" in made["flux/35.xml"].decode()


def test_the_citation_names_the_version() -> None:
    made = citation.export(Draft(files(), "v1.2.0", "2026-11-23", PROJECT))
    found = yaml.safe_load(made["CITATION.cff"])

    assert found["version"] == "1.2.0"
    assert str(found["date-released"]) == "2026-11-23"
    assert found["authors"][0]["name"] == "OpenDataFrance"
    assert found["license"] == "etalab-2.0"
    assert found["repository-code"] == PROJECT


def test_the_citation_of_the_register_follows_its_descriptor() -> None:
    package = json.loads((ROOT / "datapackage.json").read_bytes())

    assert (ROOT / "CITATION.cff").read_bytes() == citation.text(package)


@pytest.mark.parametrize("title", ["deux : points", '"guillemets"', "# dièse", "- tiret", "é\\n"])
def test_any_title_makes_sound_yaml(title: str) -> None:
    assert yaml.safe_load(citation.text({"title": title}).decode())["title"] == title
