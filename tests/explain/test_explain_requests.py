"""The merge request is read in the words that each forge leaves in the history."""

from __future__ import annotations

import pytest

from observatoire.explain.requests import request_of


@pytest.mark.parametrize(
    ("message", "request_name"),
    [
        ("Merge branch 'bot' into 'main'\n\ntitre\n\nSee merge request odf/registre!12", "!12"),
        ("titre\n\nSee merge request !7\n", "!7"),
        ("Merge pull request #34 from odf/bot-moisson\n\ntitre", "#34"),
        ("data.gouv.fr : 3 entrées (#56)", "#56"),
        ("data.gouv.fr : 3 entrées (#56)\n\nle détail", "#56"),
        ("Fusion de la demande 3 : data.gouv.fr : 1 entrée", "n° 3"),
        ("moisson(datagouv) : 2 ajouts", ""),
        ("Corrige #12 et !3, voir la demande 4", ""),
        ("titre\n\ncorrige (#12)", ""),
        ("", ""),
    ],
)
def test_the_request_of_a_message(message: str, request_name: str) -> None:
    assert request_of(message) == request_name
