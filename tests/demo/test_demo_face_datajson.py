"""The simulated data.json is one document, with people in it."""

from __future__ import annotations

import json

from observatoire.demo.accounts import account
from observatoire.demo.contacts import MAILBOX
from observatoire.demo.datajson import DataJson
from observatoire.demo.faces import Ask


def test_the_document_holds_every_dataset() -> None:
    face = DataJson([account("Albi", nb_jeux=2)])
    document = json.loads(face.answer(Ask("", "/data.json")).body)
    assert [d["publisher"]["name"] for d in document["dataset"]] == ["Albi", "Albi"]
    assert MAILBOX in str(document)
    assert face.answer(Ask("", "/")).status == 404


def test_a_publisher_may_be_a_text() -> None:
    face = DataJson([account("Albi", nb_jeux=1)], plain=True)
    [dataset] = json.loads(face.answer(Ask("", "/data.json")).body)["dataset"]
    assert dataset["publisher"] == "Albi"
