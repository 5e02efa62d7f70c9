"""The connector reads real answers of CSW: GéoIDE in ISO 19139, Géo2France in two forms of DCAT."""

from __future__ import annotations

from pathlib import Path

import pytest
from recorded_portal import Recorded, harvest

from observatoire.demo.faces import Answer
from observatoire.model import SourceError
from observatoire.sources import csw

KIND = "application/xml"


@pytest.fixture
def recorded(shared: Path) -> Path:
    return shared / "data/sources/geonetwork"


def page(file: Path) -> Answer:
    return Answer(200, file.read_bytes(), KIND)


def test_a_recorded_record_in_iso_19139_is_read(recorded: Path) -> None:
    answer = page(recorded / "csw_geoide-iso19139-single-dataset.recorded.xml")
    [row] = harvest(csw, Recorded({"GET": answer}), "/csw").values()
    assert row["identifiant"].startswith("DDTM 80 (Direction Départementale des Territoires")
    assert row["nb_jeux"] == row["nb_licence_ouverte"] == row["nb_format_ouvert"] == "1"
    assert (row["derniere_mise_a_jour"], row["nb_recents"]) == ("2017-10-07", "0")
    assert "@" not in str(row)


def test_recorded_pages_in_dcat_are_read_to_the_end(recorded: Path) -> None:
    last = (recorded / "csw_geonetwork-dcat-page-3.recorded.xml").read_bytes()
    answers = {
        "startPosition=3": Answer(200, last.replace(b'nextRecord="5"', b'nextRecord="0"'), KIND),
        "GET": page(recorded / "csw_geonetwork-dcat-page-1.recorded.xml"),
    }

    def adapt(body: bytes, _: str) -> bytes:
        return body.replace(b'Matched="6"', b'Matched="4"')

    rows = harvest(csw, Recorded(answers, adapt), "/csw")
    assert sum(int(r["nb_jeux"]) for r in rows.values()) == 4
    assert "Géo2France" in rows
    assert "@" not in str(rows)


def test_a_recorded_page_that_is_missing_is_an_error(recorded: Path) -> None:
    answers = {
        "startPosition=3": page(recorded / "csw_geonetwork-dcat-page-3.recorded.xml"),
        "startPosition=5": Answer(404),
        "GET": page(recorded / "csw_geonetwork-dcat-page-1.recorded.xml"),
    }
    with pytest.raises(SourceError, match="n'existe pas"):
        harvest(csw, Recorded(answers), "/csw")


def test_a_recorded_page_in_geodcat_ap_is_read(recorded: Path) -> None:
    answer = page(recorded / "csw_geonetwork-geodcatap-page-1.recorded.xml")

    def adapt(body: bytes, _: str) -> bytes:
        return body.replace(b'Matched="6"', b'Matched="2"')

    [row] = harvest(csw, Recorded({"GET": answer}, adapt), "/csw").values()
    assert (row["identifiant"], row["nb_jeux"]) == ("Géo2France", "1")
    assert row["derniere_mise_a_jour"] == "2020-09-22"
    assert "@" not in str(row)


def test_a_made_up_page_of_three_records_gives_its_datasets(recorded: Path) -> None:
    answer = page(recorded / "csw_get_records.ceres.xml")
    rows = harvest(csw, Recorded({"GET": answer}), "/csw", gouvernance="dedie", nom="Nous")
    assert {k: r["nb_jeux"] for k, r in rows.items()} == {
        "European Marine Observation Network": "1",
        "Nous": "1",
    }
    assert rows["European Marine Observation Network"]["nb_licence_ouverte"] == "1"
