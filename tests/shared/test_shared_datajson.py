"""The connector reads a data.json made elsewhere, and the feed of Évian-les-Bains."""

from __future__ import annotations

from pathlib import Path

from recorded_portal import Recorded, harvest

from observatoire.demo.faces import Answer
from observatoire.sources import datajson


def test_a_document_made_elsewhere_is_read(shared: Path) -> None:
    file = shared / "data/sources/datajson/project_open_data.ceres.json"
    answers = {"GET": Answer(200, file.read_bytes())}
    [row] = harvest(datajson, Recorded(answers)).values()
    assert (row["identifiant"], row["nb_jeux"], row["nb_licence_ouverte"]) == (
        "Example Agency",
        "1",
        "1",
    )
    assert (row["nb_format_ouvert"], row["derniere_mise_a_jour"]) == ("1", "2026-06-01")
    own = harvest(datajson, Recorded(answers), gouvernance="dedie", nom="Nous")
    assert own["Nous"]["nb_jeux"] == "2"


def test_a_recorded_feed_is_read_without_its_mailboxes(shared: Path) -> None:
    file = shared / "data/sources/arcgis/dcat_us_evian.recorded.json"
    rows = harvest(datajson, Recorded({"GET": Answer(200, file.read_bytes())}), "/1.1.json")
    assert sum(int(r["nb_jeux"]) for r in rows.values()) == 8
    assert "@" not in str(rows)
