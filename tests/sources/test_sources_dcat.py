"""DCAT catalogues: all their pages, in any syntax, or none at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from portal_bench import BREST, RENNES, WHOLE, harvest

from observatoire.demo import faces
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.contacts import MAILBOX, PERSON
from observatoire.demo.dcat import SYNTAXES, DcatPortal
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.model import SourceError
from observatoire.sources import dcat, discover

EXPECTED = {**WHOLE, "siren_declare": "213502388"}
DECLARED = replace(RENNES, siret="21350238800019")


def test_the_connector_is_found_by_its_technology() -> None:
    assert discover()["dcat"].SOURCE.technos == ("dcat",)


@pytest.mark.parametrize("place", SYNTAXES)
def test_a_catalogue_gives_each_figure_in_every_syntax(place: str) -> None:
    assert harvest(dcat, DcatPortal([DECLARED], size=2), path=place) == [EXPECTED]


@pytest.mark.parametrize("place", SYNTAXES)
def test_without_a_path_the_usual_places_are_tried(place: str) -> None:
    assert harvest(dcat, DcatPortal([DECLARED], places=[place])) == [EXPECTED]


def test_every_page_is_read_and_no_person_is_kept() -> None:
    rows = harvest(dcat, DcatPortal([account(f"Commune {i}", nb_jeux=3) for i in range(9)], 4))
    assert [(r["identifiant"], r["nb_jeux"]) for r in rows] == [
        (f"Commune {i}", "3") for i in range(9)
    ]
    kept = str(rows)
    assert PERSON not in kept
    assert MAILBOX not in kept


def test_datasets_without_publisher_are_the_holder_s_of_a_portal_of_its_own() -> None:
    nobody = Account("x", "x", "", datasets=(Dataset(),))
    face = DcatPortal([nobody, BREST])
    assert [r["identifiant"] for r in harvest(dcat, face)] == ["Brest Métropole"]
    own = harvest(dcat, face, gouvernance="dedie", nom="Brest")
    assert {r["identifiant"]: r["nb_jeux"] for r in own} == {"Brest": "1", "Brest Métropole": "2"}


PASSING = [faces.busy("1", times=2), faces.down(times=3), faces.cut(times=2)]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_changes_nothing(fault: Fault) -> None:
    assert harvest(dcat, DcatPortal([DECLARED], 2), fault, path="/catalog.ttl") == [EXPECTED]


FATAL = [
    (faces.status(500), "le serveur est en panne"),
    (faces.status(404), "portail déménagé"),
    (faces.status(403), "portail privé"),
    (faces.html(), "une page web au lieu de données"),
    (faces.down(), "interrompue en route"),
    (faces.truncated(), "RDF lisible"),
    (faces.redirect("http://169.254.169.254/"), "n'est pas publique"),
    (faces.busy(), "quota d'appels atteint"),
    (Fault(lambda _, a: replace(a, body=b"<a> <b> <c> .")), "n'est pas un catalogue DCAT"),
    (Fault(lambda _, a: replace(a, body=b" " * (17 * 2**20))), "dépasse la taille permise"),
]


@pytest.mark.parametrize(("fault", "cause"), FATAL)
def test_a_portal_that_stays_broken_gives_no_row(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause) as caught:
        harvest(dcat, DcatPortal([DECLARED]), fault, path="/catalog.ttl")
    assert "\n" not in str(caught.value)


HEAD = "@prefix h: <http://www.w3.org/ns/hydra/core#> . @prefix d: <http://www.w3.org/ns/dcat#> .\n"


@dataclass
class Pages:
    """Answers pages as they are written; {base} is the portal's own address."""

    pages: dict[str, str]

    def answer(self, ask: Ask) -> Answer:
        wanted = f"{ask.path}?{'&'.join(f'{k}={v}' for k, v in ask.query.items())}".rstrip("?")
        text = self.pages.get(wanted)
        if text is None:
            return Answer(404)
        return Answer(200, (HEAD + text.replace("{base}", ask.base)).encode(), "text/turtle")


ALBI = '<http://purl.org/dc/terms/publisher> "Albi"'
ONE = f"<a> a d:Dataset ; {ALBI} ."
TWO = f"<b> a d:Dataset ; {ALBI} ."


@pytest.mark.parametrize(
    "following",
    [
        '"/c?p=2"',
        "<{base}/c?p=2>",
        "<http://autre-nom.exemple.fr/c?p=2>",
        '"http://10.0.0.8/c?p=2#vue"',
    ],
)
def test_the_next_page_is_asked_on_the_same_host(following: str) -> None:
    face = Pages({"/c": f"{ONE} <v> h:next {following} .", "/c?p=2": TWO})
    [row] = harvest(dcat, face, path="/c")
    assert row["nb_jeux"] == "2"


@pytest.mark.parametrize(
    ("pages", "cause"),
    [
        ({"/c": f'{ONE} <v> h:next "/c" .'}, "ne s'enchaînent pas"),
        ({"/c": f'{ONE} <v> h:next "/c?p=2" .', "/c?p=2": f'{TWO} <v> h:nextPage "/c" .'},
         "ne s'enchaînent pas"),
        ({"/c": f'{ONE} <v> h:next "http://[" .'}, "mal formée"),
        ({"/c": f'{ONE} <v> h:next "mailto:a@b.fr" .'}, "mal formée"),
        ({"/c": f'{ONE} <v> h:next "/c?p=2" .'}, "n'existe pas"),
        ({"/c": f"{ONE} <c> h:totalItems 400 ."}, "annonce 400 jeux, 1 sont venus"),
    ],
)  # fmt: skip
def test_pages_that_do_not_follow_each_other_give_no_row(pages: dict[str, str], cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(dcat, Pages(pages), path="/c")


def test_pages_without_end_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dcat, "MOST_PAGES", 5)
    number = iter(range(100))

    @dataclass
    class Endless:
        def answer(self, ask: Ask) -> Answer:
            body = f'{HEAD}<a> a d:Dataset . <v> h:next "{ask.path}?p={next(number)}" .'
            return Answer(200, body.encode(), "text/turtle")

    with pytest.raises(SourceError, match="n'en finissent pas"):
        harvest(dcat, Endless(), path="/c")


def test_a_dataset_that_comes_back_on_another_page_counts_once() -> None:
    face = Pages({"/c": f'{ONE} <v> h:next "/c?p=2" .', "/c?p=2": ONE + TWO})
    [row] = harvest(dcat, face, path="/c")
    assert row["nb_jeux"] == "2"


def test_a_catalogue_with_no_dataset_is_read() -> None:
    assert harvest(dcat, Pages({"/c": "<c> a d:Catalog ."}), path="/c") == []
