"""The connector reads real catalogues: data.gouv.fr, GeoNetwork, DatARA, and linked pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from recorded_portal import Recorded, harvest

from observatoire.demo.faces import Answer
from observatoire.model import Row, SourceError
from observatoire.sources import dcat


@pytest.fixture
def recorded(shared: Path) -> Path:
    return shared / "data/sources/dcat"


def read(file: Path, kind: str = "application/rdf+xml", **cells: str) -> dict[str, Row]:
    answer = Answer(200, file.read_bytes(), kind)
    return harvest(dcat, Recorded({"GET": answer}), f"/{file.name}", **cells)


CATALOGUES = {
    "udata.xml": ("Vanves", "2", "2024-05-06", "0", "2"),
    "sig.oreme.rdf": ("UMR Géosciences Montpellier (GM)", "1", "2022-02-14", "1", "1"),
    "geonetwork.xml": ("UMR HydroSciences Montpellier (HSM)", "1", "2021-05-05", "0", ""),
    "datara--5a26b0f6-0ccf-46ad-ac58-734054b91977.rdf.xml": ("IGN", "1", "", "0", ""),
    "catalog.xml": ("An Organization", "4", "2018-03-14", "4", "3"),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_recorded_catalogue_is_read(recorded: Path, name: str) -> None:
    publisher, number, updated, licences, formats = CATALOGUES[name]
    [row] = read(recorded / name).values()
    assert row["identifiant"] == publisher
    assert row["nb_jeux"] == number
    assert row["derniere_mise_a_jour"] == updated
    assert row["nb_licence_ouverte"] == licences
    assert row["nb_format_ouvert"] == formats


@pytest.mark.parametrize("kind", ["paged", "partial"])
def test_recorded_pages_of_either_vocabulary_are_read_to_the_end(recorded: Path, kind: str) -> None:
    answers = {
        f"/{kind}-collection-{n}.jsonld": Answer(
            200, (recorded / f"{kind}-collection-{n}.jsonld").read_bytes(), "application/ld+json"
        )
        for n in (1, 2)
    }

    def adapt(body: bytes, _: str) -> bytes:
        return body.replace(b"catalog.jsonld?page=2", f"{kind}-collection-2.jsonld".encode())

    rows = harvest(dcat, Recorded(answers, adapt), f"/{kind}-collection-1.jsonld")
    assert rows["An Organization"]["nb_jeux"] == "4"
    with pytest.raises(SourceError, match="n'existe pas"):
        harvest(dcat, Recorded(answers), f"/{kind}-collection-1.jsonld")


def test_a_catalogue_under_a_remote_context_is_read_without_fetching_it(recorded: Path) -> None:
    body = (recorded / "dcat_udata_catalog.ceres.jsonld").read_bytes()
    first = body.replace(b"/api/1/datasets/?page=2&page_size=100", b"/page-2.jsonld")
    last = body.replace(b'"hydra:next"', b'"hydra:previous"').replace(b"/datasets/", b"/others/")
    kind = "application/ld+json"
    answers = {"page-2": Answer(200, last, kind), "catalog": Answer(200, first, kind)}
    rows = harvest(dcat, Recorded(answers), "/catalog.jsonld", gouvernance="dedie", nom="Ville")
    assert {k: r["nb_jeux"] for k, r in rows.items()} == {"Ville": "4"}


def test_no_mailbox_is_kept(recorded: Path) -> None:
    for name in CATALOGUES:
        assert "@" not in str(read(recorded / name))
